"""Policies: what the next generation trains on.

A policy is a recipe. It says how many synthetic points, fresh real points, fixed real points and
imaginary points go into the next training set, and what is remembered from earlier ones. It never
asks which model the training set is for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from collapse_core.checks import check_choice, check_number, check_switch, check_whole_number

__all__ = [
    "Accumulate",
    "AccumulateSubsample",
    "Anchors",
    "Policy",
    "Prior",
    "RealFraction",
    "Recipe",
    "Replace",
    "Weighted",
]

LARGEST_COUNT = 10**12


@dataclass(frozen=True)
class Recipe:
    """What one training set holds, in counts of points.

    Parameters
    ----------
    synthetic : int
        Points drawn from the current model.
    fresh : int
        Real points drawn anew for this generation.
    fixed : int
        Real points drawn once, before the first generation, and kept for ever.
    pseudo_count : float
        Imaginary points of a prior.
    pseudo_mean : float, tuple of float, or None
        Their average sufficient statistic; None for the truth's own.
    memory : {"none", "all", "subsample", "resample"}
        Whether the synthetic points join a pool of all earlier ones, and whether the model trains
        on the whole pool, on as many points as one generation has drawn from it without
        replacement (``"subsample"``), or with (``"resample"``).
    real_weight : float, optional
        Weight of the fresh points' average in place of their share of the points.

    Raises
    ------
    ValueError
        If a weight or a memory stands beside points that it does not speak of.
    """

    synthetic: int
    fresh: int = 0
    fixed: int = 0
    pseudo_count: float = 0.0
    pseudo_mean: float | tuple[float, ...] | None = None
    memory: Literal["none", "all", "subsample", "resample"] = "none"
    real_weight: float | None = None

    def __post_init__(self) -> None:
        for name in ("synthetic", "fresh", "fixed"):
            object.__setattr__(self, name, check_whole_number(name, getattr(self, name), 0))
        pseudo_count = check_number("pseudo_count", self.pseudo_count, 0)
        object.__setattr__(self, "pseudo_count", pseudo_count)
        object.__setattr__(self, "pseudo_mean", _checked_mean("pseudo_mean", self.pseudo_mean))
        check_choice("memory", self.memory, ("none", "all", "subsample", "resample"))
        if self.real_weight is not None:
            check_number("real_weight", self.real_weight, 0, 1)
        added = [name for name in ("fresh", "fixed", "pseudo_count") if getattr(self, name)]
        if self.memory != "none" and (added or self.real_weight is not None):
            names = [*added, *(["real_weight"] if self.real_weight is not None else [])]
            raise ValueError(
                f"memory={self.memory!r} excludes {', '.join(names)}: a pool is made of synthetic "
                "points. Leave one of them out."
            )
        if self.real_weight is not None and added != ["fresh"]:
            raise ValueError(
                f"real_weight={self.real_weight:g} weighs fresh points alone, and here are "
                f"{', '.join(added) or 'none'}. Leave out the weight, or all but fresh points."
            )

    @property
    def alone(self) -> bool:
        """Whether a training set is a sample of the model before, and nothing else."""
        return self.synthetic > 0 and self == Recipe(self.synthetic)

    @property
    def mixed(self) -> bool:
        """Whether more than one kind of points is added to the synthetic ones, or only kept ones.

        Every family can run such a recipe; its law is not known.
        """
        kinds = bool(self.fresh) + bool(self.fixed) + bool(self.pseudo_count)
        return kinds > 1 or (self.synthetic == 0 and not self.fresh)


@dataclass(frozen=True)
class Policy:
    """What the next generation trains on. Use one of the subclasses."""

    def recipe(self, sample_size: int) -> Recipe:
        """Return what a training set holds when each generation draws ``sample_size`` points."""
        raise NotImplementedError(f"{type(self).__name__} has no recipe: use one of its subclasses")


def _points(sample_size: int) -> int:
    """Return a sample size, checked under its own name: a recipe calls it ``synthetic``."""
    return check_whole_number("sample_size", sample_size, 1)


@dataclass(frozen=True)
class Replace(Policy):
    """Each generation trains only on what the generation before it made."""

    def recipe(self, sample_size: int) -> Recipe:
        """Return a recipe of synthetic points alone."""
        return Recipe(_points(sample_size))


@dataclass(frozen=True)
class Anchors(Policy):
    """Real points are added to the synthetic ones in every generation.

    Parameters
    ----------
    count : int
        Real points per generation, 0 to 10**12; 0 is `Replace`.
    fresh : bool
        True: new real points each generation. False: the same points for ever.
    """

    count: int
    fresh: bool = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "count", check_whole_number("count", self.count, 0, LARGEST_COUNT))
        object.__setattr__(self, "fresh", check_switch("fresh", self.fresh))

    def recipe(self, sample_size: int) -> Recipe:
        """Return a recipe of synthetic points plus the anchors."""
        if self.fresh:
            return Recipe(_points(sample_size), fresh=self.count)
        return Recipe(_points(sample_size), fixed=self.count)


@dataclass(frozen=True)
class Prior(Policy):
    """A conjugate prior: imaginary points that are added to every fit.

    Parameters
    ----------
    strength : float
        Number of imaginary points, 0 to 10**12; 0 is `Replace`.
    mean : float, tuple of float, or None
        Their average sufficient statistic; None for the truth's own (a prior that is right).
    """

    strength: float
    mean: float | tuple[float, ...] | None = None

    def __post_init__(self) -> None:
        strength = check_number("strength", self.strength, 0, LARGEST_COUNT)
        object.__setattr__(self, "strength", strength)
        object.__setattr__(self, "mean", _checked_mean("mean", self.mean))

    def recipe(self, sample_size: int) -> Recipe:
        """Return a recipe of synthetic points plus imaginary ones."""
        return Recipe(_points(sample_size), pseudo_count=self.strength, pseudo_mean=self.mean)


@dataclass(frozen=True)
class Accumulate(Policy):
    """Each generation trains on everything made so far, the first real data set included."""

    def recipe(self, sample_size: int) -> Recipe:
        """Return a recipe that keeps all earlier points."""
        return Recipe(_points(sample_size), memory="all")


@dataclass(frozen=True)
class AccumulateSubsample(Policy):
    """Everything is kept, but each generation trains on a sample of the pool.

    Parameters
    ----------
    replacement : bool
        Whether a point of the pool can be picked twice for the same training set.
    """

    replacement: bool = False

    def __post_init__(self) -> None:
        replacement = check_switch("replacement", self.replacement)
        object.__setattr__(self, "replacement", replacement)

    def recipe(self, sample_size: int) -> Recipe:
        """Return a recipe that keeps all earlier points and trains on a sample of them."""
        return Recipe(_points(sample_size), memory="resample" if self.replacement else "subsample")


@dataclass(frozen=True)
class RealFraction(Policy):
    """A fixed share of every training set is fresh real data; the total stays the same.

    Parameters
    ----------
    share : float
        Share of real points, 0 (pure loop) to 1 (no loop at all). The count is rounded.
    """

    share: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "share", check_number("share", self.share, 0, 1))

    def recipe(self, sample_size: int) -> Recipe:
        """Return a recipe whose points, real and synthetic, add up to ``sample_size``."""
        sample_size = _points(sample_size)
        real = round(self.share * sample_size)
        return Recipe(sample_size - real, fresh=real)


@dataclass(frozen=True)
class Weighted(Policy):
    """Fresh real points count for more, or less, than their number.

    Parameters
    ----------
    real_weight : float
        Weight of the real average in the fit, 0 to 1; the synthetic average has the rest.
    count : int
        Fresh real points per generation, 1 to 10**12.
    """

    real_weight: float
    count: int = 1

    def __post_init__(self) -> None:
        object.__setattr__(self, "real_weight", check_number("real_weight", self.real_weight, 0, 1))
        object.__setattr__(self, "count", check_whole_number("count", self.count, 1, LARGEST_COUNT))

    def recipe(self, sample_size: int) -> Recipe:
        """Return a recipe in which the real average has its own weight."""
        return Recipe(_points(sample_size), fresh=self.count, real_weight=self.real_weight)


def _checked_mean(name: str, mean: Any) -> float | tuple[float, ...] | None:
    """Return the mean of imaginary points, one number or several, if it is given."""
    if mean is None:
        return None
    if isinstance(mean, tuple | list):
        return tuple(check_number(name, value, -1e300, 1e300) for value in mean)
    return check_number(name, mean, -1e300, 1e300)
