"""Controls: a setting becomes a widget that is tied to the page's link."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from collapse_core.lessons.control_words import ControlWords
from collapse_core.lessons.lesson import Preset, read_lesson, shell_words
from ui.page_link import PageLink
from ui.settings import Choice, Number, Setting, Several, Switch, Words

__all__ = ["draw", "held", "presets", "start_over"]


def held(setting: Setting, link: PageLink) -> Any:
    """Return the value of a setting whose control is not drawn, as the control would."""
    key, state = link.key(setting.name), st.session_state
    try:
        value = setting.usable(state[key])
    except ValueError:  # left behind by a control with another range or other options
        value = state[key] = setting.default
    return setting.write(value) if isinstance(setting, Several) else value


def draw(
    setting: Setting,
    link: PageLink,
    words: Callable[[str], ControlWords],
    *,
    locked: bool = False,
) -> Any:
    """Draw the control of a setting and return its value.

    Parameters
    ----------
    setting : Setting
        What is asked.
    link : PageLink
        Holds its value.
    words : callable
        From a control's name to its words.
    locked : bool
        Whether it is shown and cannot be moved; its words then say so.
    """
    held(setting, link)
    key, said = link.key(setting.name), words(setting.name).variant(setting.variant)
    name, sign = setting.label or said["label"], getattr(setting, "param", None)
    if sign is not None and sign.sign:
        name = f"{name}, {sign.sign}"
    tied: dict[str, Any] = {"key": key, "help": said["help"], "disabled": locked}
    if locked:
        lock = shell_words("locks")
        name = lock["label"].format(label=name)
        tied["help"] = lock["help"].format(help=said["help"])
    match setting:
        case Number(name="seed"):
            return _seed(setting, name, tied, words("new_seed"))
        case Number():
            return _number(setting, name, tied)
        case Choice():
            return _choice(setting, name, tied, said)
        case Several():
            return _several(setting, name, tied, said)
        case Switch():
            return st.toggle(name, width="content", **tied)
        case Words():
            typed = st.text_input(
                name, placeholder=said.get("placeholder"), max_chars=setting.most, **tied
            )
            return setting.usable(typed)
    raise TypeError(f"no control is known for {setting!r}: add one to ui/widgets.py.")


def _number(setting: Number, label: str, tied: Mapping[str, Any]) -> Any:
    param = setting.param
    if param.scale == "log":
        stops = list(param.stops())
        return st.select_slider(label, stops, format_func=_plain_number, **tied)
    parts = param.slider()
    # The session holds the value in any case. Without one here, Streamlit would look for it among
    # all others, of every control again.
    return st.slider(
        label,
        parts["min_value"],
        parts["max_value"],
        setting.default,
        step=parts["step"],
        format="percent" if param.unit == "share" else _decimals(param.step or 1),
        **tied,
    )


def _seed(setting: Number, label: str, tied: Mapping[str, Any], button: ControlWords) -> int:
    low, high, key = int(setting.param.low), int(setting.param.high), tied["key"]

    def another() -> None:
        now = int(st.session_state[key])
        st.session_state[key] = now + 1 if now < high else low

    with st.container(horizontal=True, vertical_alignment="bottom"):
        seed = st.number_input(label, low, high, setting.default, step=1, **tied)
        st.button(
            button["label"],
            on_click=another,
            help=button["help"],
            icon=":material/casino:",
            disabled=tied["disabled"],
        )
    return int(seed)


def _choice(setting: Choice, label: str, tied: Mapping[str, Any], words: ControlWords) -> str:
    names = setting.names or {option: words.option(option) for option in setting.options}
    if not setting.side_by_side:
        listed = st.selectbox(label, list(setting.options), format_func=names.__getitem__, **tied)
        return str(listed)
    chosen = st.segmented_control(
        label,
        list(setting.options),
        required=True,
        format_func=names.__getitem__,
        **tied,
        label_visibility="collapsed" if setting.label_hidden else "visible",
    )
    return str(chosen)


def _several(setting: Several, label: str, tied: Mapping[str, Any], words: ControlWords) -> str:
    names = {option: words.option(option) for option in setting.options}
    chosen = st.multiselect(
        label,
        list(setting.options),
        format_func=names.__getitem__,
        **tied,
        max_selections=setting.most,
        placeholder=words["placeholder"],
    )
    return setting.write(chosen)


def start_over(link: PageLink, words: ControlWords) -> None:
    """Draw the button that sets everything on a page to its default."""
    st.button(
        words["label"],
        key="start_over",
        type="tertiary",
        on_click=link.start_over,
        help=words["help"],
        icon=":material/restart_alt:",
    )


def presets(
    items: Sequence[Preset], link: PageLink, current: Mapping[str, Any], *, told: bool = True
) -> str:
    """Draw one button per preset; return the comment of the one that is shown, or nothing.

    A preset that would change what the link locks is not offered.

    Parameters
    ----------
    items : sequence of Preset
        A preset's values are laid over the defaults.
    link : PageLink
        What a preset sets.
    current : mapping
        Value of every setting that is shown, by name; a preset is shown when these are its own.
    told : bool
        Whether a comment may be read: it tells what happens.
    """
    settings = {name: item for name, item in link.settings.items() if item.preset}
    now = {n: item.usable(current[n]) for n, item in settings.items() if n in current}
    shown = ""
    with st.container(horizontal=True, gap="small", key="presets"):
        for preset in items:
            wanted = {
                n: item.usable(preset.values.get(n, item.default)) for n, item in settings.items()
            }
            active = now == wanted
            if not link.allows(wanted):
                continue
            shown = preset.comment if active else shown
            st.button(
                preset.name,
                key=f"preset_{preset.name}",
                type="primary" if active else "secondary",
                on_click=link.set,
                args=(preset.values,),
                help=preset.comment if told else None,
            )
    return shown


def _plain_number(value: float) -> str:
    plain = read_lesson("shell").numbers.plain
    return plain(value, "g") if isinstance(value, float) else str(value)


def _decimals(step: float) -> str | None:
    """Return the format of a slider: in English that of its step, else that of the language.

    What "localized" and "percent" write, `ui/keyboard` makes the browser write in the language.
    """
    if read_lesson("shell").numbers.language != "en":
        return "localized"
    return "%g" if 0 < step < 0.01 else None
