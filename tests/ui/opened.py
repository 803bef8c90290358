"""Pages opened without a browser, and ways to look at what they drew."""

import json
import re
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from ui import long_run, warming
from ui.catalogue import EXPERIMENTS, HOME, PAGES
from ui.topics.home import map as page_map

warming.WAIT = 1e6  # a test says itself what is imported
page_map.WAIT = 0.0  # no browser is to paint meanwhile

ROOT = Path(__file__).resolve().parents[2]
ENTRIES = (HOME, *PAGES)
PICTURED = (HOME, *EXPERIMENTS)  # what is to show a picture as it opens
TIMEOUT = 120
TO_GLOSSARY = re.compile(r'\[([^\]]+)\]\(teach\?view=glossary[^"]*"[^"]*"\)')
KINDS = (
    "slider",
    "select_slider",
    "selectbox",
    "multiselect",
    "toggle",
    "checkbox",
    "radio",
    "button_group",
    "text_input",
    "number_input",
)
SMALL = {"generations": 2, "sample_size": 50, "runs": 20, "corpus_words": 1000}
JUNK_TEXTS = (
    "10 yellow, 0 blue",
    "0 yellow, 0 blue",
    "<script>alert(1)</script>",
    "3 **bold**, 4 $x^2$",
    "🫐 5, 🍋 9",
    "5 🫐, 9 🍋",
    "٩ أصفر, ١ أزرق",
    "9 אדום, 1 כחול",
    "9 yellow, 1 yellow",
    "-3 yellow, 1 blue",
    "x" * 300,
    "99999999999999999999 a, 1 b",
    "5 {rare}, 3 {0}",
)


def open_page(entry, link=None, *, state=None, context=None):
    """Return a page after its first run: ``link`` holds its query parameters."""
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=TIMEOUT)
    if entry is not HOME:
        at.switch_page(entry.file)
    for key, value in (link or {}).items():
        at.query_params[key] = value
    for key, value in (state or {}).items():
        at.session_state[key] = value
    at.context = {"url": f"http://collapse.test/{entry.key}", **(context or {})}
    return at.run()


def unfolded(entry, link=None):
    """Open a page with its expanders and popovers open."""
    at = open_page(entry, link)
    for folded in (*at.get("expander"), *at.get("popover")):
        if folded.key:
            at.session_state[folded.key] = True
    return at.run()


def small_link(entry):
    """Return a link that makes the work of a page short: a few points, runs and generations."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(long_run, "go_on", lambda *runs: None)
        offered = bound(open_page(entry))
    return {
        name: str(max(value, int(values_at_the_ends(offered[name])[0])))
        for name, value in SMALL.items()
        if name in offered
    }


def entry_named(key):
    return next(entry for entry in ENTRIES if entry.key == key)


def controls(at):
    """Return every control of a page that can be set, in the order of the page."""
    return [widget for kind in KINDS for widget in getattr(at, kind) if not widget.disabled]


def name_of(control):
    """Return a control's name in the link; its label, where it has no key."""
    return (control.key or control.label).rsplit("/", 1)[-1]


def bound(at):
    """Return the controls that the link holds, by their name in it."""
    return {
        name_of(control): control
        for control in controls(at)
        if control.type != "button_group"
        and (
            getattr(control.proto, "query_param_key", "")
            or control.type == "selectbox"
            or (control.key or "").count("/") == 1
        )
    }


def setting(at, name):
    """Return the value of a setting, drawn or not, by its name in the link."""
    key = f"{at.session_state['page_shown']}/{name}"
    return at.session_state[key if key in at.session_state else name]


def values_at_the_ends(control):
    """Return the lowest and the highest value of a control, or all it offers to choose from."""
    match control.type:
        case "slider":
            return [control.min, control.max]
        case "select_slider":
            return [control.options[0], control.options[-1]]
        case "number_input":
            return [end for end in (control.min, control.max) if end is not None]
        case "toggle" | "checkbox":
            return [False, True]
        case "text_input":
            return list(JUNK_TEXTS)
        case "multiselect":
            keys = keys_of(control)
            return [[], keys[:4], keys[-4:]]
        case _:
            return list(range(len(control.options)))


def keys_of(control):
    """Return what a control of several choices offers, as the link spells it."""
    words = control.format_func.__self__
    return [key for label in control.options for key, word in words.items() if word == label]


def views(at):
    """Return the controls that choose what is looked at, by name."""
    return {control.key: control for control in at.button_group if not control.disabled}


