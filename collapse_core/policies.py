"""Policies: what the next generation trains on.

A policy is a recipe. It says how many synthetic points, fresh real points, fixed real points and
imaginary points go into the next training set, and what is remembered from earlier ones. It never
asks which model the training set is for.
"""

from __future__ import annotations

from dataclasses import dataclass

from collapse_core.checks import check_number, check_share, check_switch, check_whole_number
from collapse_core.recipe import Judge, Recipe, checked_mean
from collapse_core.theory.provenance import left_over_synthetic, passing_share

__all__ = [
    "Accumulate",
    "AccumulateSubsample",
    "Anchors",
    "Filtered",
    "Policy",
    "Prior",
    "Quota",
    "RealFraction",
    "Recipe",
    "Replace",
    "Verified",
    "Weighted",
]

LARGEST_COUNT = 10**12


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
        object.__setattr__(self, "mean", checked_mean("mean", self.mean))

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


@dataclass(frozen=True)
class Filtered(Policy):
    """Provenance: a detector throws out what it takes for synthetic.

    Points come from a stream in which a share is real and the rest was made by the current model.
    They are tested one after the other until ``sample_size`` have passed, and each of these is
    then real with the same chance, whatever the others are.

    Parameters
    ----------
    true_positive : float
        Chance that a synthetic point is found out and thrown away, 0 to 1.
    false_positive : float
        Chance that a real point is taken for synthetic and thrown away, 0 to 1.
    real_share : float
        Share of real points in the stream, 0 to 1.

    Raises
    ------
    ValueError
        If a number is out of range, or nothing would pass.
    """

    true_positive: float
    false_positive: float
    real_share: float = 0.5

    def __post_init__(self) -> None:
        for name in ("true_positive", "false_positive", "real_share"):
            object.__setattr__(self, name, check_share(name, getattr(self, name)))
        if not self.passing:
            raise ValueError(
                f"true_positive={self.true_positive:g} and false_positive={self.false_positive:g} "
                f"at real_share={self.real_share:g} let nothing pass: no point would be left to "
                "learn from. Lower one of the rates, or change the share."
            )

    @property
    def passing(self) -> float:
        """Share of the stream that passes: 1/passing points are tested for each that is kept."""
        rates = (self.true_positive, self.false_positive)
        return passing_share(1.0 - self.real_share, *rates)

    @property
    def left_over(self) -> float:
        """Share of synthetic points among those that have passed."""
        rates = (self.true_positive, self.false_positive)
        return left_over_synthetic(1.0 - self.real_share, *rates)

    def recipe(self, sample_size: int) -> Recipe:
        """Return a recipe in which each point is real with a chance."""
        return Recipe(_points(sample_size), real_chance=1.0 - self.left_over)


@dataclass(frozen=True)
class Quota(Policy):
    """Diversity enforcement: every category of the truth has a number of points at least.

    Parameters
    ----------
    minimum : int
        Points per category, 0 to 10**12. Where a sample has fewer, the lacking ones are added.
    """

    minimum: int

    def __post_init__(self) -> None:
        minimum = check_whole_number("minimum", self.minimum, 0, LARGEST_COUNT)
        object.__setattr__(self, "minimum", minimum)

    def recipe(self, sample_size: int) -> Recipe:
        """Return a recipe of synthetic points with a floor under each category."""
        return Recipe(_points(sample_size), quota=self.minimum)


@dataclass(frozen=True)
class Verified(Policy):
    """Verification: a judge with stated error rates, and a taste, accepts synthetic points.

    Parameters
    ----------
    accept_right, accept_wrong, bias, centre
        As for `Judge`.
    """

    accept_right: float
    accept_wrong: float
    bias: float = 0.0
    centre: float | tuple[float, ...] | None = None

    def __post_init__(self) -> None:
        judge = self.judge  # checks them
        for name in ("accept_right", "accept_wrong", "bias", "centre"):
            object.__setattr__(self, name, getattr(judge, name))

    @property
    def judge(self) -> Judge:
        """The judge by itself."""
        return Judge(self.accept_right, self.accept_wrong, self.bias, self.centre)

    def recipe(self, sample_size: int) -> Recipe:
        """Return a recipe of accepted synthetic points."""
        return Recipe(_points(sample_size), judge=self.judge)
