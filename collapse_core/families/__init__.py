"""Models known through their sufficient statistic: one file each, on the base in `base`."""

from collapse_core.families.base import Family
from collapse_core.families.bernoulli import Bernoulli

__all__ = ["Bernoulli", "Family"]
