"""The link of a page: read once at the start of a run, written once at its end.

So one action is one step of Back. Who is right when link and controls differ? A control that was
moved since the last write is; otherwise a link that changed since then is (Back, Forward, an opened
address), unless it is the one before, which the browser had not replaced yet when it asked for the
run. A link that says what is shown is left as it is. A control that is not drawn keeps its
value. Session keys begin with the page's, so that settings stay on their page.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import streamlit as st

from collapse_core.lessons.lesson import shell_words
from collapse_core.lessons.typed import in_code
from collapse_core.params import Param
from ui import visit
from ui.player.hand import send_hand
from ui.settings import TICK, Choice, Number, Setting

__all__ = ["PageLink", "arrive", "chosen_before", "chosen_on", "last_link", "linked_tick"]

# What is no page's own, and stays in the link.
SHARED: Mapping[str, Setting] = {
    "projector": Choice.of("projector", ("true", "false"), "false"),
    visit.LANGUAGE.name: visit.LANGUAGE,
    "path": Choice.of("path", ("30", "90")),
    "stop": Number.of(Param("stop", "", 1, 99, 1, "The stop of a guided path.")),
}

# Seconds in which a browser has surely put a new link in its address.
FOLLOWS = 2.0


class PageLink:
    """Keeps the controls of a page and its link the same.

    Parameters
    ----------
    page : str
        Key of the page.
    settings : mapping of str to Setting
        Every name that the link can hold now.
    others : collection of str
        Further names that the page knows, but does not use now.

    Attributes
    ----------
    was_read : bool
        Whether this run took its values from the link.
    problems : list of str
        What the link holds and nobody can use.
    came_anew : bool
        Whether the page was just come to, by another link than that it was left with.
    fixed : collection of str
        Settings that stay as the link puts them, for presets too.
    start : mapping
        Where starting over leads to, in place of the defaults.
    """

    def __init__(
        self,
        page: str,
        settings: Mapping[str, Setting],
        others: Collection[str] = (),
    ) -> None:
        self.page, self.settings, self.others = page, dict(settings), set(others)
        self.problems: list[str] = []
        self._shown: dict[str, Any] = {}
        self._defaults: dict[str, Any] = {}
        state, here = st.session_state, self._here()
        values, written = self._values(), state.get(f"{page}/written")
        self.came_anew = written is None and here != state.get(f"{page}/left")
        self.fixed: Collection[str] = ()
        self.start: Mapping[str, Any] = {}
        moved = written is not None and any(
            self.key(name) in state and name in values and state[self.key(name)] != values[name]
            for name in self.settings
        )
        self.was_read = not moved and here != written and not self._is_late()
        for name in st.query_params:
            *earlier, text = st.query_params.get_all(name)
            self._check(name, text)
            if any(other != text for other in earlier):
                self._refuse(name, earlier[0], shell_words("link")["twice"])
        for name, setting in self.settings.items():
            if self.was_read:
                state[self.key(name)] = values[name] = self._read(setting, here)
            # Of a control that was not drawn last time, Streamlit keeps nothing.
            state.setdefault(self.key(name), values.get(name, setting.default))
        if self.was_read:
            state[f"{page}/written"] = here
        for problem in self.problems:
            self._read_by_now().setdefault(problem, False)

    @property
    def unread(self) -> list[str]:
        """What the link held in vain in this visit, and nobody has read yet."""
        return [problem for problem, read in self._read_by_now().items() if not read]

    def read_problems(self) -> None:
        """Say no more of what is told by now, also where Back leads to it again."""
        self._read_by_now().update(dict.fromkeys(self._read_by_now(), True))

    def key(self, name: str) -> str:
        """Return the session key of a setting."""
        return f"{self.page}/{name}"

    def __getitem__(self, name: str) -> Any:
        return st.session_state[self.key(name)]

    def allows(self, values: Mapping[str, Any]) -> bool:
        """Return whether these values leave those alone that are fixed."""
        return all(
            self[name] == self.settings[name].usable(value)
            for name, value in values.items()
            if name in self.fixed and name in self.settings
        )

    def set(self, values: Mapping[str, Any]) -> None:
        """Set these values, and the defaults of all others that presets set: one action.

        None, where that would change what is fixed.
        """
        presets = {name: item for name, item in self.settings.items() if item.preset}
        wanted = {n: item.usable(values.get(n, item.default)) for n, item in presets.items()}
        if self.allows(wanted):
            st.session_state.update({self.key(name): value for name, value in wanted.items()})

    def change(self, values: Mapping[str, Any]) -> None:
        """Set these values and leave all others: one action; none, where one of them is fixed."""
        if not self.allows(values):
            return
        for name, value in values.items():
            st.session_state[self.key(name)] = self.settings[name].usable(value)

    def differs(self, names: Collection[str]) -> list[str]:
        """Return which of these settings are not at their default."""
        return [name for name in names if self[name] != self.settings[name].default]

    def start_over(self) -> None:
        """Set everything to where it started, the clock too: one action."""
        for name, setting in self.settings.items():
            st.session_state[self.key(name)] = self.start.get(name, setting.default)

    def show(self, name: str, shown: Any, default: Any) -> None:
        """Say what the link is to hold under a name in this run, and what it leaves out."""
        self._shown[name], self._defaults[name] = shown, default

    def extra(self) -> dict[str, str]:
        """Return how the link spells what has no control, such as own data."""
        return self.texts(self._shown)

    def texts(self, names: Collection[str]) -> dict[str, str]:
        """Return how the link spells these settings, defaults included."""
        return {name: self.settings[name].write(self._to_show(name)) for name in names}

    def will_hold(self, names: Collection[str]) -> bool:
        """Return whether the link holds one of these names once it is written."""
        return any(self._differs(name) for name in self.settings if name in names)

    def write(self) -> None:
        """Write what differs from the defaults, unless the link says so already."""
        state, query = st.session_state, st.query_params.to_dict()
        self._values().update({name: self[name] for name in self.settings})
        wanted = {
            name: text
            for name, text in query.items()
            if name in SHARED and self._complaint(SHARED[name], text) is None
        } | visit.picked()
        for name, setting in self.settings.items():
            if self._differs(name):
                wanted[name] = setting.write(self._to_show(name))
        if not self._says_so(query):
            st.query_params.from_dict(wanted)
            state.setdefault(f"{self.page}/replaced", []).append(query)
            state[f"{self.page}/late"] = query, time.monotonic()
        visit.written()
        state[f"{self.page}/written"] = self._here()

    def _read_by_now(self) -> dict[str, bool]:
        """Return all problems of this visit, and whether the reader has read them."""
        read: dict[str, bool] = st.session_state.setdefault(f"{self.page}/problems", {})
        return read

    def _values(self) -> dict[str, Any]:
        values: dict[str, Any] = st.session_state.setdefault(f"{self.page}/values", {})
        return values

    def _here(self) -> dict[str, str]:
        link = st.query_params.to_dict()
        return {name: link[name] for name in self.settings if name in link}

    def _is_late(self) -> bool:
        """Return whether the browser did not know the last link yet when it asked for this run.

        It then sends the one that was replaced. Whoever goes Back sends that too, but says so; and
        a link to it in the page is hardly followed so soon.
        """
        replaced, since = st.session_state.get(f"{self.page}/late", (None, 0.0))
        late = st.query_params.to_dict() == replaced and time.monotonic() - since < FOLLOWS
        return late and not visit.went_back()

    def _read(self, setting: Setting, here: Mapping[str, str]) -> Any:
        if setting.name not in here or self._complaint(setting, here[setting.name]):
            return setting.default
        return setting.read(here[setting.name])

    def _check(self, name: str, text: str) -> None:
        known = {**self.settings, **SHARED}
        complaint = str(shell_words("link")["unknown"])
        if name in known:
            complaint = self._complaint(known[name], text) or ""
        elif name in self.others:
            return
        if complaint:
            self._refuse(name, text, complaint)

    def _refuse(self, name: str, text: str, complaint: str) -> None:
        self.problems.append(f"{in_code(f'{name}={text}')} ({complaint})")

    @staticmethod
    def _complaint(setting: Setting, text: str) -> str | None:
        try:
            setting.read(text)
        except ValueError as error:
            return str(error)
        return None

    def _default(self, name: str) -> Any:
        return self._defaults.get(name, self.settings[name].default)

    def _differs(self, name: str) -> bool:
        return bool(self._to_show(name) != self._default(name))

    def _to_show(self, name: str) -> Any:
        return self.settings[name].in_link(self._shown.get(name, self[name]))

    def _says_so(self, query: Mapping[str, str]) -> bool:
        """Return whether the link stands for what is shown, in whatever words.

        What it holds in vain is taken out of it, but once: where Back leads to it again, one more
        entry would keep the reader from ever going further back.
        """
        in_vain = self.problems or set(query) - set(self.settings) - set(SHARED)
        if in_vain and query not in st.session_state.get(f"{self.page}/replaced", []):
            return False
        if visit.picked().items() - query.items():
            return False
        return all(
            self._held(setting, query) == self._to_show(name)
            for name, setting in self.settings.items()
        )

    def _held(self, setting: Setting, query: Mapping[str, str]) -> Any:
        text = query.get(setting.name)
        if text is None or self._complaint(setting, text):
            return self._default(setting.name)
        return setting.read(text)


def linked_tick(
    link: PageLink, key: str, last: int, default: int, *, done: int | None = None
) -> int:
    """Return the tick that is shown by the clock that a page's link holds.

    Parameters
    ----------
    link : PageLink
        Of the page.
    key : str
        The clock's key.
    last : int
        The last tick.
    default : int
        Where the hand stands when nobody has moved it.
    done : int, optional
        The last tick that is computed so far, where that takes a while: the hand waits there, and
        the link keeps the tick that was asked for.
    """
    rests = link[TICK.name]
    tick = default if rests is None else max(0, min(last, rests))
    link.show(TICK.name, tick, default)
    return send_hand(key, tick if done is None else min(tick, done), link.key(TICK.name))


def arrive(page: str) -> None:
    """Note which page is shown. One that is come to takes its settings from the link."""
    if st.session_state.get("page_shown") != page:
        st.session_state["page_shown"] = page
        st.session_state[f"{page}/left"] = st.session_state.pop(f"{page}/written", None)
        st.session_state.pop(f"{page}/late", None)


def last_link(page: str) -> dict[str, str]:
    """Return how the link spells what was set on another page in this visit."""
    if st.session_state.get("page_shown") == page:
        return {}
    link: dict[str, str] = st.session_state.get(f"{page}/written") or {}
    return link


_BUILDER: ContextVar[str] = ContextVar("builder", default="")


@contextmanager
def chosen_on(page: str) -> Iterator[None]:
    """Let the controls of another page, which builds links, choose in place of a page's own."""
    before = _BUILDER.set(page)
    try:
        yield
    finally:
        _BUILDER.reset(before)


def chosen_before(page: str, choice: Choice) -> str:
    """Return what is chosen, before the page's link is made: by the control or by the link."""
    page = _BUILDER.get() or page
    state = st.session_state
    link = str(st.query_params.get(choice.name, choice.default))
    held = state.get(f"{page}/{choice.name}")
    moved = held != state.get(f"{page}/values", {}).get(choice.name)
    if moved and held and state.get("page_shown") == page:
        return str(held)
    return link if link in choice.options else str(choice.default)
