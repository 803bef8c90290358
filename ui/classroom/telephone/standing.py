"""A round of telephone as it stands, read from the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from collapse_core.classroom.chain_law import ChainLaw, chain_law
from collapse_core.classroom.copiers import Copied
from collapse_core.classroom.estimates import copied_chains
from collapse_core.classroom.figures.progress import Progress
from collapse_core.classroom.games import Game, game_named
from collapse_core.classroom.rounds import telephone_settings
from collapse_core.classroom.turns import Chain, chains
from ui.classroom.store import ClassStore, Round, Seat

__all__ = ["Standing", "round_before"]

ALIKE = ("game", "draws", "chains", "length")


@dataclass(frozen=True, eq=False)
class Standing:
    """What is known of a round at a moment.

    Parameters
    ----------
    settings : mapping
        Of the round, checked.
    chains : sequence of Chain
        As they stand.
    seats : mapping of int to Seat
        Of the class, by their id.
    """

    settings: Mapping[str, Any]
    chains: Sequence[Chain]
    seats: Mapping[int, Seat]

    @classmethod
    def of(cls, store: ClassStore, round_: Round) -> Standing:
        """Read a round from the store."""
        settings = telephone_settings(round_.settings)
        seats = {seat.id: seat for seat in store.seats(round_.class_id)}
        # Whoever came in meanwhile stands in the next picture; a class that ended has nobody.
        rows = [row for row in store.answers(round_.id) if row.seat_id in seats]
        standing = chains(rows, settings, store.clock())
        return cls(settings, standing, seats)

    @cached_property
    def game(self) -> Game:
        """Its game."""
        return game_named(self.settings["game"])

    @cached_property
    def law(self) -> ChainLaw:
        """The law of ideal copiers."""
        return chain_law(self.game, self.settings)

    @cached_property
    def progress(self) -> Progress:
        """The accepted answers of all chains."""
        models = [[self.game.read(model) for model in chain.models] for chain in self.chains]
        kinds = [[self.seats[seat].kind for seat in chain.seats] for chain in self.chains]
        return Progress(self.game, self.settings["length"], models, kinds)

    @property
    def copied(self) -> list[list[Copied]]:
        """What each learner was shown and answered, by chain."""
        return copied_chains(self.game, self.settings, self.chains)

    @property
    def learners(self) -> int:
        """How many seats have answered."""
        return len({seat for chain in self.chains for seat in chain.seats})

    @property
    def simulated(self) -> Counter[str]:
        """How many answers each kind of simulated learner gave."""
        kinds = Counter(kind for chain in self.progress.kinds for kind in chain)
        del kinds["person"]
        return kinds


def round_before(store: ClassStore, round_: Round) -> Round | None:
    """Return the last earlier round of the same game in another variant, with as many turns."""
    mine = telephone_settings(round_.settings)
    for other in reversed(store.rounds(round_.class_id)):
        if other.number >= round_.number or other.settings.get("kind") != "telephone":
            continue
        settings = telephone_settings(other.settings)
        alike = all(settings[name] == mine[name] for name in ALIKE)
        if alike and settings["variant"] != mine["variant"] and not other.hidden:
            return other
    return None
