"""The page kit: the nine beats of a page in one flow.

A page opens, draws its controls in a panel beside the picture, runs, asks for a guess in it, shows
it with one clock, says what it shows, draws further views, and ends with table, formulas, what to
try next and sharing. A page says *what*; embedding, projector, waiting for a guess, presets, the
link and what it held in vain are seen to here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Generic, TypeVar

import streamlit as st

from collapse_core.lessons.control_words import ControlWords, control_words
from collapse_core.lessons.lesson import read_lesson
from collapse_core.stepwise import Stepwise
from collapse_core.topics.exact_law import names_of_the_law
from collapse_core.topics.prediction import Prediction
from collapse_core.topics.shown import Shown
from ui import long_run, sections
from ui.locks import Locks, few_in_view, lock_settings
from ui.origins import where_from
from ui.page_link import PageLink
from ui.page_sharing import PageSharing
from ui.predict import GUESS, Answer
from ui.settings import PANELS, TICK, Setting, page_settings
from ui.shell import open_page
from ui.warming import warm
from ui.widgets import presets, start_over

__all__ = ["Page"]

Asked = TypeVar("Asked")
MOST_EMBEDDED = 3  # controls in view inside another page; the others are under "More"
PICTURE_AND_PANEL = (3.4, 1.0)  # of the width; ui/shell.py holds the panel to its own


class Page(PageSharing, Generic[Asked]):
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
    answer : Answer
        What the reader guessed, and whether it is still to be asked.
    locks : Locks
        What the link keeps where it is, and what it leaves out.
    stage, panel : streamlit container
        The places of the picture and, beside it, of the controls.
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
        self.key, self.look = key, opened.look
        self.embedded = opened.embedded
        corner = st.container() if opened.corner is None else opened.corner
        self.corner = corner.container(horizontal=True, vertical_alignment="center")
        self._makes = asks
        fields: Any = asks
        settings = page_settings(fields, further, without)
        known = {name for other in others for name in other.defaults}
        own = {item.name: item for item in (TICK, PANELS, GUESS)}
        self.link = PageLink(key, settings | own | lock_settings([*settings, *known]), known)
        self.locks = Locks(self.link)
        self.untold = names_of_the_law(key) if self.locks.law_hidden else frozenset()
        self.lesson = opened.lesson.without(self.untold)
        asks_nothing = self.embedded or self.locks.law_hidden
        # Before anything is drawn: a run may be cut short there, and the link is read by then.
        self.answer = Answer(self.link, asks_nothing, {*settings, TICK.name, *known})
        sections.ignored(self.link)
        self._way_out: Any = st.empty() if self.locks.any and not self.embedded else None
        if not self.embedded:
            with self.corner:
                start_over(self.link, self.words("start_over"))
        with st.container(key="lesson"):
            self.stage, self.panel = st.columns(PICTURE_AND_PANEL, gap="medium")
        self.values: dict[str, Any] = {}
        self._details: Callable[[], Sequence[str]] = list
        self._drawn = {}
        self._runs: list[long_run.LongRun] = []

    # ---------------------------------------------------------------------------- controls

    def words(self, name: str) -> ControlWords:
        """Return the words of a control: the page's own over those of all pages."""
        return control_words(self.lesson, name)

    def draw(self, what: str | Setting) -> Any:
        """Draw one control and return its value.

        Parameters
        ----------
        what : str or Setting
            Name of a setting; or the setting itself, where its range, options or label are others
            than those that the page began with.
        """
        setting = self.link.settings[what] if isinstance(what, str) else what
        value = self.locks.draw(setting, self.link, self.words)
        self._drawn[setting.name] = (setting, self.words(setting.name))
        self.values[setting.name] = value
        return value

    def controls(
        self,
        in_view: Sequence[str | Setting | None],
        more: Sequence[str | Setting] = (),
        *,
        beside: Sequence[str] = (),
    ) -> list[Any]:
        """Draw the controls, the presets, and the comment of the preset that is shown.

        Parameters
        ----------
        in_view : sequence of str, Setting or None
            At most six in the panel; None keeps a place free.
        more : sequence of str or Setting
            Under the button "More".
        beside : sequence of str
            In the corner above the picture: what it shows rather than what is run.

        Returns
        -------
        list
            The places in view.
        """
        with self.corner:
            for name in beside:
                self.draw(name)
        in_view, more, left_out = self.locks.sorted(in_view, more)
        for hidden in left_out:
            self.draw(hidden)
        if self.embedded:
            in_view, more = few_in_view(in_view, more, MOST_EMBEDDED)
        with self.panel:
            with st.container(key="controls"):
                places = [st.container() for _ in in_view]
                for place, item in zip(places, in_view, strict=True):
                    if item is not None:
                        with place:
                            self.draw(item)
                if more:
                    label = self.words("more")["label"]
                    with st.popover(label, icon=":material/tune:", width="stretch"):
                        for item in more:
                            self.draw(item)
            self.messages = st.container()
            self._presets({*self.values, *beside})
            if self.embedded:
                self._way_out = st.empty()
        return places

    def _presets(self, shown: Collection[str]) -> None:
        settings = self.link.settings.items()
        current = {n: self[n] if n in shown else item.default for n, item in settings}
        told = not (self.waiting or self.locks.law_hidden)
        comment = presets(self.lesson.presets, self.link, current, told=told)
        place = st.empty()
        if comment and told and self.open:
            place.caption(comment)

    def experiment(self, **changes: Any) -> Asked:
        """Return what the controls ask that are drawn so far, with some fields changed."""
        fields: Any = self._makes
        asked = {name: value for name, value in self.values.items() if name in fields.defaults}
        return self._makes(**{**asked, **changes})

    # ---------------------------------------------------------------------------- guess, run

    @property
    def open(self) -> bool:
        """Whether the answer may be told in words: nobody is to guess, and words are shown."""
        return not (self.waiting or self.embedded)

    def ask(self, asked: Prediction | None, *, known: bool = True) -> None:
        """Ask for a guess in the picture; once it is locked, set it beside the truth.

        Parameters
        ----------
        asked : Prediction, optional
            What is asked; the figure is to have its place. None where there is nothing to guess.
        known : bool
            Whether the truth is computed by now.
        """
        if asked is None:
            self.ask_nothing()
        else:
            self.answer.ask(asked, self._drawn, known=known)

    def ask_nothing(self) -> None:
        """Show the answer: the picture that is chosen has nothing to guess."""
        self._asks = False

    def work(self, task: Stepwise, *, key: str = "", noun: str = "generation") -> long_run.LongRun:
        """Watch long work for a while, draw its progress, and go on with it at the end of the page.

        Nothing is said of work that is over.
        """
        place = self.stage.empty()
        with place.container():
            run = long_run.long_run(task, key=key or self.key, noun=noun)
        if run.finished:
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
        self._details = details if callable(details) else lambda: details
        if self.embedded:
            return
        sections.notes(notes)
        if not (self.waiting or self.locks.law_hidden) and details:
            sections.more_precisely(self._details)

    def end(
        self,
        *,
        columns: Callable[[], Mapping[str, Any]] | None,
        csv: Callable[[], str],
        python: str,
        name: str = "",
        unshared: Sequence[str] = (),
        measured: sections.Measured | None = None,
        further: sections.Tables = dict,
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
        measured : tuple of str and callable, optional
            A table of the lesson and what makes its columns, to be drawn under the formulas.
        further : callable
            Makes tables of panels that have no clock, by what stands above each.
        """
        columns = None if self.waiting or columns is None else sections.told(columns)
        if not self.embedded:
            if columns is not None:
                sections.table(columns, further)
            if not self.waiting and "limits" in self.lesson.tables:
                sections.limits(self.lesson)
            if not self.locks.law_hidden:
                sections.why(self.lesson, measured)
                where_from(self.lesson)
            if not self.link.fixed:  # what it says may be locked
                sections.try_next(self.lesson)
            sections.onward(self.lesson)
            self._share(columns, csv, python, name or self.key.replace("_", "-"), unshared)
        self.locks.lead_out(self._way_out, self._parameters(), embedded=self.embedded)
        self.answer.remember()
        self.link.write()
        warm()
        long_run.go_on(*self._runs)

    def tell(self, shown: Shown) -> None:
        """Draw what there is to say of a topic's picture, at the tick that is shown."""
        self.say(shown.notes(self.tick), lambda: shown.details(self.tick))

    def finish(self, shown: Shown, **more: Any) -> None:
        """End the page with the tables and the Python of a topic's picture; the rest as `end`."""
        tick = self.tick

        def columns() -> Mapping[str, Any]:
            return shown.table(tick, self._made(lambda: shown.draw(self.look)))

        def further() -> Mapping[str, Mapping[str, Any]]:
            figure = self._made(lambda: shown.draw(self.look))
            words = {"clock": figure.clock_name, "tick": tick}
            tables = shown.tables(tick, figure).items()
            say = read_lesson("shell").say
            return {say("sections", "of_panel", words, panel=name): table for name, table in tables}

        python = shown.python(tick)
        self.end(columns=columns, further=further, csv=shown.csv, python=python, **more)
