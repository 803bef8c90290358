"""What a browser tells the server of the controls of a page, each time it asks for a run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from streamlit.proto.Slider_pb2 import Slider
from streamlit.proto.WidgetStates_pb2 import WidgetState

if TYPE_CHECKING:
    from streamlit.proto.Element_pb2 import Element

__all__ = ["first_state", "moved_slider"]


def first_state(element: Element) -> WidgetState | None:
    """Return the state of a control as it is sent; None of what is no control, or a button."""
    kind = element.WhichOneof("type")
    control: Any = getattr(element, kind) if kind else None
    state = WidgetState(id=getattr(control, "id", ""))
    match kind:
        case "slider" if control.type == Slider.SELECT_SLIDER:
            texts = control.raw_value or [control.options[int(i)] for i in control.default]
            state.string_array_value.data.extend(texts)
        case "slider":
            values = control.value if control.set_value else control.default
            state.double_array_value.data.extend(values)
        case "button_group":
            chosen = control.raw_values or [
                control.options[index].content for index in control.default
            ]
            state.string_array_value.data.extend(chosen)
        case "number_input":
            state.double_value = control.value if control.set_value else control.default
        case "checkbox":
            state.bool_value = control.value if control.set_value else control.default
        case "text_input":
            state.string_value = control.value if control.set_value else control.default
        case "selectbox":
            state.string_value = control.raw_value or control.options[control.default]
        case _:
            return None
    return state


def moved_slider(slider: Slider, value: float) -> WidgetState:
    """Return the state of a slider that somebody moved."""
    state = WidgetState(id=slider.id)
    state.double_array_value.data.append(value)
    return state
