"""Predict first: a guess that is made in the picture, locked, and set beside the truth.

The page's own link holds it, as ``guess=``: "skip" where the reader wanted to see the answer, "ask"
where the question stands although settings were changed, or the guess: its values joined by "_",
and behind each "~" a setting that was not at its default when it was made.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, unquote

import streamlit as st

from collapse_core.lessons.control_words import ControlWords
from collapse_core.lessons.lesson import read_lesson, shell_words
from collapse_core.lessons.typed import in_a_caption
from collapse_core.topics.prediction import Prediction
from collapse_core.topics.your_guesses.kept import KeptGuess
from ui.kept_guesses import keep
from ui.page_link import PageLink
from ui.reconnect import component as reconnect
from ui.settings import Setting

__all__ = ["ASK", "GUESS", "SKIP", "Answer"]

ASK, SKIP = "ask", "skip"
# What an answer does not depend on: which runs are drawn, and which of them is followed.
CHANCE = frozenset({"runs", "percentile", "seed"})


@dataclass(frozen=True, kw_only=True)
class _Guess(Setting):
    """A guess as the link holds it."""

    def usable(self, value: Any) -> str:
        """Return the text, checked."""
        text = str(value or "")
        if text in ("", ASK, SKIP):
            return text
        try:
            _values(text)
        except ValueError as error:
            raise ValueError(str(shell_words("link")["guess"])) from error
        return text


GUESS = _Guess(name="guess", default="", preset=False)


@dataclass
class Answer:
    """The question of a page, and what the reader answered.

    Parameters
    ----------
    link : PageLink
        Of the page; it holds the guess.
    embedded : bool
        Whether the page is shown inside another one, which asks nothing.
    shown_by : collection of str
        Names that say, in a link, which picture to show. Who opens a link that holds one of them
        is not asked.

    Attributes
    ----------
    text : str
        What the link held when the page was opened or drawn anew.
    waiting : bool
        Whether the reader is still to guess, and the answer must not show.
    """

    link: PageLink
    embedded: bool
    shown_by: Collection[str] = ()
    _asked: dict[str, Any] | None = field(default=None, init=False)
    _drawn: list[float] | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        state, kept = st.session_state, f"{self.link.page}/unasked"
        if self.link.came_anew or kept not in state:
            link = state.get("opened_link", st.query_params)
            seen = reconnect.was_unasked(self.link.page)
            shown = not set(link).isdisjoint(self.shown_by) if seen is None else seen
            state[kept] = GUESS.name not in link and shown
        self.text = str(self.link[GUESS.name])
        open_question = self.text == ASK or (not self.text and not state[kept])
        self.waiting = open_question and not self.embedded

    @property
    def guess(self) -> tuple[float, ...] | None:
        """What was guessed, for whatever settings; None without a guess."""
        return None if self.embedded or self.text in ("", ASK, SKIP) else _values(self.text)

    def ask(
        self,
        asked: Prediction,
        drawn: Mapping[str, tuple[Setting, ControlWords]],
        *,
        known: bool = True,
    ) -> None:
        """Ask, or say what is to be said of the guess that was made.

        Parameters
        ----------
        asked : Prediction
            What is asked, where it is answered, and what is said of a guess.
        drawn : mapping
            The controls of the page, each with its words, by name.
        known : bool
            Whether the truth is computed by now.
        """
        shell, guess = read_lesson("shell"), self.guess
        self._asked = self._drawn = None
        if self.waiting:
            self._tell("asking", asked.question)
            return
        if guess is None or not asked.place.usable(guess):
            return
        said = asked.place.spoken(guess)
        if changed := self._changed():
            told = "; ".join(self._told(*drawn[name]) for name in changed if name in drawn)
            self._tell("changed", shell.say("predict", "changed", guess=said, settings=told))
            return
        guess = asked.place.inside(guess)
        self._drawn = list(guess)
        if known:
            keep(KeptGuess.of(self.link.page, asked, guess), self._settings())
        text = asked.reveal(guess) if known else shell.say("predict", "working", guess=said)
        self._tell("told", text)

    def shown(self) -> dict[str, Any]:
        """Return what the player shows: the question or what is said, and the guess to draw."""
        return {"ask": self._asked, "guess": self._drawn}

    def take(self, text: str) -> None:
        """Take what the player tells: the values, or that they are to be skipped or asked again."""
        if text not in (ASK, SKIP):
            try:
                values: Sequence[float] = _values(text)
            except ValueError:
                return
            text = "_".join(f"{value:.6g}" for value in values) + self._settings()
        st.session_state[self.link.key(GUESS.name)] = text

    def remember(self) -> None:
        """Let the link say that the question stands, where what it holds would skip it."""
        if self.waiting and self.link.will_hold(self.shown_by):
            st.session_state[self.link.key(GUESS.name)] = ASK

    def _tell(self, state: str, text: str) -> None:
        words = shell_words("predict")
        buttons = {name: words[name] for name in ("lock", "skip", "again")}
        self._asked = {"state": state, "text": text, "words": buttons}

    def _counting(self) -> list[str]:
        """Return the names of the settings that the answer depends on."""
        return [n for n, item in self.link.settings.items() if item.preset and n not in CHANCE]

    def _settings(self) -> str:
        names = self.link.differs(self._counting())
        texts = self.link.texts(names)
        return "".join(f"~{name}:{quote(texts[name], safe='')}" for name in names)

    def _made_for(self) -> dict[str, str]:
        pairs = [part.partition(":") for part in self.text.split("~")[1:]]
        return {name: unquote(text) for name, _, text in pairs}

    def _changed(self) -> list[str]:
        """Return the names of settings that are others than those of the guess."""
        made_for, now = self._made_for(), self.link.texts(self._counting())
        settings = self.link.settings
        return [
            name
            for name, text in now.items()
            if text != made_for.get(name, settings[name].write(settings[name].default))
        ]

    def _told(self, setting: Setting, words: ControlWords) -> str:
        made_for, value = self._made_for(), setting.default
        with contextlib.suppress(ValueError):
            value = setting.read(made_for[setting.name]) if setting.name in made_for else value
        said = in_a_caption(setting.spoken(value, words))
        return f"{setting.label or words['label']} {said}".strip()


def _values(text: str) -> tuple[float, ...]:
    """Return the values of a guess.

    Raises
    ------
    ValueError
        If they are no numbers.
    """
    values = tuple(float(part) for part in text.split("~")[0].split("_"))
    if not all(abs(value) < 1e9 for value in values):
        raise ValueError("not finite")
    return values
