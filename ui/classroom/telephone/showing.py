"""Draws and answers as a phone shows them: a picture, and the same in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from collapse_core.classroom.games import Draws, Game, Model
from collapse_core.figures.look import Look
from collapse_core.lessons.lesson import Lesson
from ui.classroom.drawn.shown import draws_picture, model_picture

__all__ = ["answer_shown", "answer_told", "draws_shown", "game_name", "kind_names"]


def game_name(lesson: Lesson, key: str) -> str:
    """Return what a game is called."""
    return str(lesson.words("controls")["game"]["options"][key])


def kind_names(lesson: Lesson, game: Game) -> dict[str, str]:
    """Return the names of a game's kinds by what they are in draws; none for other games."""
    named = lesson.tables.get("named", {}).get(game.key, {})
    return {str(kind): str(name) for kind, name in named.items()}


def draws_shown(game: Game, draws: Draws, lesson: Lesson, look: Look) -> dict[str, str]:
    """Return draws as ``svg`` and as what is ``told`` of them."""
    told = _draws_told(game, draws, lesson)
    names = kind_names(lesson, game)
    return {"svg": draws_picture(game, draws, look, told, names), "told": told}


def answer_shown(game: Game, model: Model, lesson: Lesson, look: Look) -> dict[str, str]:
    """Return an answer as ``svg`` and as what is ``told`` of it."""
    told = answer_told(game, model, lesson)
    return {"svg": model_picture(game, model, look, told, kind_names(lesson, game)), "told": told}


def answer_told(game: Game, model: Model, lesson: Lesson) -> str:
    """Return an answer in a few words."""
    names, numbers = kind_names(lesson, game), lesson.numbers
    facts: dict[str, Any] = dict(model)
    if game.key == "plane":
        facts |= {"across": model["place"][0], "up": model["place"][1]}
    elif game.key == "words":
        facts["values"] = ", ".join(names.get(word, str(word)) for word in model["words"])
    elif game.key == "bars":
        shares = zip(names.values(), model["shares"], strict=True)
        facts["values"] = "; ".join(f"{name} {numbers.whole_percent(share)}"
                                    for name, share in shares)  # fmt: skip
    elif game.key == "melody":
        facts["values"] = ", ".join(map(str, model["heights"]))
    return lesson.say("answered", game.key, facts)


def _draws_told(game: Game, draws: Draws, lesson: Lesson) -> str:
    """Return draws in words, for those who cannot see them: everything that the picture tells."""
    facts, names = game.described(draws), kind_names(lesson, game)
    if game.key == "line":
        facts["values"] = lesson.numbers.several(sorted(draws), ".0f")
    elif game.key == "plane":
        facts["values"] = _joined(f"({lesson.numbers.several(point, '.0f')})" for point in draws)
    elif game.key == "words":
        facts["values"] = ", ".join(names.get(word, str(word)) for word in draws)
    elif game.key == "bars":
        counts = Counter(draws)
        facts["values"] = ", ".join(f"{counts[int(kind)]} × {name}"
                                    for kind, name in names.items())  # fmt: skip
    elif game.key == "melody":
        facts["values"] = ", ".join(map(str, draws))
    return lesson.say("told", game.key, facts)


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(parts)
