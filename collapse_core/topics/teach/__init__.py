"""Teaching with the app: plans, sheets with their answers, a quiz, and the loop by hand."""

from collapse_core.topics.teach.by_hand import HumanChains, chains_law
from collapse_core.topics.teach.class_counts import ClassCounts, parse_class_counts
from collapse_core.topics.teach.figure import class_figure
from collapse_core.topics.teach.plans import lesson_plans
from collapse_core.topics.teach.told import TOLD_PAGES, told
from collapse_core.topics.teach.worksheet import worksheet

__all__ = [
    "TOLD_PAGES",
    "ClassCounts",
    "HumanChains",
    "chains_law",
    "class_figure",
    "lesson_plans",
    "parse_class_counts",
    "told",
    "worksheet",
]
