"""The data sets that come with the program."""

import pytest

from collapse_core import families
from collapse_core.data.counted_names import (
    animals_of_a_park,
    english_letters,
    long_tailed_catalogue,
    names_of_a_class,
)

ALL = [english_letters(), names_of_a_class(), animals_of_a_park(), long_tailed_catalogue()]


@pytest.mark.parametrize("data", ALL, ids=lambda data: data.title)
def test_each_is_a_truth_and_says_where_it_is_from(data):
    assert len(data.names) == len(set(data.names)) == len(data.counts)
    assert min(data.counts) > 0
    family = families.Categorical(data.probabilities)
    assert family.truth.sum() == pytest.approx(1.0, abs=1e-14)
    assert "Invented" in data.source or "(2000)" in data.source
    assert hash(data)


def test_letters():
    letters = english_letters()
    assert "".join(letters.names) == "abcdefghijklmnopqrstuvwxyz"
    assert sum(letters.counts) == pytest.approx(100.0, abs=0.01)
    table = dict(zip(letters.names, letters.counts, strict=True))
    assert max(table, key=table.get) == "e"
    assert min(table, key=table.get) == "z"


def test_a_class_has_thirty_pupils():
    data = names_of_a_class()
    assert sum(data.counts) == 30
    assert f"{len(data.names)} different" in data.source
    assert sum(count > 1 for count in data.counts) >= 5


def test_catalogue_follows_zipf_and_never_repeats_a_name():
    catalogue = long_tailed_catalogue(10_000, 1.2)
    assert len(set(catalogue.names)) == 10_000
    assert catalogue.counts[0] == 100_000
    assert catalogue.counts[9] == round(100_000 * 10**-1.2)
    assert catalogue.counts[-1] == max(1, round(100_000 * 10_000**-1.2))
    assert long_tailed_catalogue(50).names == catalogue.names[:50]
    assert len(set(long_tailed_catalogue(20, 0.0).counts)) == 1


@pytest.mark.parametrize(
    ("items", "exponent", "message"),
    [(1, 1.0, "items=1"), (10_001, 1.0, "items=10001"), (10, -0.5, "exponent=-0.5")],
)
def test_catalogues_that_are_refused(items, exponent, message):
    with pytest.raises(ValueError, match=message):
        long_tailed_catalogue(items, exponent)
