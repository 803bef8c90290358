"""When copies of copies begin to repeat themselves."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable

from collapse_core.echoes.copier_steps import Picture

__all__ = ["Repetition"]


class Repetition:
    """Finds out where copies that nothing random made begin to go round.

    Once a picture comes back and all else is as it was that the next copy depends on, the copies
    repeat for ever. That is a proof, not a guess from a difference that looks small.
    """

    def __init__(self) -> None:
        self._seen: dict[Hashable, int] = {}
        self._pictures: list[bytes] = []
        self._found: tuple[int, int] | None = None

    def add(self, picture: Picture, rest: Hashable) -> None:
        """Take the next copy.

        Parameters
        ----------
        picture : ndarray
            The copy; its values are compared to the last bit.
        rest : hashable
            What else the next copy depends on.
        """
        if self._found:
            return
        # Adding zero makes one zero of the two.
        digest = hashlib.blake2b((picture + 0.0).tobytes(), digest_size=16).digest()
        first = self._seen.setdefault((digest, rest), len(self._pictures))
        if first < len(self._pictures):
            self._found = self._shortest(first)
        self._pictures.append(digest)

    @property
    def found(self) -> tuple[int, int] | None:
        """Pass from which on the copies repeat, and after how many passes; None if unknown."""
        return self._found

    def _shortest(self, first: int) -> tuple[int, int]:
        """Return where the pictures themselves begin to repeat, and after how many passes.

        The rest may need longer to come back than the picture does.
        """
        pictures, known = self._pictures, len(self._pictures)
        whole = known - first
        length = next(
            length
            for length in range(1, whole + 1)
            if whole % length == 0
            and all(
                pictures[t] == pictures[first + (t - first) % length] for t in range(first, known)
            )
        )
        start = first
        while start and pictures[start - 1] == pictures[start - 1 + length]:
            start -= 1
        return start, length
