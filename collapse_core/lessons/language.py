"""The language of the moment: whoever reads a lesson gets its words in it.

Each thread, and each context of ``contextvars``, has its own: a visit to the app in German does not
change what another one reads. It is English until somebody says otherwise. Each language has a
folder in ``assets/lessons/``, named by its CLDR code; what it does not have is said in English.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from collapse_core.assets import asset

__all__ = ["ENGLISH", "folder_of", "in_this_language", "language", "languages", "speak", "speaking"]

Asked = ParamSpec("Asked")
Result = TypeVar("Result")

FOLDER = asset("lessons")
ENGLISH = "en"

_LANGUAGE: ContextVar[str] = ContextVar("language", default=ENGLISH)


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of all languages that have lessons, English first.

    A language is there once the words that all pages share are, in its ``shell.toml``.
    """
    found = sorted(path.parent.name for path in FOLDER.glob("*/shell.toml"))
    return (ENGLISH, *(code for code in found if code != ENGLISH))


def folder_of(key: str, code: str) -> Path:
    """Return where a lesson is in a language: in that of English, if it is not translated."""
    translated = code != ENGLISH and (FOLDER / code / f"{key}.toml").is_file()
    return FOLDER / (code if translated else ENGLISH)


def language() -> str:
    """Return the code of the language of the moment, ``"en"`` unless somebody said otherwise."""
    return _LANGUAGE.get()


def speak(code: str) -> None:
    """Make a language that of the moment, for the rest of this thread or context.

    Parameters
    ----------
    code : str
        Of a language; one that has no lessons is spoken as English.
    """
    _LANGUAGE.set(code if code in languages() else ENGLISH)


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Make a language that of the moment, inside a ``with``; the parameter is that of `speak`."""
    token = _LANGUAGE.set(code if code in languages() else ENGLISH)
    try:
        yield
    finally:
        _LANGUAGE.reset(token)


def in_this_language(function: Callable[Asked, Result]) -> Callable[Asked, Result]:
    """Return a function that speaks the language of this moment, whenever and wherever it runs."""
    code = language()

    @wraps(function)
    def spoken(*args: Asked.args, **kwargs: Asked.kwargs) -> Result:
        with speaking(code):
            return function(*args, **kwargs)

    return spoken
