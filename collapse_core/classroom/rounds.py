"""The settings of a round of telephone, and the draws that a turn is shown.

The draws of a turn come from a random stream of its own: seed, chain, step and attempt name it. So
a phone that is loaded again shows the same draws, and every server makes the same ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from collapse_core.checks import check_choice, check_number, check_whole_number, shown
from collapse_core.classroom.games.game import FEWEST_DRAWS, MOST_DRAWS, Draws, Game, Model
from collapse_core.streams import LARGEST_SEED, generator

__all__ = ["DEFAULTS", "VARIANTS", "shown_draws", "telephone_settings", "turn_stream"]

VARIANTS = ("alone", "anchor", "judge", "accumulate")
MOST_CHAINS, MOST_STEPS = 60, 40
GAMES = ("jar", "line", "plane", "words", "bars", "melody")
DEFAULTS: Mapping[str, Any] = {
    "kind": "telephone",
    "game": "jar",
    "draws": 4,
    "chains": 6,
    "length": 5,
    "variant": "alone",
    "wait": 60,
    "seed": 7,
    "shown_seconds": 8,
}


def telephone_settings(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings of a round of telephone, checked and completed.

    Parameters
    ----------
    values : mapping
        Any of ``game``, ``draws`` (2 to 24), ``chains`` (1 to 60), ``length`` (steps of a chain, 1
        to 40), ``variant``, ``wait`` (seconds until a sleeper's turn is freed, 5 to 3,600),
        ``seed`` and ``shown_seconds`` (1 to 120).

    Raises
    ------
    ValueError
        If a name is unknown or a value is out of range.
    """
    if not isinstance(values, Mapping) or set(values) - set(DEFAULTS):
        raise ValueError(
            f"values={shown(values)} is out of range: it must be a dict with names out of "
            f"{', '.join(DEFAULTS)}. Leave others out."
        )
    given = {**DEFAULTS, **values}
    return {
        "kind": check_choice("kind", given["kind"], ("telephone",)),
        "game": check_choice("game", given["game"], GAMES),
        "draws": check_whole_number("draws", given["draws"], FEWEST_DRAWS, MOST_DRAWS),
        "chains": check_whole_number("chains", given["chains"], 1, MOST_CHAINS),
        "length": check_whole_number("length", given["length"], 1, MOST_STEPS),
        "variant": check_choice("variant", given["variant"], VARIANTS),
        "wait": check_number("wait", given["wait"], 5.0, 3600.0),
        "seed": check_whole_number("seed", given["seed"], 0, LARGEST_SEED),
        "shown_seconds": check_number("shown_seconds", given["shown_seconds"], 1.0, 120.0),
    }


def turn_stream(seed: int, chain: int, step: int, attempt: int) -> np.random.Generator:
    """Return the random stream of one turn.

    Raises
    ------
    ValueError
        If a number is not whole, or below 0.
    """
    place = [
        check_whole_number(name, value, 0)
        for name, value in (("chain", chain), ("step", step), ("attempt", attempt))
    ]
    return generator(seed, 0, "telephone " + " ".join(map(str, place)))


def shown_draws(
    game: Game,
    settings: Mapping[str, Any],
    models: Sequence[Model],
    chain: int,
    step: int,
    attempt: int = 0,
) -> Draws:
    """Return the draws that a learner is shown.

    Parameters
    ----------
    game : Game
        The game of the round.
    settings : mapping
        Of the round.
    models : sequence of dict
        The chain's accepted answers before this step, the oldest first: at least ``step``.
    chain, step, attempt : int
        The turn, from 0.

    Returns
    -------
    list
        ``settings["draws"]`` draws from the answer before (step 0: from the truth). With the
        variant ``"anchor"`` one of them is replaced by a real draw, with ``"accumulate"`` they
        come from all earlier answers.

    Raises
    ------
    ValueError
        If there are fewer answers than steps, or a number is out of range.
    """
    asked = telephone_settings(settings)
    rng = turn_stream(asked["seed"], chain, step, attempt)
    if len(models) < step:
        raise ValueError(
            f"models has {len(models)} answers: step {step} needs {step}. Give all before it."
        )
    if asked["variant"] == "accumulate":
        return game.with_all(models[:step], asked["draws"], rng)
    draws = game.draw(models[step - 1] if step else game.truth, asked["draws"], rng)
    return game.with_anchor(draws, rng) if asked["variant"] == "anchor" else draws
