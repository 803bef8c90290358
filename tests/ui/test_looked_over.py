"""What no reader should see is found, and what only looks like it is not."""

import pandas as pd
import pytest
from looked_over import faults_of_picture, faults_of_table, faults_of_words

PICTURE = {"name": "one", "traces": [], "frames": [], "layout": {}, "captions": [], "alt": ""}


@pytest.mark.parametrize("words", ["It is nan %.", "-inf points", "{share} is left", "{share:.2f}"])
def test_numbers_that_are_none_and_gaps_are_found(words):
    assert faults_of_words(words)
    assert faults_of_picture(PICTURE | {"captions": [words]})


@pytest.mark.parametrize(
    "words", ["An infant, a nanny.", "$x_{n}$ and `{share}`", "%{y:.3f}", "5 {rare}", "No. 3"]
)
def test_other_words_are_left_alone(words):
    assert not faults_of_words(words)


def test_endless_numbers_are_found():
    assert faults_of_picture(PICTURE | {"traces": [{"y": [1.0, float("inf")]}]})
    assert faults_of_picture(PICTURE | {"layout": {"xaxis": {"range": [0.0, None]}}})
    assert faults_of_table(pd.DataFrame({"a": [1.0, float("inf")]}))
    assert not faults_of_table(pd.DataFrame({"a": [1.0, float("nan")]}))
