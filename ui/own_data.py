"""A reader's own data: typed, pasted, uploaded, taken from an example, cleared; errors in words.

It stays in memory. Where it cannot be read the reason is said, and the last data that could be
read stays. Session keys begin with the page's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import streamlit as st

from collapse_core.data.plain_text import read_plain_text
from collapse_core.lessons.control_words import ControlWords
from collapse_core.lessons.lesson import shell_words
from collapse_core.lessons.typed import in_markdown
from ui.page_link import PageLink
from ui.shell import say_errors

__all__ = ["OwnData", "own_line", "plain"]

Read = TypeVar("Read")


def plain(parse: Callable[[str], Read], largest: int) -> Callable[[str | bytes], Read]:
    """Return a reader of typed text and of files with plain text, both up to a size in bytes."""

    def read(given: str | bytes) -> Read:
        if isinstance(given, bytes):
            return parse(read_plain_text(given, largest))
        return parse(read_plain_text(given.encode("utf-8", "surrogatepass"), largest, "text"))

    return read


def own_line(text: str, parse: Callable[[str], Read]) -> Read | None:
    """Return what a line of text says; None, with the reason said, where that is nothing."""
    return say_errors(lambda: parse(text)) if text else None


@dataclass(frozen=True)
class OwnData(Generic[Read]):
    """A place for a reader's own data.

    Parameters
    ----------
    page : str
        Key of the page.
    words : ControlWords
        ``label`` and ``help`` of the text, ``upload`` and ``upload_help`` of the file; ``none``
        is said where nothing is given yet, and nothing given is an error without it.
    read : callable
        From a text or the bytes of a file to the data; raises ValueError with a sentence.
    example : str
        What stands in the text at the start.
    endings : sequence of str
        Of files; none for no files.
    largest : int
        Largest file, in bytes.
    height : int
        Of the text, in pixels.
    width : int or str
        Of the text.
    """

    page: str
    words: ControlWords
    read: Callable[[str | bytes], Read]
    example: str = ""
    endings: Sequence[str] = ()
    largest: int = 10**6
    height: int = 180
    width: Any = "stretch"

    def key(self, part: str) -> str:
        """Return the session key of a part: ``typed``, ``kept``, ``good``, ``file``, ``open``."""
        return f"{self.page}/own/{self.words.name}/{part}"

    def folded(self, place: Any, **look: Any) -> Any:
        """Return a popover for the places, opened by a button that says ``open``."""
        return place.popover(
            self.words["open"],
            icon=":material/edit_note:",
            key=self.key("open"),
            on_change="rerun",  # so that errors are said where they are seen
            **look,
        )

    def ask(self, outside: Any = None, *, side_by_side: bool = False) -> Read | None:
        """Draw the places; return the data, the last that could be read, or None.

        Parameters
        ----------
        outside : streamlit container, optional
            Where errors are said while the places are folded; otherwise they stand above the text.
        side_by_side : bool
            Whether the file is beside the text, which then has no label of its own.
        """
        state, words = st.session_state, self.words
        # Streamlit keeps no text that is not drawn, such as while another page is shown.
        state.setdefault(self.key("typed"), state.get(self.key("kept"), self.example))
        above = st.container()
        left, right = st.columns(2) if side_by_side else (st.container(), st.container())
        first, second = (left, right) if side_by_side else (right, left)
        file = None
        if self.endings:
            file = second.file_uploader(
                words["upload"],
                type=list(self.endings),
                max_upload_size=-(-self.largest // 10**6),  # in MB
                key=f"{self.key('file')}{state.get(self.key('cleared'), 0)}",
                help=words["upload_help"],
            )
        typed = first.text_area(
            words["label"],
            height=self.height,
            width=self.width,
            key=self.key("typed"),
            help=words["help"],
            disabled=file is not None,
            label_visibility="collapsed" if side_by_side else "visible",
        )
        with first:
            self._buttons()
        if file is None:
            state[self.key("kept")] = str(typed or "")
        return self._read(file, str(typed or ""), above if outside is None else outside, above)

    def _read(self, file: Any, typed: str, messages: Any, notes: Any) -> Read | None:
        state, none = st.session_state, self.words.get("none")
        empty = file is None and not typed
        if not (empty and (none or state.get(self.key("empty")))):
            with messages:
                found = say_errors(lambda: self.read(typed if file is None else file.getvalue()))
            if found is not None:
                state[self.key("good")] = found
                for note in getattr(found, "notes", ()):
                    notes.caption(in_markdown(note))
            elif state.get(self.key("good")) is not None:
                messages.caption(shell_words("own_data")["last_good"])
        if typed:
            state.pop(self.key("empty"), None)
        good: Read | None = state.get(self.key("good"))
        if empty and good is None and none:
            messages.info(none, icon=":material/info:")
        return good

    def _buttons(self) -> None:
        words = shell_words("own_data")
        with st.container(horizontal=True, gap="small"):
            for name, text in (("sample", self.example), ("clear", "")):
                if name == "clear" or text:
                    st.button(
                        words[name],
                        key=self.key(name),
                        on_click=self._put,
                        args=(text,),
                        type="tertiary",
                        help=words[f"{name}_help"],
                    )

    def _put(self, text: str) -> None:
        """Put a text in place of all that was given; an empty one is no error."""
        state, cleared = st.session_state, self.key("cleared")
        state[self.key("typed")] = state[self.key("kept")] = text
        state[cleared] = state.get(cleared, 0) + 1
        state[self.key("empty")] = not text
        state.pop(self.key("good"), None)

    def follow(self, link: PageLink) -> None:
        """Take the text from the link, where it changed: call it before `ask`."""
        text, state = link[self.words.name], st.session_state
        if link.was_read and text != state.get(self.key("linked")):
            state[self.key("typed")] = state[self.key("kept")] = text or self.example

    def lead(self, link: PageLink, text: str, most: int) -> None:
        """Let the link hold the text of the data, if it is short and not the example."""
        shown = "" if text == self.example or len(text) > most else text
        st.session_state[self.key("linked")] = shown
        link.show(self.words.name, shown, "")
