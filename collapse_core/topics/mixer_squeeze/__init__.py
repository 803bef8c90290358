"""When does a loop resonate? A mixer and a squeeze, over four crowds."""

from collapse_core.topics.mixer_squeeze.course import crowds_of
from collapse_core.topics.mixer_squeeze.figure import mixer_squeeze_figure
from collapse_core.topics.mixer_squeeze.question import MixerSqueeze

__all__ = ["MixerSqueeze", "crowds_of", "mixer_squeeze_figure"]
