"""Where the lessons and texts are: beside the code in a checkout, inside the package in a wheel."""

from __future__ import annotations

from pathlib import Path

__all__ = ["asset"]

_PACKAGE = Path(__file__).resolve().parent
_PLACES = (_PACKAGE / "_assets", _PACKAGE.parent / "assets")


def asset(name: str) -> Path:
    """Return the path of a file or folder of ``assets/``, for example ``"text/story.txt"``.

    Raises
    ------
    FileNotFoundError
        If there is none of this name; the message says where it was looked for.
    """
    for place in _PLACES:
        if (found := place / name).exists():
            return found
    places = " and ".join(str(place) for place in _PLACES)
    raise FileNotFoundError(f"{name!r} is in neither {places}: install the project again.")
