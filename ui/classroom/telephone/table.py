"""The numbers of a round: tables to read, and one to take away."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import streamlit as st

from collapse_core.lessons.lesson import Lesson
from ui.classroom.store import Round
from ui.classroom.telephone.opening import draw_way_on
from ui.classroom.telephone.sentences import WallSentences
from ui.classroom.telephone.showing import answer_told
from ui.classroom.telephone.standing import Standing
from ui.tables import show_table

__all__ = ["draw_tables", "round_csv"]


def draw_tables(round_: Round, standing: Standing, spoken: WallSentences, lesson: Lesson) -> None:
    """Draw the numbers of the picture, folded, and the button that saves every answer.

    Parameters
    ----------
    round_, standing : Round, Standing
        The round.
    spoken : WallSentences
        Its sentences.
    lesson : Lesson
        ``telephone``.
    """
    with st.expander(lesson.text("wall", "table"), key="telephone_numbers", on_change="rerun") as f:
        if f.open:
            show_table(_by_step(standing, lesson))
            show_table(_answers(standing, lesson))
    with st.container(horizontal=True):
        st.download_button(
            lesson.text("wall", "csv"),
            lambda: round_csv(standing),
            file_name=f"telephone-{round_.number}.csv",
            mime="text/csv",
            on_click="ignore",
            icon=":material/table:",
            key="telephone_csv",
        )
        draw_way_on(standing, lesson)


def round_csv(standing: Standing) -> str:
    """Return every accepted answer as a line of a table, with names that programs read."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow(["chain", "generation", "learner", "answer", "diversity", "fixed"])
    progress = standing.progress
    for number, models in enumerate(progress.models):
        for step, model in enumerate(models):
            table.writerow(
                [
                    number + 1,
                    step + 1,
                    progress.kinds[number][step],
                    json.dumps(model, ensure_ascii=False),
                    f"{progress.diversity[number, step + 1]:.10g}",
                    int(progress.fixed[number, step + 1]),
                ]
            )
    return written.getvalue()


def _by_step(standing: Standing, lesson: Lesson) -> dict[str, Any]:
    words, progress, law = lesson.words("columns"), standing.progress, standing.law
    return {
        words["step"]: list(range(progress.length + 1)),
        words["class"]: progress.mean_diversity().tolist(),
        words["exact"]: list(law.mean),
        words["class_fixed"]: progress.mean_fixed().tolist(),
        words["exact_fixed"]: list(law.fixed),
    }


def _answers(standing: Standing, lesson: Lesson) -> dict[str, Any]:
    words, kinds, progress = lesson.words("columns"), lesson.words("kinds"), standing.progress
    places = [
        (number, step)
        for number, models in enumerate(progress.models)
        for step in range(len(models))
    ]
    return {
        words["chain"]: [number + 1 for number, _ in places],
        words["step"]: [step + 1 for _, step in places],
        words["learner"]: [kinds[progress.kinds[number][step]] for number, step in places],
        words["answer"]: [
            answer_told(progress.game, progress.models[number][step], lesson)
            for number, step in places
        ],
        words["diversity"]: [float(progress.diversity[n, step + 1]) for n, step in places],
        words["fixed"]: [bool(progress.fixed[n, step + 1]) for n, step in places],
    }
