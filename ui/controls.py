"""Controls: a `Param` becomes a widget that is bound to the link; presets; what a link got wrong.

The link is the state: every control is a query parameter, so Back works and a shared link restores
the same picture. Streamlit drops values it cannot use without a word; `report_ignored` says so.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal

import streamlit as st

from collapse_core.lessons.lesson import Preset, read_lesson, shell_words
from collapse_core.params import Param
from ui import sections

__all__ = [
    "choice",
    "new_seed",
    "number",
    "parts",
    "presets",
    "report_ignored",
    "row",
    "switch",
    "words",
]

BIND: Literal["query-params"] = "query-params"


def row(widths: Sequence[float]) -> list[Any]:
    """Return places side by side for the controls in view; two to a row on a phone."""
    if not st.session_state.get("narrow", False):
        return list(st.columns(list(widths), vertical_alignment="bottom"))
    rows = [st.columns(2, wrap=False) for _ in range(-(-len(widths) // 2))]
    return [place for pair in rows for place in pair]


def number(param: Param, *, label: str | None = None, help_text: str | None = None) -> float:
    """Draw a parameter's slider and return its value.

    Parameters
    ----------
    param : Param
        Its name is the key in the link.
    label, help_text : str, optional
        Words in place of the parameter's own.
    """
    _forget_unusable(param.name, lambda value: _is_position(param, value))
    parts, said = param.slider(), _words_of(param)
    name, tip = label or said["label"], help_text or said["help"]
    if param.scale == "log":
        stops = list(param.stops())
        return st.select_slider(
            name,
            stops,
            value=param.default,
            format_func=_plain_number,
            key=param.name,
            help=tip,
            bind=BIND,
        )
    value: float = st.slider(
        name,
        parts["min_value"],
        parts["max_value"],
        parts["value"],
        parts["step"],
        format="percent"
        if param.unit == "share"
        else "%g"
        if 0 < (param.step or 1) < 0.01
        else None,
        key=param.name,
        help=tip,
        bind=BIND,
    )
    return value


def _words_of(param: Param) -> dict[str, str]:
    """Return label and help of a number: from the page's lesson, else from that of all pages."""
    for lesson in (st.session_state.get("lesson_key", "shell"), "shell"):
        tables = read_lesson(lesson).tables.get("controls", {})
        said = tables.get(param.name)
        if isinstance(said, dict):
            sign = f" (${param.symbol}$)" if param.symbol else ""
            return {"label": f"{said['label']}{sign}", "help": str(said.get("help", ""))}
    parts = param.slider()
    return {"label": str(parts["label"]), "help": str(parts["help"])}


def switch(key: str, label: str, *, default: bool = False, help_text: str | None = None) -> bool:
    """Draw an on-off control and return whether it is on."""
    return st.toggle(label, value=default, key=key, bind=BIND, help=help_text, width="content")


def choice(
    key: str,
    label: str,
    options: Mapping[str, str],
    *,
    help_text: str | None = None,
    default: str | None = None,
) -> str:
    """Draw a list to choose from and return the key of the choice.

    Parameters
    ----------
    options : mapping of str to str
        From the value in the link to the words on the screen.
    default : str, optional
        What is chosen at the start: the first one if it is not given.
    """
    first = next(iter(options)) if default is None else default
    _forget_unusable(key, options.__contains__)
    _follow_link(key, options, first)
    chosen = st.selectbox(
        label,
        list(options),
        index=list(options).index(first),
        format_func=lambda option: options[option],
        key=key,
        help=help_text,
    )
    _write_link(key, str(chosen), first)
    return str(chosen)


def parts(
    key: str,
    label: str,
    options: Mapping[str, str],
    *,
    help_text: str,
    label_hidden: bool = False,
    unlinked: Sequence[str] = (),
) -> str:
    """Draw what can be shown side by side, one of it chosen, and return the key of the choice.

    Parameters
    ----------
    options : mapping of str to str
        From the value in the link to the words on the screen; the first is chosen at the start.
    label_hidden : bool
        Whether the label is for screen readers only.
    unlinked : sequence of str
        Options that need what a link cannot hold, such as a file.
    """
    first = next(iter(options))
    _forget_unusable(key, options.__contains__)
    _follow_link(key, options, first)
    st.session_state.setdefault(key, first)
    chosen = st.segmented_control(
        label,
        list(options),
        required=True,
        format_func=lambda option: options[option],
        key=key,
        help=help_text,
        label_visibility="collapsed" if label_hidden else "visible",
    )
    _write_link(key, first if chosen in unlinked else str(chosen), first)
    return str(chosen)


def words(
    key: str, label: str, *, help_text: str | None = None, placeholder: str = "", most: int = 80
) -> str:
    """Draw a line of text and return what is typed, without spaces at the ends."""
    typed = st.text_input(
        label, key=key, bind=BIND, help=help_text, placeholder=placeholder, max_chars=most
    )
    return str(typed or "").strip()


def new_seed(param: Param, label: str, button: str, help_text: str) -> int:
    """Draw the seed with a button that changes it; return the seed."""

    def another() -> None:
        st.session_state[param.name] = int(st.session_state.get(param.name, param.default)) + 1

    with st.container(horizontal=True, vertical_alignment="bottom"):
        seed = st.number_input(
            label,
            min_value=int(param.low),
            max_value=int(param.high),
            value=int(param.default),
            step=1,
            key=param.name,
            bind=_binding(param.name),
            help=_words_of(param)["help"],
        )
        st.button(button, on_click=another, help=help_text, icon=":material/casino:")
    return int(seed)


