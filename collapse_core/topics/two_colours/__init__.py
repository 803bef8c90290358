"""Two colours: what happens to the 10 % blue?"""

from collapse_core.topics.two_colours.figure import two_colours_figure
from collapse_core.topics.two_colours.own_jar import Jar, parse_jar
from collapse_core.topics.two_colours.question import TwoColours
from collapse_core.topics.two_colours.report import report_two_colours

__all__ = ["Jar", "TwoColours", "parse_jar", "report_two_colours", "two_colours_figure"]
