"""What one training set holds: the language between policies, loops and laws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from collapse_core.checks import check_choice, check_number, check_share, check_whole_number

__all__ = ["Judge", "Recipe"]

LARGEST_BIAS = 1e6


@dataclass(frozen=True)
class Judge:
    """Who decides which synthetic points may be learned from.

    A synthetic point is *right* as far as the truth makes such points too: a point x of a model q
    is right with the chance min(1, p*(x)/q(x)), and wrong otherwise. The right ones of a model are
    the overlap of model and truth, the wrong ones are what the model makes too many of.

    Parameters
    ----------
    accept_right, accept_wrong : float
        Chance that a right point, and that a wrong one, is accepted: 0 to 1, not both 0.
    bias : float
        The judge's taste, 0 (none) to 10**6: a point at the distance D from ``centre`` is kept
        with the chance exp(-bias D^2 / 2), where D is measured in standard deviations of the
        truth; for categories D^2/2 is 0 for the category ``centre`` and 1 for any other.
    centre : float, tuple of float, or None
        The point that the judge likes best: a number, a point, or the place of a category. None:
        one standard deviation above the mean of the truth, or its commonest category.

    Raises
    ------
    ValueError
        If a number is out of range, or nothing would be accepted.
    """

    accept_right: float
    accept_wrong: float
    bias: float = 0.0
    centre: float | tuple[float, ...] | None = None

    def __post_init__(self) -> None:
        for name in ("accept_right", "accept_wrong"):
            object.__setattr__(self, name, check_share(name, getattr(self, name)))
        if self.accept_right == self.accept_wrong == 0.0:
            raise ValueError(
                "accept_right=0 and accept_wrong=0 accept nothing: no point would be left to learn "
                "from. Raise one of them."
            )
        bias = check_number("bias", self.bias, 0, LARGEST_BIAS)
        object.__setattr__(self, "bias", bias)
        object.__setattr__(self, "centre", checked_mean("centre", self.centre))

    @property
    def fair(self) -> bool:
        """Whether right and wrong points have the same chance, so that only taste decides."""
        return self.accept_right == self.accept_wrong


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
    real_chance : float, optional
        Chance that each of the ``synthetic`` points is a fresh real one instead: what a leaky
        filter lets through.
    judge : Judge, optional
        Who accepts synthetic points; they are drawn until ``synthetic`` are accepted.
    quota : int
        Points that each category of the truth has at least; lacking ones are added.

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
    real_chance: float | None = None
    judge: Judge | None = None
    quota: int = 0

    def __post_init__(self) -> None:
        for name in ("synthetic", "fresh", "fixed", "quota"):
            object.__setattr__(self, name, check_whole_number(name, getattr(self, name), 0))
        pseudo_count = check_number("pseudo_count", self.pseudo_count, 0)
        object.__setattr__(self, "pseudo_count", pseudo_count)
        object.__setattr__(self, "pseudo_mean", checked_mean("pseudo_mean", self.pseudo_mean))
        check_choice("memory", self.memory, ("none", "all", "subsample", "resample"))
        if self.real_weight is not None:
            check_number("real_weight", self.real_weight, 0, 1)
        added = [name for name in ("fresh", "fixed", "pseudo_count") if getattr(self, name)]
        self._check_choosing(added)
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

    def _check_choosing(self, added: list[str]) -> None:
        """Refuse a filter, a judge or a quota beside anything else that changes a training set."""
        if self.real_chance is not None:
            object.__setattr__(self, "real_chance", check_share("real_chance", self.real_chance))
        chosen = [name for name in ("real_chance", "judge") if getattr(self, name) is not None]
        chosen += ["quota"] if self.quota else []
        others = added + (["memory"] if self.memory != "none" else [])
        others += ["real_weight"] if self.real_weight is not None else []
        if chosen and len(chosen + others) > 1:
            rest = ", ".join((chosen + others)[1:])
            raise ValueError(
                f"{chosen[0]} excludes {rest}: it says by itself what a training set holds. Leave "
                "one of them out."
            )

    @property
    def choosing(self) -> bool:
        """Whether points are chosen: by a filter, by a judge, or to fill a quota."""
        return self.real_chance is not None or self.judge is not None or self.quota > 0

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


def checked_mean(name: str, mean: Any) -> float | tuple[float, ...] | None:
    """Return the mean of imaginary points, one number or several, if it is given."""
    if mean is None:
        return None
    if isinstance(mean, tuple | list):
        return tuple(check_number(name, value, -1e300, 1e300) for value in mean)
    return check_number(name, mean, -1e300, 1e300)