def presets(
    items: Sequence[Preset], defaults: Mapping[str, Any], current: Mapping[str, Any]
) -> str:
    """Draw one button per preset; return the comment of the one that is shown, or nothing.

    Parameters
    ----------
    items : sequence of Preset
        A preset's values are laid over the defaults.
    defaults : mapping
        Every control's value at the start, by key.
    current : mapping
        Every control's value now.
    """

    def choose(values: Mapping[str, Any]) -> None:
        for key, value in {**defaults, **values}.items():
            st.session_state[key] = value

    shown = None
    with st.container(horizontal=True, gap="small", key="presets"):
        for preset in items:
            wanted = {**defaults, **preset.values}
            active = all(current.get(key) == value for key, value in wanted.items())
            shown = preset if active else shown
            st.button(
                preset.name,
                key=f"preset_{preset.name}",
                type="primary" if active else "secondary",
                on_click=choose,
                args=(preset.values,),
                help=preset.comment,
            )
    return "" if shown is None else shown.comment


def report_ignored(
    params: Iterable[Param],
    choices: Mapping[str, Iterable[str]],
    others: Iterable[str],
    unbound: Iterable[str] = ("generation",),
) -> None:
    """Say which values of the link cannot be used, before the widgets drop them.

    Call it before the page's widgets are drawn.

    Parameters
    ----------
    params : iterable of Param
        Numbers that the link may hold.
    choices : mapping
        Keys with the values that each may take.
    others : iterable of str
        Further keys that the link may hold, with any value.
    unbound : iterable of str
        Those of the numbers that have no widget, so that nobody else takes them out of the link.
    """
    params, choices = list(params), {**choices, "projector": ("true", "false")}
    problems = _problems(_opened_link(), params, choices, set(others))
    if problems:
        # Streamlit itself takes out what its widgets cannot use; an embedded page has no menu.
        bound = {param.name for param in params if param.name not in unbound} | set(choices)
        for key in problems:
            if key not in bound or key == "projector" or _binding(key) is None:
                st.query_params.pop(key, None)
    sections.ignored(list(problems.values()))


def _opened_link() -> Mapping[str, str]:
    """Return the query of the link as it was before any control used it."""
    link: Mapping[str, str] = st.session_state.get("opened_link", dict(st.query_params))
    return link


def _binding(key: str) -> Literal["query-params"] | None:
    """Return how a whole number is tied to the link: not at all where the link says infinity.

    Streamlit 1.67 raises an error on such a link instead of dropping the value.
    """
    try:
        endless = math.isinf(float(_opened_link().get(key, "0")))
    except ValueError:
        endless = False
    return None if endless else BIND


def _problems(
    link: Mapping[str, str],
    params: Iterable[Param],
    choices: Mapping[str, Iterable[str]],
    others: set[str],
) -> dict[str, str]:
    """Return a complaint for each key of the link that cannot be used."""
    known = {param.name: param for param in params}
    problems = {}
    for key, text in link.items():
        if key in known:
            problem = _number_problem(known[key], text)
        elif key in choices:
            allowed = list(choices[key])
            complaint = shell_words("link")["choose"].format(allowed=", ".join(allowed))
            problem = None if text in allowed else complaint
        else:
            problem = None if key in others else shell_words("link")["unknown"]
        if problem:
            problems[key] = f"`{_quoted(key)}={_quoted(text)}` ({problem})"
    return problems


def _number_problem(param: Param, text: str) -> str | None:
    words = shell_words("link")
    try:
        value = param.check(float(text))
    except (ValueError, OverflowError):
        complaint = str(words["whole_numbers" if param.whole else "numbers"])
        return complaint.format(low=_spoken(param.low), high=_spoken(param.high))
    if param.scale == "log" and value not in param.stops():
        return str(words["stop"]).format(stop=_spoken(param.nearest_stop(value)))
    return None


def _quoted(text: str) -> str:
    """Return text that is safe between backticks, and short."""
    kept = "".join(sign for sign in text if sign.isprintable() and sign != "`")
    return kept if len(kept) <= 30 else kept[:29] + "…"


def _forget_unusable(key: str, usable: Callable[[Any], bool]) -> None:
    """Drop a value that another page with the same key left behind and this one cannot show."""
    if key in st.session_state and not usable(st.session_state[key]):
        del st.session_state[key]


def _follow_link(key: str, options: Mapping[str, str], first: str) -> None:
    """Choose what the link says, if it changed: a shared link, Back or Forward.

    Streamlit's own binding would put the words on the screen into the link, which another language
    or a better word would break; the link holds the key instead.
    """
    link = st.query_params.get(key)
    if link != st.session_state.get(f"{key}_link"):
        st.session_state[key] = link if link in options else first


def _write_link(key: str, chosen: str, first: str) -> None:
    wanted = None if chosen == first else chosen
    if st.query_params.get(key) != wanted:
        if wanted is None:
            del st.query_params[key]
        else:
            st.query_params[key] = wanted
    st.session_state[f"{key}_link"] = wanted


def _is_position(param: Param, value: Any) -> bool:
    try:
        checked = param.check(value)
    except ValueError:
        return False
    return param.scale != "log" or checked in param.stops()


def _spoken(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:,g}"


def _plain_number(value: float) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
