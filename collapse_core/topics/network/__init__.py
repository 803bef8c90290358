"""A network listens to itself: what does it hum?"""

from collapse_core.topics.network.beside import beside_of
from collapse_core.topics.network.figure import network_figure
from collapse_core.topics.network.question import ListeningNetwork

__all__ = ["ListeningNetwork", "beside_of", "network_figure"]
