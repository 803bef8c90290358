"""The games of telephone: what is drawn, what is answered, how an ideal learner copies.

One file per game; ``game`` says what they have in common.
"""

from collapse_core.classroom.games.game import Draws, Features, Game, Model
from collapse_core.classroom.games.jar import JarGame

__all__ = ["Draws", "Features", "Game", "JarGame", "Model"]
