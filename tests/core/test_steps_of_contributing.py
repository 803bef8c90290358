"""CONTRIBUTING is literally true: its steps, followed in a copy, make a family and a policy."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MOST_FILES = 5

FAMILY = '''
"""Times until a random walk with a drift first reaches a level: the inverse Gaussian family.

With known shape l the variance function is V(m) = m^3/l (Tweedie 1957), which is no quadratic.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike

from collapse_core.families.base import Array, Family
from collapse_core.params import Param

__all__ = ["InverseGaussian"]


@dataclass(frozen=True)
class InverseGaussian(Family):
    """Positive numbers with the inverse Gaussian law of known shape.

    Parameters
    ----------
    shape : float
        Shape l, 0.1 to 100; known, never fitted.
    mean : float
        Mean of the truth, 0 (only zeros) to 10.
    """

    shape: float
    mean: float

    params: ClassVar[tuple[Param, ...]] = (
        Param("shape", "l", 0.1, 100.0, 3.0, "The larger, the narrower.", scale="log"),
        Param("mean", "m_0", 0.0, 10.0, 1.0, "How long a real wait is on average."),
    )
    lowest: ClassVar[float] = 0.0

    @property
    def truth(self) -> Array:
        """Mean of the truth, shape ()."""
        return np.asarray(self.mean)

    def variance(self, mean: Array) -> Array:
        """Return m^3/l."""
        return np.asarray(mean**3 / self.shape)

    def draw_average(self, mean: Array, sample_size: int, rng: np.random.Generator) -> Array:
        """Draw averages: that of n numbers has n times the shape."""
        drawn = np.zeros(mean.shape)
        alive = mean > 0
        drawn[alive] = rng.wald(mean[alive], sample_size * self.shape)
        return drawn

    def density(self, mean: float, grid: ArrayLike) -> Array:
        """Return the density of a point."""
        x = np.asarray(grid, dtype=np.float64)
        root = np.sqrt(self.shape / (2.0 * np.pi * x**3))
        return np.asarray(root * np.exp(-self.shape * (x - mean) ** 2 / (2.0 * mean**2 * x)))
'''
LAW = '''
"""The law of inverse Gaussian means: the average of unbiased fits never moves."""

from __future__ import annotations

import numpy as np

from collapse_core.families.inverse_gaussian import InverseGaussian
from collapse_core.law import Law
from collapse_core.laws.registry import known_law
from collapse_core.policies import Recipe

__all__ = ["inverse_gaussian_law"]


@known_law.register
def inverse_gaussian_law(
    family: InverseGaussian, recipe: Recipe, generations: int, temperature: float, approximate: bool
) -> Law:
    """Return the mean, where no prior pulls at it."""
    if recipe.pseudo_count:
        return Law.unknown(generations)
    return Law(generations, mean=np.full(generations + 1, family.mean))
'''
TEST_OF_THE_FAMILY = """
import numpy as np
import pytest
from law_check import disagreements, seeds

from collapse_core import Accumulate, AccumulateSubsample, Anchors, ClosedLoop, Law, Prior, Replace
from collapse_core.families import InverseGaussian
from collapse_core.figures.model_shape import model_shape

FAMILY = InverseGaussian(3.0, 1.0)


@pytest.mark.parametrize("policy", [Replace(), Anchors(2), Anchors(2, False), Accumulate()])
def test_runs_agree_with_the_law(policy):
    loop = ClosedLoop(FAMILY, policy, 20, 5)
    law = loop.exact()
    assert (law.mean is None) != LAW_IS_KNOWN
    assert disagreements(loop.simulate(2000, seeds(1)[0]), law) == []


def test_what_is_not_known_is_unknown_and_what_is_not_there_is_refused():
    law = ClosedLoop(FAMILY, Prior(2.0), 20, 5).exact(approximate=True)
    assert vars(law) == vars(Law.unknown(5))
    assert "not known" in FAMILY.boundary
    for loop in (
        ClosedLoop(FAMILY, AccumulateSubsample(), 20, 5),
        ClosedLoop(FAMILY, Replace(), 20, 5, temperature=0.5),
    ):
        with pytest.raises(ValueError, match="InverseGaussian"):
            loop.simulate(3, 1)


def test_its_models_are_drawn():
    paths = ClosedLoop(FAMILY, Replace(), 20, 12).simulate(3, 1)
    shape = model_shape(paths, 1)
    assert not shape.bars
    assert len(shape.models) == 13
    assert max(shape.truth["y"]) > 0
    assert paths.to_csv().startswith("# family: InverseGaussian(shape=3.0, mean=1.0)")


def test_a_truth_at_the_end_stays_there():
    paths = ClosedLoop(InverseGaussian(3.0, 0.0), Replace(), 20, 12).simulate(3, 1)
    assert paths.absorbed.all() and paths.lost.all()
"""
SQUARES = '''
"""Squares of normal numbers: V(m) = 2 m^2."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from collapse_core.families.base import Array
from collapse_core.families.gamma import MEAN, scaled_gamma
from collapse_core.families.quadratic_variance import QuadraticVarianceFamily
from collapse_core.params import Param
from collapse_core.theory.quadratic_variance import QuadraticVariance

__all__ = ["Squares"]


@dataclass(frozen=True)
class Squares(QuadraticVarianceFamily):
    """Chi-square numbers with one degree of freedom."""

    mean: float

    params: ClassVar[tuple[Param, ...]] = (MEAN,)
    lowest: ClassVar[float] = 0.0

    @property
    def variance_function(self) -> QuadraticVariance:
        """V(m) = 2 m^2."""
        return QuadraticVariance(0.0, 0.0, 2.0)

    def draw_average(self, mean: Array, sample_size: int, rng: np.random.Generator) -> Array:
        """Draw averages: gamma numbers of shape n/2."""
        return scaled_gamma(mean, 0.5 * sample_size, rng)
'''
TEST_OF_SQUARES = """
import numpy as np
import pytest
from law_check import disagreements, seeds

