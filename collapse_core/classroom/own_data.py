"""A class's result as data of a reader's own, for the pages that show the same loop.

*Two colours* takes a jar in words, such as "57 yellow, 43 blue"; here it is the jar that the
class's chains ended with, all of them poured together. *Bell curve* is given a table: a line per
answer with chain, generation, place and spread, in units in which the truth is N(0, 1);
`read_chains` reads it again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_made, check_text, shown
from collapse_core.classroom.games.game import Game, Model
from collapse_core.classroom.games.jar import JarGame
from collapse_core.classroom.games.line import LineGame
from collapse_core.classroom.games.spot import MIDDLE, START_SPREAD
from collapse_core.classroom.rounds import telephone_settings

__all__ = ["as_own_data", "own_settings", "read_chains"]

MARBLES = 1000
HEADER = "chain,generation,place,spread"
LARGEST_TEXT = 200_000


def as_own_data(
    game: Game,
    chains: Sequence[Sequence[Model]],
    names: tuple[str, str] = ("yellow", "blue"),
) -> tuple[str, str]:
    """Return the key of a page, and what its place for own data takes.

    Parameters
    ----------
    game : Game
        The jar or the line.
    chains : sequence of sequences of dict
        The accepted answers of each chain, the oldest first.
    names : tuple of str
        What the two colours of the jar are called.

    Raises
    ------
    ValueError
        If the game is another one, or nobody has answered.
    """
    check_made("game", game, Game)
    if not any(len(chain) for chain in chains):
        raise ValueError("chains has no answer: there is nothing to open. Wait for the first one.")
    if isinstance(game, JarGame):
        last = [float(chain[-1]["share"]) for chain in chains if len(chain)]
        yellow = round(MARBLES * sum(last) / len(last))
        return "two_colours", f"{yellow} {names[0]}, {MARBLES - yellow} {names[1]}"
    if isinstance(game, LineGame):
        return "bell_curve", "\n".join([HEADER, *_lines(game, chains)])
    raise ValueError(
        f"game={game.key!r} is out of range: it must be the jar or the line. Choose one of them."
    )


def own_settings(game: Game, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the controls of that page with which its exact law is that of the round.

    Parameters
    ----------
    game : Game
        The jar or the line.
    settings : mapping
        Of the round. With an anchor n - 1 draws and one fresh real point; the other variants are
        alone there, as no page has a pool of models or a judge.
    """
    asked = telephone_settings(settings)
    anchors = int(asked["variant"] == "anchor")
    controls = {
        "sample_size": asked["draws"] - anchors,
        "generations": asked["length"],
        "anchors": anchors,
        "policy": "anchors",
        "fresh": True,
    }
    return controls | ({"estimator": "ml"} if isinstance(game, LineGame) else {})


def _lines(game: LineGame, chains: Sequence[Sequence[Model]]) -> list[str]:
    return [
        f"{chain},{generation},{(model['place'] - MIDDLE) / START_SPREAD:.6g},"
        f"{model['spread'] / START_SPREAD:.6g}"
        for chain, models in enumerate(chains, start=1)
        for generation, model in enumerate([game.truth, *models])
    ]


def read_chains(text: str) -> list[NDArray[np.float64]]:
    """Return the chains of a table that `as_own_data` has written.

    Parameters
    ----------
    text : str
        With its header.

    Returns
    -------
    list of ndarray, shape (generations + 1, 2)
        Place and spread of each chain, the truth first.

    Raises
    ------
    ValueError
        If it is no such table; the message names the line.
    """
    lines = check_text("text", text)[: LARGEST_TEXT + 1].strip().splitlines()
    if not lines or lines[0].strip() != HEADER or len(text) > LARGEST_TEXT:
        raise ValueError(
            f"text={shown(text)} is out of range: its first line must be {HEADER!r}, and it must "
            f"have at most {LARGEST_TEXT:,} signs. Take the table of a class as it is."
        )
    chains: dict[int, list[tuple[float, float]]] = {}
    for number, line in enumerate(lines[1:], start=2):
        chain, generation, place, spread = _row(number, line)
        rows = chains.setdefault(chain, [])
        if generation != len(rows):
            raise ValueError(
                f"Line {number} is out of order: generation {len(rows)} of chain {chain} comes "
                "next. Leave no line out."
            )
        rows.append((place, spread))
    return [np.array(rows) for rows in chains.values()]


def _row(number: int, line: str) -> tuple[int, int, float, float]:
    cells = line.split(",")
    try:
        chain, generation, place, spread = cells
        row = int(chain), int(generation), float(place), float(spread)
    except ValueError:
        row = (0, 0, np.nan, np.nan)
    if not (np.isfinite(row[2:]).all() and row[3] >= 0.0):
        raise ValueError(
            f"Line {number} is out of range: {shown(line)} must be four numbers, the spread at "
            "least 0. Take the table of a class as it is."
        )
    return row
