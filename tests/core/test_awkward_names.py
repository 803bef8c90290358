"""Whatever is typed where: every public name answers with a finite result or with a sentence.

Starting from a call that works, one parameter at a time is given an awkward value; `awkward` says
what may happen then.
"""

import re
import warnings

import numpy as np
import pytest
from awkward import SECONDS, fault_of, faults_of, memory_traced
from public_names import EXCEPTED, EXPLAINED, PublicCall, reached

CALLS, LEFT_OUT = reached()


@pytest.fixture(autouse=True, scope="module")
def _memory_is_traced():
    with memory_traced():
        yield


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.name)
def test_awkward_values_are_answered_or_refused_in_a_sentence(call):
    faults = faults_of(call)
    assert not faults, "\n".join([call.name, *map(": ".join, faults.items())])


def test_every_public_name_is_reached_or_takes_what_the_package_made():
    unknown = {
        place: why
        for place, why in LEFT_OUT.items()
        if why.startswith(EXPLAINED) and is_about_a_typed_value(why)
    }
    assert not unknown, "give an example in BY_NAME, BY_TYPE or BY_PLACE of public_names.py"
    assert set(EXCEPTED) <= set(LEFT_OUT), "an exception that is no longer needed"


def spin(value: int):
    while value is None:
        pass


@pytest.mark.parametrize(
    ("careless", "fault"),
    [
        (lambda value: [][0], "IndexError"),
        (lambda value: float("nan"), "hides nan"),
        (lambda value: {"low": (np.array([1.0, np.inf]),)}, "hides inf"),
        (lambda value: np.float64(1) / 0, "RuntimeWarning"),
        (lambda value: value + 1, "TypeError"),
        (lambda value: np.zeros(3 * 10**7).size, "too much memory"),
        (spin, f"more than {SECONDS} s"),
    ],
)
def test_carelessness_is_found(careless, fault):
    call = PublicCall("careless", careless, {}, (), ("value",), "")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert fault in fault_of(call, "value", None)


def test_a_switch_that_takes_a_text_is_found():
    call = PublicCall("careless", lambda value: bool(value), {}, ("value",), ("value",), "")
    assert fault_of(call, "value", "no") == "takes a text for a switch"


def is_about_a_typed_value(why):
    return re.search(r": (typing\.Any|<class '(int|float|str|bool|bytes)'>)$", why) is not None
