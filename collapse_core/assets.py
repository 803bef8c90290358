"""Where the files beside the code are: in a checkout beside the package, in a wheel inside it."""

from __future__ import annotations

from pathlib import Path

from collapse_core.checks import check_text

__all__ = ["asset", "static_file"]

_PACKAGE = Path(__file__).resolve().parent
_PLACES = (_PACKAGE / "_assets", _PACKAGE.parent / "assets")


def asset(name: str) -> Path:
    """Return the path of a file or folder of ``assets/``, for example ``"text/story.txt"``.

    Raises
    ------
    FileNotFoundError
        If there is none of this name; the message says where it was looked for.
    """
    return _found(name, _PLACES)


def static_file(name: str) -> Path:
    """Return the path of a file of ``static/``, which the app also serves to browsers.

    Raises
    ------
    FileNotFoundError
        If there is none of this name; the message says where it was looked for.
    """
    return _found(name, (_PACKAGE / "_assets" / "static", _PACKAGE.parent / "static"))


def _found(name: str, among: tuple[Path, ...]) -> Path:
    check_text("name", name)
    for place in among:
        if (found := place / name).exists():
            return found
    places = " and ".join(str(place) for place in among)
    raise FileNotFoundError(f"{name!r} is in neither {places}: install the project again.")
