"""What a phone asks of a learner in each game, and how its numbers become an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from collapse_core.classroom.games import Model, game_named
from collapse_core.classroom.games.melody import HEIGHTS
from collapse_core.classroom.games.spot import HIGH, LOW
from collapse_core.lessons.lesson import Lesson
from ui.classroom.telephone.showing import kind_names

__all__ = ["asked", "model_of"]

WIDEST = 40.0  # of a spread that can be answered; the truth's is 12

Field = dict[str, Any]


def asked(settings: Mapping[str, Any], lesson: Lesson) -> dict[str, Any]:
    """Return what a phone asks.

    Parameters
    ----------
    settings : mapping
        Of the round, checked.
    lesson : Lesson
        ``telephone``.

    Returns
    -------
    dict
        The ``question``; a ``hint`` at the picture, if any; the ``fields``, each with a ``label``,
        ends, a ``step``, where it stands at the ``start`` and what a button moves it by
        (``press``); the ``picture`` that can be touched; ``all``, whether every field must be set;
        ``scaled``, whether they are shares of their sum.
    """
    key, count = settings["game"], settings["draws"]
    form = _FORMS[key](lesson, count)
    hint = lesson.words("hints").get(form["picture"], "")
    asks = {"question": lesson.text("ask", key), "hint": hint}
    return {**asks, "all": True, "scaled": False, **form}


def model_of(settings: Mapping[str, Any], told: Any) -> Model:
    """Return the numbers that a phone has sent as an answer.

    Parameters
    ----------
    settings : mapping
        Of the round, checked.
    told : Any
        A list with a number for each field.

    Raises
    ------
    ValueError
        If they are no such numbers, or out of range.
    """
    game = game_named(settings["game"])
    if not isinstance(told, list) or not all(
        isinstance(one, int | float) and not isinstance(one, bool) for one in told
    ):
        raise ValueError("value must be a list of numbers: send what the phone asks for.")
    try:
        return game.read(_answer(game.key, told, settings["draws"]))
    except (IndexError, TypeError, OverflowError) as error:
        raise ValueError(
            f"value has {len(told)} numbers, or one that is not finite: send one for each field."
        ) from error


def _answer(key: str, told: Sequence[float], count: int) -> dict[str, Any]:
    if key == "jar":
        return {"share": float(told[0])}
    if key == "line":
        return {"place": float(told[0]), "spread": float(told[1])}
    if key == "plane":
        return {"place": [float(told[0]), float(told[1])], "spread": float(told[2])}
    if key == "bars":
        highest = max(*told, 1.0)
        return {"shares": [float(one) / highest for one in told]}
    if key == "melody":
        return {"heights": [round(one) for one in told]}
    vocabulary = game_named(key).truth["words"]
    times = [min(max(round(one), 0), count) for one in told[: len(vocabulary)]]
    return {"words": [word for word, n in zip(vocabulary, times, strict=True) for _ in range(n)]}


def _jar(lesson: Lesson, count: int) -> dict[str, Any]:
    share = _field(lesson.text("fields", "share"), 0.0, 1.0, 0.01, press=0.05, form="percent")
    return {"picture": "share", "fields": [share]}


def _line(lesson: Lesson, count: int) -> dict[str, Any]:
    place = _field(lesson.text("fields", "place"), LOW, HIGH, 0.5, press=1.0)
    return {"picture": "line", "fields": [place, _spread(lesson)]}


def _plane(lesson: Lesson, count: int) -> dict[str, Any]:
    places = [
        _field(lesson.text("fields", name), LOW, HIGH, 0.5, press=1.0) for name in ("across", "up")
    ]
    return {"picture": "plane", "fields": [*places, _spread(lesson)]}


def _words(lesson: Lesson, count: int) -> dict[str, Any]:
    names = kind_names(lesson, game_named("words"))
    fields = [_field(name, 0, count, 1, start=0) for name in names.values()]
    total = lesson.say("ask", "words_total", draws=count, n="{n}")
    return {"picture": "list", "fields": fields, "all": False, "most": count, "total": total}


def _bars(lesson: Lesson, count: int) -> dict[str, Any]:
    names = kind_names(lesson, game_named("bars"))
    fields = [_field(name, 0, 100, 1, press=5, start=0, form="percent") for name in names.values()]
    return {"picture": "columns", "fields": fields, "all": False, "scaled": True}


def _melody(lesson: Lesson, count: int) -> dict[str, Any]:
    labels = [lesson.say("fields", "note", n=number) for number in range(1, count + 1)]
    return {"picture": "tune", "fields": [_field(label, 1, HEIGHTS, 1) for label in labels]}


def _spread(lesson: Lesson) -> Field:
    return _field(lesson.text("fields", "spread"), 0.0, WIDEST, 0.5, press=1.0)


def _field(label: str, low: float, high: float, step: float, **more: Any) -> Field:
    """Return a field that stands in the middle unless it is told otherwise."""
    ends = {"label": label, "low": low, "high": high, "step": step}
    middle = low + step * round((high - low) / 2 / step)
    return ends | {"press": step, "start": middle, "form": "", **more}


_FORMS = {
    "jar": _jar, "line": _line, "plane": _plane, "words": _words, "bars": _bars, "melody": _melody,
}  # fmt: skip
