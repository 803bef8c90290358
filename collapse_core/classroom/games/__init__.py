"""The games of telephone: what is drawn, what is answered, how an ideal learner copies.

One file per game. ``game`` says what all have in common, ``spot`` what those with points have, and
``kinds`` those with kinds. `game_named` finds a game by the key in a round's settings.
"""

from __future__ import annotations

from collections.abc import Callable

from collapse_core.checks import check_choice
from collapse_core.classroom.games.bars import BarsGame
from collapse_core.classroom.games.game import Draws, Features, Game, Model
from collapse_core.classroom.games.jar import JarGame
from collapse_core.classroom.games.line import LineGame
from collapse_core.classroom.games.melody import MelodyGame
from collapse_core.classroom.games.plane import PlaneGame
from collapse_core.classroom.games.words import WordsGame

__all__ = [
    "GAMES",
    "BarsGame",
    "Draws",
    "Features",
    "Game",
    "JarGame",
    "LineGame",
    "MelodyGame",
    "Model",
    "PlaneGame",
    "WordsGame",
    "game_named",
]

GAMES: dict[str, Callable[..., Game]] = {
    made.key: made for made in (JarGame, LineGame, PlaneGame, WordsGame, BarsGame, MelodyGame)
}


def game_named(key: str, vocabulary: tuple[str, ...] = ()) -> Game:
    """Return the game with a key.

    Parameters
    ----------
    key : str
        ``"jar"``, ``"line"``, ``"plane"``, ``"words"``, ``"bars"`` or ``"melody"``.
    vocabulary : tuple of str
        The words of the game of words, in the language of the class; by default English ones.

    Raises
    ------
    ValueError
        If there is no such game, or the words cannot be used.
    """
    check_choice("key", key, tuple(GAMES))
    given = not isinstance(vocabulary, tuple) or vocabulary
    return WordsGame(vocabulary) if key == "words" and given else GAMES[key]()
