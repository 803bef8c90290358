"""Which pictures of a page are computed beforehand: a grid of two settings, and the presets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from collapse_core.lessons.lesson import read_lesson
from collapse_core.topics.shown import Topic

__all__ = ["ONLY_IN_THE_APP", "SECTIONS", "Plan", "plan_of"]

# The pages in the order of the app's menu, and its guides, which have no picture.
SECTIONS: Mapping[str, tuple[str, ...]] = {
    "see": ("two_colours", "vanishing_tails"),
    "why": ("bell_curve", "exponential_families", "any_model", "language", "digits_photographs"),
    "hear": ("room", "photocopier", "mixer_squeeze", "network", "eight_patterns"),
    "prevent": ("one_real_point", "mitigation_lab", "polluted_web", "early_warning"),
}
ONLY_IN_THE_APP = ("teach", "link_builder", "references", "your_guesses")

_EVERY: Sequence[Any] = ()  # every choice that the setting has
# The two leading settings of each topic: where several seconds are needed for one picture, few.
_GRIDS: Mapping[str, Mapping[str, Sequence[Any]]] = {
    "any_model": {"model": ("mixture", "kernel", "pca", "vae"), "anchors": (0, 50)},
    "bell_curve": {"sample_size": (10, 30, 100, 1000), "anchors": (0, 1, 10)},
    "density_tails": {"sample_size": (50, 200, 1000, 10_000), "model": ("histogram", "kernel")},
    "digits_photographs": {"model": ("pca", "mixture", "vae"), "anchors": (0, 200)},
    "early_warning": {
        "history": ("gaussian", "digits", "kernel", "stationary", "moving_world"),
        "anchors": (0, 100),
    },
    "eight_patterns": {
        "pattern": _EVERY,
        "sample_size": (100, 800),
    },
    "exponential_families": {
        "family": ("bernoulli", "poisson", "exponential", "geometric", "normal_variance"),
        "sample_size": (10, 50, 500),
    },
    "language": {"sample_size": (1000, 3000, 10_000), "real_sentences": (0, 20, 100)},
    "mitigation_lab": {"sample_size": (20, 100, 500), "anchors": (1, 2, 10, 50)},
    "mixer_squeeze": {"mixing": (0.0, 0.1, 0.3, 0.6), "contraction": (0.3, 0.6, 0.9, 1.0)},
    "network": {
        "images": ("digits", "photographs"),
        "model": ("autoencoder", "vae", "pca", "plain_pca"),
    },
    "one_real_point": {"anchors": (0, 1, 3, 10), "sample_size": (10, 100, 1000)},
    "photocopier": {
        "quality": (25, 50, 75, 95),
        "shift": ("none", "one_way", "random", "to_and_fro"),
    },
    "polluted_web": {"growth": (1.0, 1.2, 1.5), "true_positive": (0.0, 0.5, 0.9)},
    "room": {
        "room": ("bathroom", "corridor", "classroom", "church", "anechoic"),
        "sound": ("first_voice", "clap", "noise"),
    },
    "two_colours": {"sample_size": (10, 100, 1000, 10_000), "anchors": (0, 1, 10)},
    "vanishing_tails": {"sample_size": (100, 1000, 10_000), "anchors": (0, 10, 100)},
}


@dataclass(frozen=True)
class Plan:
    """The pictures of a topic, and which settings lead to each.

    Parameters
    ----------
    topic : Topic
        Whose.
    pictures : tuple of mapping
        The settings of each picture, every setting named; none stands twice.
    grid : mapping of str to sequence
        The leading settings and their values.
    cells : tuple of int
        The picture of each combination, the last setting changing fastest.
    presets : tuple of int
        The picture of each preset of the lesson.
    first : int
        The picture with the page's own defaults.
    """

    topic: Topic
    pictures: tuple[Mapping[str, Any], ...]
    grid: Mapping[str, Sequence[Any]]
    cells: tuple[int, ...]
    presets: tuple[int, ...]
    first: int


def plan_of(
    topic: Topic, seed: int | None = None, grid: Mapping[str, Sequence[Any]] | None = None
) -> Plan:
    """Return which pictures of a topic are computed.

    Parameters
    ----------
    topic : Topic
        Whose.
    seed : int, optional
        Of the random numbers, 0 to 2**32 - 1; each page's own where it is not given. A preset
        that says another one keeps it.
    grid : mapping of str to sequence, optional
        In place of the topic's own two leading settings.

    Raises
    ------
    ValueError
        If a value is not allowed; the message names it, and what is.
    """
    chosen = _grid_of(topic) if grid is None else dict(grid)
    base: dict[str, Any] = {} if seed is None or "seed" not in topic.settings() else {"seed": seed}
    numbers: dict[tuple[tuple[str, Any], ...], int] = {}
    pictures: list[Mapping[str, Any]] = []

    def number(values: Mapping[str, Any]) -> int:
        settings = _checked(topic, {**base, **values})
        known = tuple(sorted(settings.items()))
        if known not in numbers:
            numbers[known] = len(pictures)
            pictures.append(settings)
        return numbers[known]

    first = number({})
    cells = [number(dict(zip(chosen, values, strict=True))) for values in product(*chosen.values())]
    presets = [number(preset.values) for preset in read_lesson(topic.key).presets]
    return Plan(topic, tuple(pictures), chosen, tuple(cells), tuple(presets), first)


def _grid_of(topic: Topic) -> Mapping[str, Sequence[Any]]:
    """Return the leading settings of a topic: those above, or the first two that it has."""
    if topic.key in _GRIDS:
        known = topic.settings()
        listed = _GRIDS[topic.key].items()
        return {name: values or tuple(known[name].choices[name]) for name, values in listed}
    found: dict[str, Sequence[Any]] = {}
    for name, kind in topic.settings().items():
        if name in kind.params and len(found) < 2:
            param = kind.params[name]
            found[name] = tuple(sorted({param.low, param.default, param.high}))
    return found


def _checked(topic: Topic, values: Mapping[str, Any]) -> dict[str, Any]:
    known = topic.settings()
    defaults = {name: kind.defaults[name] for name, kind in known.items()}
    return defaults | {name: known[name].checked(name, value) for name, value in values.items()}
