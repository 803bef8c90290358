"""What a turn is about: the draws that its learner is shown, or the answer that is to be judged."""

from __future__ import annotations

from collections.abc import Sequence

from collapse_core.classroom.games import Draws, Game, Model, game_named
from collapse_core.classroom.rounds import shown_draws, telephone_settings
from collapse_core.classroom.turns import MODEL, chains
from ui.classroom.store import Answer, Round

__all__ = ["to_judge", "turn_draws"]


def turn_draws(
    round_: Round, taken: Answer, rows: Sequence[Answer], now: float
) -> tuple[Game, Draws]:
    """Return the game and the draws of a learner's turn.

    Parameters
    ----------
    round_ : Round
        A round of telephone.
    taken : Answer
        The turn.
    rows : sequence of Answer
        All turns of the round.
    now : float
        The time, by the store's clock.
    """
    settings = telephone_settings(round_.settings)
    game, chain = game_named(settings["game"]), chains(rows, settings, now)[taken.chain]
    place = (taken.chain, taken.step, taken.attempt)
    return game, shown_draws(game, settings, chain.models, *place)


def to_judge(
    round_: Round, taken: Answer, rows: Sequence[Answer], now: float
) -> tuple[Game, Draws, Model]:
    """Return the game, the draws that a learner was shown, and the answer that a judge is to see.

    The parameters are those of `turn_draws`; the turn is a judge's.
    """
    settings = telephone_settings(round_.settings)
    refused = chains(rows, settings, now)[taken.chain].refused
    place = (taken.chain, taken.step, MODEL)
    given = sorted(
        (row for row in rows if (row.chain, row.step, row.role) == place and row.value is not None),
        key=lambda row: row.attempt,
    )
    answer = given[refused]
    game, draws = turn_draws(round_, answer, rows, now)
    return game, draws, game.read(answer.value)
