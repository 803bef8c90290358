"""Answers names where they used to be, with a warning that says where they are now.

Python that was shared before the topics had rooms of their own imports from modules that are gone.
Each of these still has the names that such lines use.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

__all__ = ["answer_old_modules", "moved"]

# From an old module to the names it had, and for each the module that has it now. What begins
# with a dot is a topic's room, or a module in one.
_PLACES: Mapping[str, Mapping[str, str]] = {
    "datasets": dict.fromkeys(
        ("CountedNames", "english_letters", "long_tailed_catalogue", "names_of_a_class"),
        "collapse_core.data.counted_names",
    ),
    "own_points": dict.fromkeys(("EXAMPLE", "pasted_points"), "collapse_core.data.own_points"),
    "experiments": {
        "BellCurve": ".bell_curve",
        "ExponentialFamilies": ".exponential_families",
        "Jar": ".two_colours",
        "Language": ".language",
        "OneRealPoint": ".one_real_point",
        "TwoColours": ".two_colours",
        "VanishingTails": ".vanishing_tails",
        "parse_jar": ".two_colours",
    },
    "experiments.any_model": {"AnyModel": ".any_model"},
    "experiments.bell_curve_kernel": {"report_kernel": ".bell_curve.kernel"},
    "experiments.bell_curve_report": {"run_bell_curve": ".bell_curve.report"},
    "experiments.bell_curve_spectrum": {"report_spectrum": ".bell_curve.spectrum"},
    "experiments.counts_text": {"parse_counts": ".vanishing_tails.own_counts"},
    "experiments.density_tails": dict.fromkeys(
        ("DensityTails", "report_density_tails"), ".vanishing_tails.density"
    ),
    "experiments.digits_photographs": {"DigitsPhotographs": ".digits_photographs"},
    "experiments.exponential_families_report": {
        "reports_side_by_side": ".exponential_families.report"
    },
    "experiments.language_report": {"report_language": ".language.report"},
    "experiments.tails_runs": {"run_tails": ".vanishing_tails.runs"},
    "experiments.vanishing_tails_report": {
        "COMMON_MASS": ".vanishing_tails.report",
        "report_vanishing_tails": ".vanishing_tails.report",
        "tails_law": ".vanishing_tails.law",
    },
    "figures": {
        "bell_curve_figure": ".bell_curve",
        "bell_kernel_figure": ".bell_curve",
        "bell_spectrum_figure": ".bell_curve",
        "exponential_families_figure": ".exponential_families",
        "exponential_overview_figure": ".exponential_families",
        "one_real_point_figure": ".one_real_point",
        "two_colours_figure": ".two_colours",
        "vanishing_tails_figure": ".vanishing_tails",
    },
    "figures.any_model": {"any_model_figure": ".any_model"},
    "figures.density_tails": {"density_tails_figure": ".vanishing_tails.density_figure"},
    "figures.digits_photographs": {"digits_photographs_figure": ".digits_photographs"},
    "figures.language": {"language_figure": ".language"},
}


def moved(old: str) -> Callable[[str], Any]:
    """Return a module's ``__getattr__`` that finds what has moved away from it.

    Parameters
    ----------
    old : str
        Full name of the module that the names were in.
    """
    places = _PLACES[old.removeprefix("collapse_core.")]

    def find(name: str) -> Any:
        if name not in places:
            raise AttributeError(f"module {old!r} has no attribute {name!r}")
        now = places[name]
        now = f"collapse_core.topics{now}" if now.startswith(".") else now
        warnings.warn(
            f"{old}.{name} has moved: write from {now} import {name}.",
            DeprecationWarning,
            stacklevel=2,
        )
        return getattr(import_module(now), name)

    return find


class _OldModules(MetaPathFinder, Loader):
    """Makes an old module, empty but for the names that it answers."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        package, _, name = fullname.partition(".")
        known = package == "collapse_core" and name in _PLACES
        return ModuleSpec(fullname, self) if known else None

    def create_module(self, spec: ModuleSpec) -> None:
        return None  # an ordinary module

    def exec_module(self, module: ModuleType) -> None:
        names = _PLACES[module.__name__.removeprefix("collapse_core.")]
        vars(module).update(__all__=sorted(names), __getattr__=moved(module.__name__))


def answer_old_modules() -> None:
    """Let old modules be imported; Python asks last of all, when there is no such file."""
    sys.meta_path.append(_OldModules())
