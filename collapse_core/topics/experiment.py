"""An experiment: a frozen set of questions to a loop, each written once.

A field made by `number` carries its range, a field with a ``Literal`` type its choices, a field of
type ``bool`` is a switch. Checks, links, sliders and the Python that a page shares all follow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, replace
from inspect import get_annotations
from typing import Any, ClassVar, Literal, Self, get_args, get_origin, get_type_hints

from collapse_core.checks import check_choice, shown
from collapse_core.params import Param
from collapse_core.streams import LARGEST_SEED

__all__ = [
    "Experiment",
    "Followed",
    "generations",
    "number",
    "number_like",
    "percentile",
    "runs",
    "sample_size",
    "seed",
    "several",
    "share",
]


def number(
    default: float,
    low: float,
    high: float,
    description: str,
    *,
    symbol: str = "",
    unit: str = "",
    step: float | None = None,
    scale: Literal["linear", "log"] = "linear",
    beyond: tuple[float, float] | None = None,
) -> Any:
    """Return a field for a number with a range.

    Parameters
    ----------
    default, low, high : float
        Value at the start, and the ends of its range.
    description : str
        What it is, in English.
    symbol, unit, step, scale
        As for `Param`.
    beyond : pair of float, optional
        A wider range that the experiment also takes, where only a slider stops at the ends.
    """
    made = {"symbol": symbol, "unit": unit, "step": step, "scale": scale}
    param = Param("number", low=low, high=high, default=default, description=description, **made)  # type: ignore[arg-type]
    return field(default=default, metadata={"param": param, "beyond": beyond})


def number_like(param: Param, **changes: Any) -> Any:
    """Return a field for a number with the range of a parameter, changed in places."""
    param = replace(param, **changes)
    return field(default=param.default, metadata={"param": param, "beyond": None})


def sample_size(
    default: int, description: str, *, least: int = 2, most: int = 10**6, unit: str = "points"
) -> Any:
    """Return the field for the sample size, on a log scale."""
    return number(default, least, most, description, symbol="n", unit=unit, scale="log")


def generations(default: int, most: int) -> Any:
    """Return the field for the number of generations."""
    return number(default, 1, most, "How often a model is fitted.", symbol="t")


def runs(default: int, most: int = 2000) -> Any:
    """Return the field for the number of independent runs."""
    return number(default, 1, most, "Independent runs.", symbol="R", scale="log")


def seed() -> Any:
    """Return the field for the start of the random numbers."""
    return number(1, 0, LARGEST_SEED, "The same seed gives the same runs on every machine.")


def percentile() -> Any:
    """Return the field for which run is followed: where it ends among all runs."""
    return number(50, 0, 100, "Which run is followed.", step=5)


def share(default: float, low: float, high: float, description: str, **more: Any) -> Any:
    """Return a field for a share, shown as a percentage."""
    return number(default, low, high, description, unit="share", **more)


def several(default: str, options: tuple[str, ...], most: int) -> Any:
    """Return a field for some of several options, in the order of the options.

    Its value is one text, their names joined by "-"; empty for none.

    Parameters
    ----------
    default : str
        What is chosen at the start.
    options : tuple of str
        Names without a "-".
    most : int
        How many can be chosen at once.
    """
    return field(default=default, metadata={"options": options, "most": most})


@dataclass(frozen=True)
class Experiment:
    """What a page asks. Subclasses are frozen dataclasses.

    Attributes
    ----------
    params : dict of str to Param
        Every number, by the name of its field.
    choices : dict of str to tuple of str
        What each field with a ``Literal`` type may be.
    switches : dict of str to bool
        Every field that is on or off, with its default.
    several : dict of str to (tuple of str, int)
        What each field made by `several` may hold, and how many at once.
    defaults : dict of str to object
        All of these, with the values they have at the start.
    renamed : mapping
        By field: from what a choice was called in older links and Python to its name now.

    Raises
    ------
    ValueError
        If a value is out of range; the message names it, and what is allowed.
    """

    params: ClassVar[dict[str, Param]] = {}
    choices: ClassVar[dict[str, tuple[str, ...]]] = {}
    switches: ClassVar[dict[str, bool]] = {}
    several: ClassVar[dict[str, tuple[tuple[str, ...], int]]] = {}
    defaults: ClassVar[dict[str, Any]] = {}
    renamed: ClassVar[Mapping[str, Mapping[str, str]]] = {}
    _beyond: ClassVar[dict[str, Param]] = {}

    def __init_subclass__(cls, **more: Any) -> None:
        super().__init_subclass__(**more)
        for name in ("params", "choices", "switches", "several", "defaults", "_beyond"):
            setattr(cls, name, dict(getattr(cls, name)))
        kinds = get_type_hints(cls)
        for name in get_annotations(cls):
            cls._add(name, kinds[name], vars(cls).get(name, MISSING))

    @classmethod
    def _add(cls, name: str, kind: Any, value: Any) -> None:
        if isinstance(value, Field) and "param" in value.metadata:
            param = value.metadata["param"].named(name)
            cls.params[name] = param
            beyond = value.metadata["beyond"]
            cls._beyond[name] = param.widened(*beyond) if beyond else param
            value = value.default
        elif isinstance(value, Field) and "options" in value.metadata:
            cls.several[name] = (value.metadata["options"], value.metadata["most"])
            value = value.default
        elif get_origin(kind) is Literal:
            cls.choices[name] = get_args(kind)
        elif kind is bool:
            cls.switches[name] = value
        else:
            return
        cls.defaults[name] = value

    def __post_init__(self) -> None:
        for name in self.defaults:
            object.__setattr__(self, name, self.checked(name, getattr(self, name)))

    @classmethod
    def checked(cls, name: str, value: Any) -> Any:
        """Return the value of a field, in the field's own type.

        Raises
        ------
        ValueError
            If it is not allowed; the message names field, value and what is.
        """
        check_choice("name", name, tuple(cls.defaults))
        if name in cls.params:
            return cls._beyond[name].check(value)
        if name in cls.several:
            return _some_of(name, value, *cls.several[name])
        allowed: tuple[Any, ...] = cls.choices.get(name, (True, False))
        if isinstance(value, str):
            value = cls.renamed.get(name, {}).get(value, value)
        if isinstance(value, (str, bool)) and value in allowed:
            return value
        if name in cls.switches:
            words = {"true": True, "false": False, "1": True, "0": False}
            # A numpy bool is neither, and "false" is not on.
            text = str(value).lower()
            if text in words:
                return words[text]
        raise ValueError(
            f"{name}={shown(value)} is not known: choose one of {', '.join(map(str, allowed))}."
        )

    @classmethod
    def from_link(cls, link: Mapping[str, str], **more: Any) -> Self:
        """Return the experiment that the values of a link describe.

        Parameters
        ----------
        link : mapping of str to str
            Texts by name, as in the query of an address; other names are left alone.
        **more
            Further fields.
        """
        known = {name: _read(cls, name, link[name]) for name in cls.defaults if name in link}
        return cls(**{**known, **more})

    def link(self) -> dict[str, str]:
        """Return what the query of an address holds of it: what differs from the defaults."""
        return {
            name: str(value).lower() if isinstance(value, bool) else str(value)
            for name, value in self.changes().items()
            if name in self.defaults
        }

    def settings(self) -> dict[str, Any]:
        """Return every number, choice and switch by the name of its field."""
        return {name: getattr(self, name) for name in self.defaults}

    def changes(self) -> dict[str, Any]:
        """Return the fields that differ from their defaults."""
        return {
            item.name: value
            for item in fields(self)
            if (value := getattr(self, item.name)) != item.default
        }

    def arguments(self, **given: str) -> str:
        """Return the arguments, as Python, that make the same experiment.

        Parameters
        ----------
        **given : str
            Fields to write in other words, for example the name of a variable.
        """
        said = {name: repr(value) for name, value in self.changes().items()} | given
        return ", ".join(f"{name}={text}" for name, text in said.items())


@dataclass(frozen=True)
class Followed(Experiment):
    """How runs are looked at: one of them is followed."""

    percentile: int = percentile()


def _read(experiment: type[Experiment], name: str, text: str) -> Any:
    return float(text) if name in experiment.params else text


def _some_of(name: str, value: Any, options: tuple[str, ...], most: int) -> str:
    """Return names joined by "-", each once and in the order of the options."""
    asked = {part for part in str(value).split("-") if part}
    if not isinstance(value, str) or not asked <= set(options) or len(asked) > most:
        raise ValueError(
            f"{name}={shown(value)} is not known: choose at most {most} of {', '.join(options)}, "
            'and join them with "-".'
        )
    return "-".join(option for option in options if option in asked)
