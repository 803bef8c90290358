"""A web that fills with what models publish: corpus, crawl, filter, training, year by year.

Humans add items at one rate, models at a growing one. Model t is trained in year t on a crawl of
the web as it stood at the end of year t - 1, and publishes in year t. An item's **generation of
birth** is the year of the model that made it, 0 for a human: how many models stand in the row up to
it, not how often this very item was copied.
"""

from collapse_core.web.composition import Composition, composition, left_over_share
from collapse_core.web.contents import Content
from collapse_core.web.crossing import Crossing, first_crossing
from collapse_core.web.detector_share import CorrectedShare, corrected_share, crossing_rate
from collapse_core.web.expected import WebLaw, expected_web
from collapse_core.web.kinds import MinorityContent, ZipfContent
from collapse_core.web.normal_numbers import NormalContent
from collapse_core.web.reserve import ReserveWorth, paired_worth, worth_of_reserve
from collapse_core.web.runs import WebRuns, simulate_web
from collapse_core.web.settings import RETENTIONS, Retention, Web

__all__ = [
    "RETENTIONS",
    "Composition",
    "Content",
    "CorrectedShare",
    "Crossing",
    "MinorityContent",
    "NormalContent",
    "ReserveWorth",
    "Retention",
    "Web",
    "WebLaw",
    "WebRuns",
    "ZipfContent",
    "composition",
    "corrected_share",
    "crossing_rate",
    "expected_web",
    "first_crossing",
    "left_over_share",
    "paired_worth",
    "simulate_web",
    "worth_of_reserve",
]
