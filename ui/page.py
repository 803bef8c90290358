"""The page kit: the nine beats of a page in one flow.

A page opens, draws its controls, runs, asks for a guess, shows its picture with one clock, says
what it shows, draws further views, and ends with table, formulas, what to try next and sharing. A
page says *what*; embedding, projector, waiting for a guess, presets, the link and what it held in
vain are seen to here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar

import streamlit as st

from collapse_core.figures.player.stand_alone import Playable
from collapse_core.lessons.control_words import ControlWords, control_words
from collapse_core.stepwise import Stepwise
from ui import long_run, predict, sections, share
from ui.page_link import PageLink
from ui.page_pictures import PagePictures
from ui.settings import TICK, Setting, Switch, settings_of
from ui.shell import open_page
from ui.warming import warm
from ui.widgets import draw, presets, row, start_over

__all__ = ["Page"]

Asked = TypeVar("Asked")
IN_VIEW, MORE = 3.0, 2.0


class Page(PagePictures, Generic[Asked]):
    """An opened page. Its methods are the beats, in the order in which a page calls them.

    Parameters
    ----------
    key : str
        The page's key in the catalogue.
    asks : type
        The experiment: its fields become settings.
    further : sequence of Setting
        What the page can be asked besides.
    others : sequence of type
        Experiments of the page's other views: their names in a link are no mistakes.
    without : sequence of str
        Fields of the experiment that are no settings: a further one says them.

    Attributes
    ----------
    lesson : Lesson
        The page's words.
    look : Look
        Colours and sizes of its figures.
    embedded : bool
        Whether it is shown inside another page: picture and controls only.
    waiting : bool
        Whether the reader is still to guess, and the answer must not show.
    corner : streamlit container
        The place beside the title, for starting over and for sharing.
    messages : streamlit container
        The place under the controls in view, for what is wrong with own data.
    values : dict
        Values of the controls that are drawn so far, by name.
    """

    def __init__(
        self,
        key: str,
        asks: Callable[..., Asked],
        further: Sequence[Setting] = (),
        others: Sequence[Any] = (),
        without: Sequence[str] = (),
    ) -> None:
        opened = open_page(key)
        self.key, self.lesson, self.look = key, opened.lesson, opened.look
        self.embedded = opened.embedded
        corner = st.container() if opened.corner is None else opened.corner
        self.corner = corner.container(horizontal=True, vertical_alignment="center")
        self._asks = asks
        fields: Any = asks
        settings = {n: item for n, item in settings_of(fields).items() if n not in without}
        settings |= {item.name: item for item in further}
        known = {name for other in others for name in other.defaults}
        self.link = PageLink(key, settings | {TICK.name: TICK}, known)
        sections.ignored(self.link.problems)
        self.waiting = predict.is_waiting(key, self.embedded, {*self.link.settings, *known})
        if not self.embedded:
            with self.corner:
                start_over(self.link, self.words("start_over"))
        self.values: dict[str, Any] = {}
        self._drawn = {}
        self._question = st.container()
        self._runs: list[long_run.LongRun] = []

    # ---------------------------------------------------------------------------- controls

    def words(self, name: str) -> ControlWords:
        """Return the words of a control: the page's own over those of all pages."""
        return control_words(self.lesson, name)

    def draw(self, what: str | Setting, *, symbol: bool = True) -> Any:
        """Draw one control and return its value.

        Parameters
        ----------
        what : str or Setting
            Name of a setting; or the setting itself, where its range, options or label are others
            than those that the page began with.
        symbol : bool
            Whether its label ends with how formulas write it.
        """
        setting = self.link.settings[what] if isinstance(what, str) else what
        value = draw(setting, self.link, self.words, symbol)
        self._drawn[setting.name] = (setting, self.words(setting.name))
        self.values[setting.name] = value
        return value

    def controls(
        self,
        in_view: Sequence[str | Setting | None],
        more: Sequence[str | Setting] = (),
        *,
        beside: Sequence[str] = (),
        widths: Sequence[float] = (),
        symbols: bool = True,
    ) -> list[Any]:
        """Draw the controls, the presets, and the comment of the preset that is shown.

        Parameters
        ----------
        in_view : sequence of str, Setting or None
            At most six side by side; None keeps a place free.
        more : sequence of str or Setting
            Under the button "More".
        beside : sequence of str
            In one line with the comment.
        widths : sequence of float
            Of the places, that of "More" last; equal ones if it is not given.
        symbols : bool
            Whether labels in view end with how formulas write them.

        Returns
        -------
        list
            The places in view.
        """
        places = row(widths or [*(IN_VIEW for _ in in_view), *([MORE] if more else [])])
        for place, item in zip(places, in_view, strict=False):
            if item is not None:
                with place:
                    self.draw(item, symbol=symbols)
        if more:
            place, label = places[len(in_view)], self.words("more")["label"]
            with place.popover(label, icon=":material/tune:", width="stretch"):
                for item in more:
                    self.draw(item)
        self.messages = st.container()
        self._presets(beside)
        return places[: len(in_view)]

    def _presets(self, beside: Sequence[str]) -> None:
        comment = ""
        if not self.embedded:
            shown = {*self.values, *beside}
            settings = self.link.settings.items()
            current = {n: self[n] if n in shown else item.default for n, item in settings}
            comment = presets(self.lesson.presets, self.link, current)
        comment = "" if self.waiting else comment
        if not beside:
            place = st.empty()  # in any case, so that the player keeps its place and its hand
            if comment:
                place.caption(comment)
            return
        switches = [name for name in beside if isinstance(self.link.settings[name], Switch)]
        alignment: Any = "distribute" if switches else "left"
        with st.container(
            horizontal=True, vertical_alignment="center", horizontal_alignment=alignment
        ):
            for name in beside:
                if name not in switches:
                    self.draw(name)
            st.caption(comment, width="content")
            for name in switches:
                self.draw(name)

    def experiment(self, **changes: Any) -> Asked:
        """Return what the controls ask that are drawn so far, with some fields changed."""
        fields: Any = self._asks
        asked = {name: value for name, value in self.values.items() if name in fields.defaults}
        return self._asks(**{**asked, **changes})

    # ---------------------------------------------------------------------------- guess, run

    @property
    def open(self) -> bool:
        """Whether the answer may be told in words: nobody is to guess, and words are shown."""
        return not (self.waiting or self.embedded)

    @property
    def hidden(self) -> str | None:
        """What stands in place of the answer while it is to be guessed."""
        return self.lesson.say("predict", "hidden") if self.waiting else None

    def ask(
        self,
        question: str,
        reveal: Callable[[Any], str],
        answers: Sequence[str] = (),
        *,
        known: bool = True,
    ) -> None:
        """Ask for a guess above the controls; once it is locked, set it beside the truth.

        Parameters
        ----------
        question : str
            What is asked.
        reveal : callable
            From the guess to the sentence.
        answers : sequence of str
            Keys of the answers' words in ``[predict]``; without them a percentage is asked.
        known : bool
            Whether the truth is computed by now.
        """
        with self._question:
            if self.waiting and answers:
                words = self.lesson.words(
                    "answers" if "answers" in self.lesson.tables else "predict"
                )
                options = {answer: str(words[answer]) for answer in answers}
                predict.ask_choice(self.key, self.lesson, question, options)
            elif self.waiting:
                predict.ask(self.key, self.lesson, question)
            elif known and not self.embedded:
                predict.show_reveal(self.key, self.lesson, reveal)

    def work(
        self, task: Stepwise, *, key: str = "", noun: str = "generation", quiet: bool = False
    ) -> long_run.LongRun:
        """Watch long work for a while, draw its progress, and go on with it at the end of the page.

        If ``quiet``, nothing is said of work that is over.
        """
        place = st.empty()
        with place.container():
            run = long_run.long_run(task, key=key or self.key, noun=noun)
        if quiet and run.finished:
            place.empty()
        self._runs.append(run)
        return run

    # ---------------------------------------------------------------------------- picture, words

    def say(
        self, notes: Sequence[str], details: Sequence[str] | Callable[[], Sequence[str]]
    ) -> None:
        """Draw what to know about the settings, and what there is to say more precisely.

        Parameters
        ----------
        notes : sequence of str
            On unusual settings; each is one short sentence, and always in view.
        details : sequence of str, or callable
            The points of "More precisely", or what makes them once it is opened. None are told
            while the reader is still to guess.
        """
        if self.embedded:
            return
        sections.notes(notes)
        if not self.waiting and details:
            sections.more_precisely(details if callable(details) else lambda: details)

    def end(
        self,
        *,
        columns: Callable[[], Mapping[str, Any]] | None,
        csv: Callable[[], str],
        python: str,
        name: str = "",
        unshared: Sequence[str] = (),
    ) -> None:
        """Draw table, limits, formulas, what is next and sharing; write the link.

        Parameters
        ----------
        columns : callable, optional
            Makes the numbers of the picture, by the heading of their column; None for no table.
        csv : callable
            Makes the table of all runs.
        python : str
            The lines that redraw the picture.
        name : str
            Of downloads, where it is not the page's.
        unshared : sequence of str
            Settings that a shared link leaves out.
        """
        if not self.embedded:
            if columns is not None:
                sections.table(columns)
            if not self.waiting and "limits" in self.lesson.tables:
                sections.limits(self.lesson)
            sections.why(self.lesson)
            sections.try_next(self.lesson)
            sections.onward(self.lesson)
            self._share(columns, csv, python, name or self.key.replace("_", "-"), unshared)
        self.link.write()
        warm()
        long_run.go_on(*self._runs)

    def _share(
        self,
        columns: Callable[[], Mapping[str, Any]] | None,
        csv: Callable[[], str],
        python: str,
        name: str,
        unshared: Sequence[str],
    ) -> None:
        picture, lesson, tick = self._picture, self.lesson, self.tick
        assert picture is not None, "a page draws its picture before it ends"
        names = [name for name in self.values if name not in unshared]
        parameters = self.link.texts(names) | self.link.extra() | {TICK.name: str(tick)}

        def html() -> str:
            return Playable(picture(), tick, columns() if columns else {}).html()

        shared = share.Shared(parameters, csv, html, python, name, lesson.title)
        share.share_button(self.corner, shared)