from collapse_core import Accumulate, Anchors, ClosedLoop, Prior, Replace
from collapse_core.families import Squares
from collapse_core.figures.model_shape import model_shape


@pytest.mark.parametrize("policy", [Replace(), Anchors(5), Prior(3.0, 2.0), Accumulate()])
def test_exact_moments_come_with_the_variance_function(policy):
    loop = ClosedLoop(Squares(1.5), policy, 30, 4)
    law = loop.exact()
    assert law.is_exact("mean") and law.is_exact("variance") and law.is_exact("diversity")
    assert disagreements(loop.simulate(2000, seeds(1)[0]), law) == []


def test_it_is_drawn_once_it_has_a_density():
    paths = ClosedLoop(Squares(1.5), Replace(), 30, 4).simulate(3, 1)
    with pytest.raises(ValueError, match="Squares has no density"):
        model_shape(paths, 0)
    assert np.all(np.diff(Squares(1.5).support_grid(1.5)) > 0)
"""
POLICY = '''

@dataclass(frozen=True)
class Ladle(Policy):
    """One real point for so many synthetic ones, however many these are.

    Parameters
    ----------
    for_each : int
        Synthetic points for one real one, 1 to 10**12.
    """

    for_each: int

    def __post_init__(self) -> None:
        count = check_whole_number("for_each", self.for_each, 1, LARGEST_COUNT)
        object.__setattr__(self, "for_each", count)

    def recipe(self, sample_size: int) -> Recipe:
        """Return a recipe with a real point for every so many synthetic ones."""
        return Recipe(sample_size, fresh=sample_size // self.for_each)
'''
USE_OF_THE_POLICY = """
from law_check import disagreements, seeds

from collapse_core import Anchors, ClosedLoop, Ladle, families
from collapse_core.data.planar import TwoMoons
from collapse_core.figures.model_shape import model_shape
from collapse_core.models.gaussian_mixture import GaussianMixtureModel
from collapse_core.models.loop import ModelLoop


def test_every_family_runs_it_and_knows_its_law():
    for family in (
        families.Bernoulli(0.2),
        families.Binomial(3, 0.2),
        families.Categorical((0.5, 0.3, 0.2)),
        families.Gaussian(0.0, 1.0),
        families.MultivariateGaussian.isotropic(2),
        families.Poisson(2.0),
    ):
        loop = ClosedLoop(family, Ladle(10), 40, 4)
        runs, law = loop.simulate(2000, seeds(1)[0]), loop.exact()
        assert law.mean is not None
        if runs.mean.ndim == 2:
            assert disagreements(runs, law) == []
            assert len(model_shape(runs, 0).models) == 5
        again = ClosedLoop(family, Anchors(4), 40, 4).simulate(2000, seeds(1)[0])
        assert (runs.mean == again.mean).all()
