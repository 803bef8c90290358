"""Old names of experiments. They are in ``collapse_core.topics`` now, one room for each topic."""

from collapse_core.moved_names import moved

__getattr__ = moved(
    __name__,
    {
        "BellCurve": "collapse_core.topics.bell_curve",
        "ExponentialFamilies": "collapse_core.topics.exponential_families",
        "Jar": "collapse_core.topics.two_colours",
        "Language": "collapse_core.topics.language",
        "OneRealPoint": "collapse_core.topics.one_real_point",
        "TwoColours": "collapse_core.topics.two_colours",
        "VanishingTails": "collapse_core.topics.vanishing_tails",
        "parse_jar": "collapse_core.topics.two_colours",
    },
)
