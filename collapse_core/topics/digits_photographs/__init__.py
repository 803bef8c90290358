"""Digits and photographs: which lose their meaning first?"""

from collapse_core.topics.digits_photographs.figure import digits_photographs_figure
from collapse_core.topics.digits_photographs.question import DigitsPhotographs

__all__ = ["DigitsPhotographs", "digits_photographs_figure"]
