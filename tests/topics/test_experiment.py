"""An experiment's fields say once what they may be."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pytest

from collapse_core.topics.any_model import AnyModel
from collapse_core.topics.bell_curve import BellCurve
from collapse_core.topics.digits_photographs import DigitsPhotographs
from collapse_core.topics.experiment import Experiment, number, sample_size, seed
from collapse_core.topics.exponential_families import ExponentialFamilies
from collapse_core.topics.language import Language
from collapse_core.topics.one_real_point import OneRealPoint
from collapse_core.topics.two_colours import TwoColours
from collapse_core.topics.vanishing_tails import VanishingTails
from collapse_core.topics.vanishing_tails.density import DensityTails

EXPERIMENTS = (
    AnyModel,
    BellCurve,
    DensityTails,
    DigitsPhotographs,
    ExponentialFamilies,
    Language,
    OneRealPoint,
    TwoColours,
    VanishingTails,
)
each = pytest.mark.parametrize("kind", EXPERIMENTS, ids=lambda kind: kind.__name__)


@dataclass(frozen=True)
class Small(Experiment):
    sample_size: int = sample_size(10, "Points.")
    kind: Literal["a", "b"] = "a"
    fresh: bool = True
    note: str = ""


@dataclass(frozen=True)
class Larger(Small):
    rate: float = number(0.5, 0.0, 1.0, "Rate.", beyond=(0.0, 2.0))
    seed: int = seed()


def test_a_subclass_has_the_fields_of_its_parent():
    assert list(Larger.params) == ["sample_size", "rate", "seed"]
    assert list(Small.params) == ["sample_size"]
    assert Larger.choices == {"kind": ("a", "b")}
    assert Larger.switches == {"fresh": True}
    assert Larger.defaults == {
        "sample_size": 10, "kind": "a", "fresh": True, "rate": 0.5, "seed": 1
    }  # fmt: skip


@pytest.mark.parametrize("given", [False, "false", "False", 0, np.False_])
def test_a_switch_is_off_however_it_is_said(given):
    assert Small(fresh=given).fresh is False


@pytest.mark.parametrize("given", ["no", "maybe", None, 2, 0.5])
def test_a_switch_that_is_neither_on_nor_off_is_an_error(given):
    with pytest.raises(ValueError, match=r"fresh=.* is not known: choose one of True, False"):
        Small(fresh=given)


@pytest.mark.parametrize("given", ["c", "A", None, True, ["a"]])
def test_a_choice_that_there_is_not_is_an_error(given):
    with pytest.raises(ValueError, match=r"kind=.* is not known: choose one of a, b"):
        Small(kind=given)


def test_a_number_out_of_range_is_an_error():
    with pytest.raises(ValueError, match=r"sample_size=1 .*2"):
        Small(sample_size=1)
    assert Larger(rate=1.5).rate == 1.5, "beyond the slider's end"
    with pytest.raises(ValueError, match="rate"):
        Larger(rate=2.5)
    assert Larger.params["rate"].high == 1.0


def test_a_link_holds_what_differs_and_brings_it_back():
    asked = Larger(sample_size=20, fresh=False, kind="b", rate=0.25, note="not in the link")
    link = asked.link()
    assert link == {"sample_size": "20", "fresh": "false", "kind": "b", "rate": "0.25"}
    assert Larger.from_link({**link, "other": "1"}, note="not in the link") == asked
    assert Larger.from_link({}) == Larger()


def test_python_that_makes_the_same_experiment():
    asked = Larger(sample_size=20, fresh=False, note="x")
    assert eval(f"Larger({asked.arguments()})") == asked
    assert asked.arguments(note="text") == "sample_size=20, fresh=False, note=text"


@each
def test_every_field_of_a_page_comes_back_from_its_link(kind):
    for name, start in kind.defaults.items():
        if name in kind.params:
            param = kind.params[name]
            values = [param.low, param.high]
        else:
            values = list(kind.choices.get(name, (not start,)))
        for value in values:
            if (kind, value) in ((AnyModel, "own"), (Language, "own")):
                continue  # needs what a link cannot hold
            asked = kind(**{name: value})
            assert kind.from_link(asked.link()) == asked
            assert asked.link() == ({} if value == start else {name: str(value).lower()})


@each
def test_every_number_has_a_description_and_its_own_name(kind):
    for name, param in kind.params.items():
        assert param.name == name
        assert len(param.description) > 4


def test_an_older_name_of_a_choice_is_still_known():
    assert AnyModel(policy="fraction").policy == "real_share"
    assert AnyModel.from_link({"policy": "fraction"}) == AnyModel(policy="real_share")
