"""The draws and the answers of every game as small pictures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from collapse_core.classroom.games import Draws, Game, Model
from collapse_core.classroom.games.jar import YELLOW
from collapse_core.classroom.games.melody import HEIGHTS
from collapse_core.classroom.games.spot import HIGH, LOW
from collapse_core.figures.look import Look
from ui.classroom.drawn import shapes
from ui.classroom.drawn.shapes import Shape
from ui.classroom.drawn.svg import WIDE, picture

__all__ = ["draws_picture", "model_picture", "model_shape"]

ENDS = (LOW, HIGH)
Names = Mapping[str, str]
_Drawn = Callable[[Any, Look, Names], Shape]


def draws_picture(game: Game, draws: Draws, look: Look, alt: str, names: Names) -> str:
    """Return draws as an SVG.

    Parameters
    ----------
    game : Game
        Whose draws they are.
    draws : list
        What `shown_draws` made.
    look : Look
        Colours.
    alt : str
        What is read out.
    names : mapping
        Of the kinds, in the language of the reader; empty where there are none.
    """
    parts, high = _DRAWS[game.key](draws, look, names)
    return picture(parts, high, alt)


def model_picture(game: Game, model: Model, look: Look, alt: str, names: Names) -> str:
    """Return an answer as an SVG; the parameters are those of `draws_picture`."""
    parts, high = model_shape(game, model, look, names)
    return picture(parts, high, alt, wide=WIDE)


def model_shape(game: Game, model: Model, look: Look, names: Names) -> Shape:
    """Return an answer as parts of an SVG, 320 wide, and how high they are."""
    return _MODELS[game.key](model, look, names)


def _named(kind: object, names: Names) -> str:
    """Return a kind in the reader's language; a word that a learner wrote stands for itself."""
    return names.get(str(kind), str(kind))


def _counted(draws: Draws, look: Look, names: Names) -> Shape:
    kinds = list(names)
    return shapes.columns([draws.count(int(kind)) for kind in kinds], [*names.values()], look)


_DRAWS: Mapping[str, _Drawn] = {
    "jar": lambda draws, look, names: shapes.marbles([draw == YELLOW for draw in draws], look),
    "line": lambda draws, look, names: shapes.row_of_dots(draws, ENDS, look),
    "plane": lambda draws, look, names: shapes.cloud(draws, ENDS, look),
    "words": lambda draws, look, names: shapes.cards([_named(d, names) for d in draws], look),
    "bars": _counted,
    "melody": lambda draws, look, names: shapes.tune(draws, HEIGHTS, look),
}
_MODELS: Mapping[str, _Drawn] = {
    "jar": lambda model, look, names: shapes.jar(model["share"], look),
    "line": lambda model, look, names: shapes.hill(model["place"], model["spread"], ENDS, look),
    "plane": lambda model, look, names: shapes.disc(model["place"], model["spread"], ENDS, look),
    "words": lambda model, look, names: shapes.cards(
        [_named(word, names) for word in model["words"]], look
    ),
    "bars": lambda model, look, names: shapes.columns(model["shares"], [*names.values()], look),
    "melody": lambda model, look, names: shapes.tune(model["heights"], HEIGHTS, look),
}