"""


@pytest.fixture
def copy(tmp_path):
    """Return a copy of what the steps speak of: the core, and its tests of laws and policies."""
    shutil.copytree(ROOT / "collapse_core", tmp_path / "collapse_core", ignore=_no_caches)
    shutil.copytree(ROOT / "assets", tmp_path / "assets")
    for folder in ("tests/core", "tests/families", "tests/laws"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=_no_caches)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def _no_caches(_, names):
    return [name for name in names if name == "__pycache__"]


def write(path, text):
    path.write_text(text.lstrip("\n"), encoding="utf-8")


def edit(path, before, after):
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1, (path, before)
    path.write_text(text.replace(before, after), encoding="utf-8")


def export(path, name, module, *, listed=True):
    """Import a name in an ``__init__``, and list it among what that offers."""
    text = path.read_text(encoding="utf-8")
    text = text.replace("\n__all__ = [\n", f"\nfrom {module} import {name}\n\n__all__ = [\n", 1)
    text = text.replace("__all__ = [\n", f'__all__ = [\n    "{name}",\n', 1) if listed else text
    path.write_text(text, encoding="utf-8")


def touched(copy):
    """Return the files of the copy that are new or differ, by their paths."""
    files = [path for path in copy.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    relative = [path.relative_to(copy) for path in files if ".pytest_cache" not in path.parts]
    return sorted(
        str(path)
        for path in relative
        if not (ROOT / path).is_file() or (ROOT / path).read_bytes() != (copy / path).read_bytes()
    )


def steps(title):
    """Return the section of CONTRIBUTING."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    return re.search(rf"^## {title}\n(.*?)^## ", text, re.M | re.S)[1]


def run(copy, *arguments):
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=copy)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


def check_files(copy, title, patterns):
    """Check which files were touched, that the section names each, and that they are few."""
    assert touched(copy) == sorted(path for path, _ in patterns)
    assert len(patterns) <= MOST_FILES
    section = steps(title)
    for path, named in patterns:
        assert f"`{named}`" in section, path


@pytest.mark.full
def test_a_family_without_a_law(copy):
    write(copy / "collapse_core/families/inverse_gaussian.py", FAMILY)
    module = "collapse_core.families.inverse_gaussian"
    export(copy / "collapse_core/families/__init__.py", "InverseGaussian", module)
    test = copy / "tests/families/test_inverse_gaussian.py"
    write(test, f"LAW_IS_KNOWN = False\n{TEST_OF_THE_FAMILY}")
    patterns = [
        ("collapse_core/families/inverse_gaussian.py", "collapse_core/families/<name>.py"),
        ("collapse_core/families/__init__.py", "collapse_core/families/__init__.py"),
        ("tests/families/test_inverse_gaussian.py", "tests/families/test_<name>.py"),
    ]
    check_files(copy, "Add a family", patterns)
    run(copy, str(test), "tests/laws/test_registry.py")
    # And with a law of its own.
    write(copy / "collapse_core/laws/inverse_gaussian.py", LAW)
    module = "collapse_core.laws"
    export(copy / "collapse_core/laws/__init__.py", "inverse_gaussian", module)
    write(test, f"LAW_IS_KNOWN = True\n{TEST_OF_THE_FAMILY}")
    patterns += [
        ("collapse_core/laws/inverse_gaussian.py", "collapse_core/laws/<name>.py"),
        ("collapse_core/laws/__init__.py", "collapse_core/laws/__init__.py"),
    ]
    check_files(copy, "Add a family", patterns)
    run(copy, str(test), "tests/laws/test_registry.py")
    run(copy, "tests/families/test_families_parameters.py", "-k", "defaults_of_the_sliders")


@pytest.mark.full
def test_a_family_with_a_quadratic_variance(copy):
    write(copy / "collapse_core/families/squares.py", SQUARES)
    init = copy / "collapse_core/families/__init__.py"
    export(init, "Squares", "collapse_core.families.squares")
    test = copy / "tests/families/test_squares.py"
    write(test, TEST_OF_SQUARES)
    assert len(touched(copy)) == 3
    run(copy, str(test))


def test_a_policy(copy):
    policies = copy / "collapse_core/policies.py"
    write(policies, policies.read_text(encoding="utf-8") + POLICY)
    edit(policies, '    "Policy",\n', '    "Ladle",\n    "Policy",\n')
    core = copy / "collapse_core/__init__.py"
    edit(core, '    "Law",\n', '    "Ladle",\n    "Law",\n')
    edit(core, "    Policy,\n", "    Ladle,\n    Policy,\n")
    examples = copy / "tests/core/test_policies.py"
    edit(examples, "EXAMPLES = [\n", "EXAMPLES = [\n    Ladle(10),\n")
    edit(examples, "    ClosedLoop,\n", "    ClosedLoop,\n    Ladle,\n")
    patterns = [
        ("collapse_core/policies.py", "collapse_core/policies.py"),
        ("collapse_core/__init__.py", "collapse_core/__init__.py"),
        ("tests/core/test_policies.py", "tests/core/test_policies.py"),
    ]
    check_files(copy, "Add a policy", patterns)
    run(copy, "tests/core/test_policies.py", "-k", "Ladle or every_policy")
    write(copy / "tests/core/test_ladle.py", USE_OF_THE_POLICY)
    run(copy, "tests/core/test_ladle.py")
    # A page takes two more: its question and its words.
    for named in (
        "collapse_core/topics/<topic>/question.py",
        "assets/lessons/en/<topic>.toml",
    ):
        assert f"`{named}`" in steps("Add a policy")
