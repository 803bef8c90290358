"""The wall of a round of telephone: every chain growing, and the law of ideal copiers."""

from __future__ import annotations

import streamlit as st

from collapse_core.classroom.figures.chains import chains_figure
from collapse_core.classroom.turns import JUDGE
from collapse_core.figures.look import Look
from collapse_core.figures.player.picture import Picture
from collapse_core.lessons.language import in_this_language
from collapse_core.lessons.lesson import Lesson, read_lesson
from ui.classroom.drawn.strips import strips
from ui.classroom.names import seat_name
from ui.classroom.store import Class, ClassStore, Round
from ui.classroom.telephone.sentences import WallSentences
from ui.classroom.telephone.showing import answer_told, game_name, kind_names
from ui.classroom.telephone.standing import Standing, round_before
from ui.classroom.telephone.table import draw_tables
from ui.pictures import show

__all__ = ["wall"]

EVERY = 1.0  # seconds between two looks at who is waited for
MOST_WAITS = 3  # of those that wait longest: the picture has its place below


def wall(store: ClassStore, of: Class, round_: Round, lesson: Lesson, look: Look) -> None:
    """Draw a round of telephone for the projector.

    Parameters
    ----------
    store : ClassStore
        Where the round is.
    of : Class
        The class that plays.
    round_ : Round
        A round of telephone.
    lesson : Lesson
        ``telephone``.
    look : Look
        Colours and sizes.
    """
    standing, other = Standing.of(store, round_), round_before(store, round_)
    before = None if other is None else Standing.of(store, other)
    spoken = WallSentences(lesson, standing, before)
    variant = lesson.words("controls")["variant"]["options"][standing.settings["variant"]]
    st.header(f"{game_name(lesson, standing.settings['game'])} · {variant}", anchor=False)
    st.markdown(spoken.progress())
    if round_.state == "asking":
        # A fragment runs in a thread of its own, which speaks no language yet.
        st.fragment(in_this_language(_waits), run_every=EVERY)(store, of, round_, lesson)
    _picture(round_, standing, before, spoken, look)
    for sentence in spoken.found():
        st.markdown(sentence)
    _strips(standing, lesson, look)
    draw_tables(round_, standing, spoken, lesson)


def _picture(
    round_: Round, standing: Standing, before: Standing | None, spoken: WallSentences, look: Look
) -> None:
    """Draw the chains; the same picture is made once for all who look."""

    def picture() -> Picture:
        moving = chains_figure(
            standing.progress,
            standing.law,
            departed=spoken.departed,
            before=None if before is None else before.progress,
            before_law=None if before is None else before.law,
            look=look,
            alt=spoken.alt(),
        )
        return moving.picture(
            title=spoken.lesson.title,
            about=[spoken.facts()["game"], read_lesson("shell").title],
            filename=f"telephone-{round_.number}",
            name="telephone",
        )

    rounds = (standing,) if before is None else (standing, before)
    of = [(one.settings, one.progress.models, one.progress.kinds) for one in rounds]
    show(picture, (of, look), key="telephone", private=True)


def _waits(store: ClassStore, of: Class, round_: Round, lesson: Lesson) -> None:
    """Draw who is waited for, and for how long; a turn whose time is over is free again."""
    standing, now = Standing.of(store, round_), store.clock()
    waits, free = list[tuple[float, str]](), list[str]()
    for chain in standing.chains:
        if chain.turn is None:
            continue
        if chain.seat is None or chain.waiting_since is None:
            free.append(str(chain.number + 1))
            continue
        rest = standing.settings["wait"] - max(0.0, now - chain.waiting_since)
        name = seat_name(of, standing.seats[chain.seat].name)
        facts = {"chain": chain.number + 1, "name": name, "seconds": round(max(rest, 0.0))}
        said = lesson.say("wall", "judged" if chain.turn.role == JUDGE else "waits", facts)
        waits.append((rest, said))
    lines = [said for _, said in sorted(waits)[:MOST_WAITS]]
    if (more := len(waits) - len(lines)) > 0:
        lines.append(lesson.say("wall", "waits_more", chains=more))
    if free:
        lines.append(lesson.say("wall", "free", free=", ".join(free)))
    if lines:
        st.caption("  \n".join(lines))


def _strips(standing: Standing, lesson: Lesson, look: Look) -> None:
    """Draw every answer small, a row for each chain."""
    progress = standing.progress
    if not progress.answered:
        st.caption(lesson.text("wall", "nothing"))
        return
    told = [
        lesson.say(
            "wall",
            "strips_alt",
            chain=number,
            answers="; ".join(answer_told(progress.game, model, lesson) for model in models),
        )
        for number, models in enumerate(progress.models, start=1)
    ]
    rows = [
        lesson.say("wall", "chain", chain=number) for number in range(1, len(progress.models) + 1)
    ]
    columns = [lesson.text("wall", "truth"), *map(str, range(1, progress.length + 1))]
    alt = ". ".join(told)
    names = kind_names(lesson, progress.game)
    st.markdown(f"**{lesson.text('wall', 'strips')}**")
    drawn = strips(progress, look, alt=alt, names=names, rows=rows, columns=columns)
    st.image(drawn, width="stretch", alt=alt)
