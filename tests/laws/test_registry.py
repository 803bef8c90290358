"""Which adapter answers for a family: the one of its type, the family itself, or none."""

from dataclasses import dataclass

import numpy as np

from collapse_core import Anchors, ClosedLoop, Law, Replace, families
from collapse_core.laws import known_law, law_of

WITH_ADAPTERS = {
    "Bernoulli": "two_colours",
    "Binomial": "binomial",
    "Categorical": "categorical",
    "Exponential": "quadratic_variance",
    "Gaussian": "gaussian",
    "LimitedCategorical": "categorical",
    "MultivariateGaussian": "multivariate_gaussian",
    "NormalMean": "quadratic_variance",
    "Poisson": "quadratic_variance",
}


def test_a_family_has_the_adapter_of_its_kind():
    for name, adapter in WITH_ADAPTERS.items():
        found = known_law.dispatch(getattr(families, name))
        assert found.__module__ == f"collapse_core.laws.{adapter}", name
    assert known_law.dispatch(families.Family).__module__ == "collapse_core.laws.registry"


@dataclass(frozen=True)
class Coin(families.Family):
    """A family of a reader, of which no adapter knows."""

    share: float

    @property
    def truth(self):
        return np.asarray(self.share)

    def variance(self, mean):
        return mean * (1.0 - mean)

    def draw_average(self, mean, sample_size, rng):
        return rng.binomial(sample_size, mean) / sample_size


class AskedCoin(Coin):
    """A family of a reader that knows its own law."""

    def sharpen(self, mean, temperature):
        return mean

    def law(self, policy, sample_size, generations, temperature, approximate):
        known = (policy, sample_size, generations, temperature, approximate)
        return Law(generations, approximations={"mean": repr(known)})


class HalfAskedJar(families.Bernoulli):
    """A family of a reader that changes what another one knows."""

    def law(self, policy, sample_size, generations, temperature, approximate):
        recipe = policy.recipe(sample_size)
        law = known_law(self, recipe, generations, temperature, approximate)
        return Law(generations, mean=law.mean)


def test_a_family_of_a_reader_is_unknown_not_guessed():
    law = ClosedLoop(Coin(0.5), Replace(), 10, 5).exact()
    fields = ("mean", "variance", "diversity", "absorbed", "lost", "taken_over", "distribution")
    assert [getattr(law, name) for name in fields] == [None] * 7


def test_a_family_of_a_reader_with_a_law_is_asked():
    loop = ClosedLoop(AskedCoin(0.5), Anchors(2), 10, 5, 0.5)
    assert loop.exact(True).approximations["mean"] == repr((Anchors(2), 10, 5, 0.5, True))
    law = ClosedLoop(HalfAskedJar(0.5), Anchors(2), 10, 5).exact()
    assert law.mean is not None
    assert law.variance is None


def test_a_subclass_has_the_law_of_its_family():
    class Jar(families.Bernoulli):
        pass

    one = ClosedLoop(Jar(0.3), Anchors(1), 20, 9).exact()
    other = law_of(families.Bernoulli(0.3), Anchors(1), 20, 9)
    assert np.array_equal(one.lost, other.lost)


def test_a_switch_that_changes_the_model_makes_its_law_unknown():
    kinds = (0.5, 0.3, 0.2)
    known = ClosedLoop(families.LimitedCategorical(kinds), Replace(), 20, 5).exact()
    cut = ClosedLoop(families.LimitedCategorical(kinds, top_p=0.9), Replace(), 20, 5).exact()
    assert known.mean is not None
    assert cut.mean is None