def another_value(control, number):
    """Return a value to give to a control: of a choice one by its number, else one near by.

    Switches are turned in every third round: with other options each time, as choices have.
    """
    match control.type:
        case "slider":
            up = control.min + 3 * control.step
            return up if up != control.value else control.min + 2 * control.step
        case "select_slider":
            return control.options[8]
        case "number_input":
            return 4 + number
        case "text_input":
            return "9 red, 1 green"
        case "toggle" | "checkbox":
            return control.value != (number % 3 == 0)
        case "multiselect":
            # The last one stays: a control may be there only while it is chosen.
            return [keys_of(control)[number % len(control.options)], *control.value[-1:]]
        case _:
            return number % len(control.options)


def set_control(at, name, value):
    """Set the control with a name, a key or a label; the page is not run."""
    control = next(item for item in controls(at) if name in (name_of(item), item.key, item.label))
    if control.type == "selectbox" and isinstance(value, int):
        control.select_index(value)
    elif control.type in ("radio", "button_group") and isinstance(value, int):
        control.set_value(control.options[value])
    else:
        control.set_value(value)


def said(at):
    """Return everything a page says in words, as one text; a link to the glossary as its word."""
    kinds = ("title", "markdown", "caption", "info", "warning", "error", "success")
    text = "\n".join(str(item.value) for kind in kinds for item in getattr(at, kind))
    return TO_GLOSSARY.sub(r"\1", text)


def unpacked(packed):
    """Return a picture's header with its numbers in place, read as the player reads them."""
    length = int.from_bytes(packed[:4], "little")
    body = packed[20 : 20 + length]
    buffers = packed[20 + length + -(20 + length) % 8 :]

    def revive(part):
        if set(part) != {"$"}:
            return part
        kind, start, count, *digits = part["$"]
        values = np.frombuffer(buffers, dtype=f"<{kind}", offset=start, count=count)
        values = (values / 10 ** digits[0] if digits else values).tolist()
        return [None if value != value else value for value in values]

    return json.loads(body, object_hook=revive) | {"stamp": packed[4:20].decode()}


def parts(at, name):
    """Return what the components of a name were given, in order."""
    return [
        part.proto
        for part in at.get("bidi_component")
        if f"{part.proto.component_name}_".startswith(f"player_{name}_")
    ]


def hands(at):
    """Return what the hand of each player was sent, by the player's name."""
    sent = [json.loads(part.json) for part in parts(at, "hand")]
    return {hand["name"]: hand for hand in sent}


def told_of_guess(at):
    """Return what is asked or said of the guess beside the page's own picture, if anything."""
    return next(hand["ask"] for hand in hands(at).values() if "ask" in hand)


def guess_drawn(at):
    """Return where the guess is drawn, None where it is not."""
    return next(hand["guess"] for hand in hands(at).values() if "guess" in hand)


def pictures(at):
    """Return every picture of a page, in order."""
    return [unpacked(part.bytes) for part in parts(at, "stage")]


def at_tick(picture, tick, guess=None):
    """Return a picture as Plotly's figure at one tick, as the player draws it."""
    traces, layout = [dict(item) for item in picture["traces"]], dict(picture["layout"])
    if picture["frames"]:
        frame = picture["frames"][min(tick, len(picture["frames"]) - 1)]
        for number, change in zip(frame["traces"], frame["data"], strict=True):
            traces[number] |= change
        layout |= frame.get("layout", {})
    kept = []
    for item in traces:
        if item.get("meta") != "guess":
            kept.append(item)
        elif guess is not None:
            begins = picture["guess"]["begins"]
            kept.append(item | {"y": [*([begins[1]] if begins else []), *guess], "visible": True})
    return {"data": kept, "layout": layout}


def charts(at):
    """Return every figure of a page at the tick that is shown, in order."""
    sent = hands(at)
    return [
        at_tick(item, sent[item["name"]]["tick"], sent[item["name"]].get("guess"))
        for item in pictures(at)
    ]


def clocks(at):
    """Return what every clock of a page was given, by its key."""
    sent = hands(at)
    return {
        item["name"]: {**item, "start": sent[item["name"]]["tick"]}
        for item in pictures(at)
        if item["captions"]
    }


def sent(at):
    """Return how many bytes the pictures of a page and their hands take."""
    numbers = sum(len(part.bytes) for part in parts(at, "stage"))
    return numbers + sum(len(part.json.encode()) for part in parts(at, "hand"))


def numbers(values):
    """Return the numbers of a trace, NaN for gaps."""
    return np.array([np.nan if value is None else value for value in values], dtype=float)


def trace(figure, name):
    """Return the traces of a figure whose name begins with some words."""
    return [item for item in figure["data"] if item.get("name", "").startswith(name)]
