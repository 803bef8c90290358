"""Controls: a setting becomes a widget that is tied to the page's link."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from collapse_core.lessons.control_words import ControlWords
from collapse_core.lessons.lesson import Preset, read_lesson
from ui.page_link import PageLink
from ui.settings import Choice, Number, Setting, Several, Switch, Words

__all__ = ["draw", "presets", "start_over"]


def draw(setting: Setting, link: PageLink, words: Callable[[str], ControlWords]) -> Any:
    """Draw the control of a setting and return its value.

    Parameters
    ----------
    setting : Setting
        What is asked.
    link : PageLink
        Holds its value.
    words : callable
        From a control's name to its words.
    """
    key, state = link.key(setting.name), st.session_state
    try:
        setting.usable(state[key])
    except ValueError:  # left behind by a control with another range or other options
        state[key] = setting.default
    said = words(setting.name).variant(setting.variant)
    name = setting.label or said["label"]
    match setting:
        case Number(name="seed"):
            return _seed(setting, key, name, said["help"], words("new_seed"))
        case Number():
            sign = setting.param.sign
            return _number(setting, key, f"{name}, {sign}" if sign else name, said["help"])
        case Choice():
            return _choice(setting, key, name, said)
        case Several():
            return _several(setting, key, name, said)
        case Switch():
            return st.toggle(name, key=key, help=said["help"], width="content")
        case Words():
            typed = st.text_input(
                name,
                key=key,
                help=said["help"],
                placeholder=said.get("placeholder"),
                max_chars=setting.most,
            )
            return setting.usable(typed)
    raise TypeError(f"no control is known for {setting!r}: add one to ui/widgets.py.")


def _number(setting: Number, key: str, label: str, help_text: str) -> Any:
    param = setting.param
    if param.scale == "log":
        stops = list(param.stops())
        return st.select_slider(label, stops, format_func=_plain_number, key=key, help=help_text)
    parts = param.slider()
    small = 0 < (param.step or 1) < 0.01
    # The session holds the value in any case. Without one here, Streamlit would look for it among
    # all others, of every control again.
    return st.slider(
        label,
        parts["min_value"],
        parts["max_value"],
        setting.default,
        step=parts["step"],
        format="percent" if param.unit == "share" else "%g" if small else _decimals(),
        key=key,
        help=help_text,
    )


def _seed(setting: Number, key: str, label: str, help_text: str, button: ControlWords) -> int:
    low, high = int(setting.param.low), int(setting.param.high)

    def another() -> None:
        now = int(st.session_state[key])
        st.session_state[key] = now + 1 if now < high else low

    with st.container(horizontal=True, vertical_alignment="bottom"):
        seed = st.number_input(label, low, high, setting.default, step=1, key=key, help=help_text)
        st.button(button["label"], on_click=another, help=button["help"], icon=":material/casino:")
    return int(seed)


def _choice(setting: Choice, key: str, label: str, words: ControlWords) -> str:
    names = setting.names or {option: words.option(option) for option in setting.options}
    if not setting.side_by_side:
        listed = st.selectbox(
            label, list(setting.options), format_func=names.__getitem__, key=key, help=words["help"]
        )
        return str(listed)
    chosen = st.segmented_control(
        label,
        list(setting.options),
        required=True,
        format_func=names.__getitem__,
        key=key,
        help=words["help"],
        label_visibility="collapsed" if setting.label_hidden else "visible",
    )
    return str(chosen)


def _several(setting: Several, key: str, label: str, words: ControlWords) -> str:
    names = {option: words.option(option) for option in setting.options}
    chosen = st.multiselect(
        label,
        list(setting.options),
        format_func=names.__getitem__,
        key=key,
        help=words["help"],
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
    defaults = {name: item.default for name, item in link.settings.items() if item.preset}
    shown = ""
    with st.container(horizontal=True, gap="small", key="presets"):
        for preset in items:
            wanted = {**defaults, **preset.values}
            active = all(current.get(name) == value for name, value in wanted.items())
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


def _decimals() -> str | None:
    """Return the format of a slider: in English that of its step, else as the browser has it."""
    return None if read_lesson("shell").numbers.language == "en" else "localized"
