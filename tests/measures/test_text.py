"""Measures of texts against values counted by hand and by plain loops."""

import math
from collections import Counter

import numpy as np
import pytest
from law_check import SEED

from collapse_core.measures.text import (
    entropy_bits,
    expected_vocabulary,
    lost_tokens,
    new_phrases,
    rare_survivors,
    repeated_share,
    returned_tokens,
    token_counts,
    vocabulary_horizon,
    vocabulary_left,
)
from collapse_core.models.ngram import rows_of_tokens


def rows_of(*sentences):
    tokens = np.array([token for sentence in sentences for token in sentence], dtype=np.int64)
    return rows_of_tokens(tokens, np.array([len(sentence) for sentence in sentences]))


def random_rows(seed, count=40, vocabulary=4, longest=12):
    rng = np.random.default_rng([SEED, seed])
    lengths = rng.integers(1, longest, size=count)
    return rows_of_tokens(rng.integers(vocabulary, size=lengths.sum()), lengths)


def plain_phrases(rows, length):
    return [
        tuple(row[start : start + length].tolist())
        for row in rows
        for start in range(len(row) - length + 1)
    ]


def test_counts_and_vocabulary():
    counts = token_counts(rows_of([1, 2, 1, 0], [3, 0]), 6)
    assert counts.tolist() == [2, 2, 1, 1, 0, 0]
    assert vocabulary_left(counts) == 4


def test_entropy_in_bits():
    assert entropy_bits(np.array([5, 5, 5, 5])) == pytest.approx(2.0)
    assert entropy_bits(np.array([0, 7])) == 0.0
    assert entropy_bits(np.array([1, 1, 2])) == pytest.approx(1.5)
    assert math.isnan(entropy_bits(np.array([0, 0])))


@pytest.mark.parametrize("length", [1, 2, 3, 4, 7])
def test_repeated_phrases_are_those_of_a_plain_count(length):
    for seed in range(5):
        rows = random_rows(seed)
        tally = Counter(plain_phrases(rows, length))
        repeated = sum(count for count in tally.values() if count > 1)
        assert repeated_share(rows, length) == pytest.approx(repeated / tally.total())


def test_phrases_do_not_reach_over_the_end_of_a_sentence():
    assert repeated_share(rows_of([1, 2], [1, 2]), 2) == 1.0
    assert repeated_share(rows_of([1, 2, 1, 2, 0]), 2) == pytest.approx(0.5)
    assert math.isnan(repeated_share(rows_of([1, 2], [1, 2]), 3))


def test_long_phrases_of_many_words_do_not_overflow():
    sentence = [90_000 - step for step in range(30)]
    other = [*sentence[:-1], 7]
    assert repeated_share(rows_of(sentence, other), 30) == 0.0
    assert repeated_share(rows_of(sentence, other), 29) == pytest.approx(0.5)
    assert repeated_share(rows_of(sentence, sentence), 30) == 1.0


@pytest.mark.parametrize("length", [1, 2, 3, 5])
def test_new_phrases_are_those_of_a_plain_search(length):
    for seed in range(5):
        text, training = random_rows(seed), random_rows(seed + 100, count=25)
        known = set(plain_phrases(training, length))
        marks, share = new_phrases(text, training, length)
        expected = [
            place + 1 >= length and tuple(row[place + 1 - length : place + 1].tolist()) not in known
            for row in text
            for place in range(len(row))
        ]
        np.testing.assert_array_equal(marks, expected)
        assert share == pytest.approx(sum(expected) / len(plain_phrases(text, length)))


def test_a_text_has_no_new_phrase_against_itself():
    rows = random_rows(1)
    marks, share = new_phrases(rows, rows, 3)
    assert not marks.any()
    assert share == 0.0
    assert math.isnan(new_phrases(rows[:0], rows, 3)[1])


def test_words_that_go_and_come():
    real = np.array([9, 1, 2, 3, 0, 2])
    now = np.array([9, 1, 0, 3, 0, 8])
    assert lost_tokens(real, now).tolist() == [2]
    assert returned_tokens(now, np.array([9, 0, 0, 3, 0, 0])).tolist() == [1, 5]
    assert rare_survivors(now, real).tolist() == [1, 5]
    assert rare_survivors(now, real, most=2).tolist() == [1]
    assert rare_survivors(now, real, rare=1).tolist() == [1]


def test_the_law_and_its_approximation_agree_where_they_meet():
    counts = np.concatenate((np.ones(300, int), np.full(50, 4), np.full(20, 60), np.zeros(9, int)))
    size = int(counts.sum())
    exact = expected_vocabulary(counts, size, 10)
    assert exact.exact
    assert exact.mean[0] == 370
    assert exact.spread[0] == 0.0
    rng = np.random.default_rng(SEED)
    shares = np.repeat(counts[np.newaxis] / size, 800, axis=0)
    for generation in range(1, 11):
        shares = rng.multinomial(size, shares) / size
        alive = (shares > 0).sum(axis=1)
        error = alive.std() / math.sqrt(800)
        assert abs(alive.mean() - exact.mean[generation]) < 5.5 * error
        # The spread is that of independent tokens: a little too large, never too small.
        assert 0.9 * alive.std() < exact.spread[generation] < 1.3 * alive.std()
    assert abs(exact.mean[10] - exact.mean[9]) > 5.5 * error
    large = expected_vocabulary(counts * 20, size * 20, 10)
    assert not large.exact
    assert large.mean[0] == 370
    assert np.all(np.diff(large.mean) <= 0.0)


@pytest.mark.parametrize("size", [30, 4950, 5200])
def test_the_law_of_fewer_generations_is_the_first_part_of_a_longer_one(size):
    counts = np.array([1, 1, 2, 9, 0, 17])
    for generations in (0, 1, 7, 50):
        longest = vocabulary_horizon(size, generations)
        assert longest >= generations
        cut = expected_vocabulary(counts, size, longest).until(generations)
        alone = expected_vocabulary(counts, size, generations)
        assert cut.exact == alone.exact
        np.testing.assert_allclose(cut.mean, alone.mean, rtol=1e-12)
        np.testing.assert_allclose(cut.spread, alone.spread, rtol=1e-12, atol=1e-12)


def test_a_text_of_few_words_has_a_spread():
    for counts in ([60], [60, 60], [1, 179], [999, 1]):
        for size in (50, 200, 4000):
            law = expected_vocabulary(np.array(counts), size, 10)
            assert np.all(law.spread >= 0), "and no rounding makes it nothing"
            assert np.all(law.mean <= len(counts))
