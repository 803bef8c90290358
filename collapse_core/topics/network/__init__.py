"""A network listens to itself: what does it hum?"""

from collapse_core.topics.network.figure import network_figure
from collapse_core.topics.network.question import ListeningNetwork

__all__ = ["ListeningNetwork", "network_figure"]
