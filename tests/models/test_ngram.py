"""n-gram models against a plain one with dictionaries, and order 1 against the law of tails."""

import math
from collections import Counter, defaultdict

import numpy as np
import pytest
from law_check import LIMIT, SEED, seeds

from collapse_core.data.corpora import TextSource
from collapse_core.measures.text import expected_vocabulary, token_counts, vocabulary_left
from collapse_core.models.loop import ModelLoop
from collapse_core.models.ngram import (
    END,
    FLOOR,
    NGramModel,
    cut_rows,
    flat_tokens,
    rows_of_tokens,
)
from collapse_core.models.ngram.counts import context_codes, largest_vocabulary
from collapse_core.models.ngram.sampling import reshape_probabilities
from collapse_core.models.ngram.smoothing import DISCOUNT, SMOOTHINGS
from collapse_core.policies import Replace

VOCABULARY = 9  # of which one token is never seen in training


def sentences(*texts):
    """Return rows from strings of digits; a sentence ends with a 0, or it was cut."""
    rows = np.empty(len(texts), dtype=object)
    for place, text in enumerate(texts):
        rows[place] = np.array([int(letter) for letter in text], dtype=np.int32)
    return rows


TEXT = sentences("12340", "1250", "123460", "21350", "7110", "12340", "0", "53", "5312")


def random_text(seed, count=60, vocabulary=6):
    rng = np.random.default_rng([SEED, seed])
    lengths = rng.integers(1, 9, size=count)
    weights = 1.0 / np.arange(1, vocabulary)
    rows = np.empty(count, dtype=object)
    for place, length in enumerate(lengths):
        words = rng.choice(np.arange(1, vocabulary), size=length, p=weights / weights.sum())
        rows[place] = np.append(words, END)
    return rows


class PlainModel:
    """The same model, written as a textbook would: dictionaries, and one word at a time."""

    def __init__(self, rows, order, smoothing):
        self.order, self.smoothing = order, smoothing
        self.followers = defaultdict(Counter)
        for row in rows:
            words = [None] * (order - 1) + row.tolist()
            for place in range(order - 1, len(words)):
                for length in range(order):
                    self.followers[tuple(words[place - length : place])][words[place]] += 1

    def chance(self, word, context):
        seen = self.followers.get(context)
        if context == ():
            return seen[word] / seen.total()
        if seen is None:
            return self.chance(word, context[1:])
        count, total, types = seen[word], seen.total(), len(seen)
        if self.smoothing == "none":
            return count / total
        if self.smoothing == "interpolation":
            return (count + types * self.chance(word, context[1:])) / (total + types)
        alive = len(self.followers[()])
        if types == alive:
            return count / total
        if count:
            return (count - DISCOUNT) / total
        rest = sum(self.chance(other, context[1:]) for other in seen)
        return DISCOUNT * types / total * self.chance(word, context[1:]) / (1.0 - rest)

    def chances(self, context):
        padded = ((None,) * (self.order - 1) + tuple(context))[len(context) :]
        return np.array([self.chance(word, padded) for word in range(VOCABULARY)])


CONTEXTS = [(), (1,), (1, 2), (1, 2, 3), (9 - 1, 2), (8, 8, 8), (6, 4, 3), (5, 3), (7, 1, 1), (2,)]


def fit(rows, order, smoothing="interpolation", **changes):
    model = NGramModel(VOCABULARY, order, "letters", smoothing, **changes)
    return model.fit(rows, np.random.default_rng(0))


# ------------------------------------------------------------------------------- probabilities


@pytest.mark.parametrize("smoothing", SMOOTHINGS)
@pytest.mark.parametrize("order", [1, 2, 3, 4, 5])
def test_probabilities_are_those_of_a_plain_model(order, smoothing):
    for rows in (TEXT, random_text(order)):
        plain, fitted = PlainModel(rows, order, smoothing), fit(rows, order, smoothing)
        for context in CONTEXTS:
            np.testing.assert_allclose(
                fitted.probabilities(context), plain.chances(context), atol=1e-12
            )


@pytest.mark.parametrize("smoothing", SMOOTHINGS)
@pytest.mark.parametrize("order", [1, 2, 3, 4, 5])
def test_sentences_are_judged_word_by_word_with_the_floor(order, smoothing):
    plain, fitted = PlainModel(TEXT, order, smoothing), fit(TEXT, order, smoothing)
    others = sentences("12340", "8880", "3", "120", "5312460", "0")
    expected = []
    for row in others:
        words = row.tolist()
        chances = [plain.chances(words[:place])[word] for place, word in enumerate(words)]
        expected.append(sum(math.log(0.99 * chance + 0.01 / VOCABULARY) for chance in chances))
    np.testing.assert_allclose(fitted.log_density(others), expected, rtol=1e-10)
    tokens = flat_tokens(others)[0].size
    assert fitted.perplexity(others) == pytest.approx(math.exp(-sum(expected) / tokens))
    assert math.isnan(fitted.perplexity(others[:0]))


@pytest.mark.parametrize("smoothing", SMOOTHINGS)
@pytest.mark.parametrize("order", [1, 2, 4])
def test_probabilities_sum_to_one_after_every_context(order, smoothing):
    fitted = fit(TEXT, order, smoothing)
    for context in CONTEXTS:
        for floor in (False, True):
            chances = fitted.probabilities(context, floor=floor)
            assert chances.sum() == pytest.approx(1.0, abs=1e-12)
            assert chances.min() >= (FLOOR / VOCABULARY if floor else 0.0)
    assert fitted.probabilities((1,))[8] == 0.0


def test_contexts_do_not_reach_over_the_end_of_a_sentence():
    tokens, lengths = flat_tokens(sentences("120", "3"))
    base = 10
    np.testing.assert_array_equal(context_codes(tokens, lengths, 2, base), [99, 91, 12, 99])
    np.testing.assert_array_equal(
        context_codes(tokens, lengths, 5, base), [99999, 99991, 99912, 99999]
    )


# ------------------------------------------------------------------------------------- writing


def follower_complaints(fitted, expected, rows):
    """Compare what follows each context of two tokens with the probabilities given for it."""
    plain = PlainModel(rows, 3, "none")
    found = []
    for context, seen in plain.followers.items():
        if len(context) != 2 or None in context or END in context or seen.total() < 200:
            continue
        chances = expected(fitted, context)
        counts = np.array([seen[word] for word in range(VOCABULARY)])
        error = np.sqrt(seen.total() * chances * (1.0 - chances)) + 1e-9
        apart = np.abs(counts - seen.total() * chances) / error
        found += [f"{context} {word}" for word in np.flatnonzero(apart > LIMIT)]
    return found


def reshaped(temperature, top_p):
    return lambda fitted, context: reshape_probabilities(
        fitted.probabilities(context)[np.newaxis], temperature, top_p
    )[0]


@pytest.mark.parametrize("smoothing", SMOOTHINGS)
@pytest.mark.parametrize(("temperature", "top_p"), [(1.0, 1.0), (0.7, 1.0), (1.0, 0.8), (1.5, 0.6)])
def test_what_is_written_has_the_probabilities_of_the_model(smoothing, temperature, top_p):
    for seed in seeds(2):
        fitted = fit(random_text(3), 3, smoothing, temperature=temperature, top_p=top_p)
        rows = fitted.sample(20_000, np.random.default_rng(seed))
        assert follower_complaints(fitted, reshaped(temperature, top_p), rows) == []
        assert follower_complaints(fitted, reshaped(temperature * 0.6, top_p), rows)


def test_text_that_never_ends_has_the_same_probabilities():
    rows = random_text(4)
    endless = rows_of_tokens(np.concatenate([row[:-1] for row in rows]), np.array([270, 1]))
    endless = endless[:1]
    for smoothing in SMOOTHINGS:
        fitted = fit(endless, 3, smoothing)
        written = fitted.sample(20_000, np.random.default_rng(SEED))
        assert len(written) == 1
        assert follower_complaints(fitted, reshaped(1.0, 1.0), written) == []
        assert follower_complaints(fitted, reshaped(0.6, 1.0), written)


def test_sentences_are_as_long_as_the_model_says():
    # After the first token, which is never an end, an end has the chance 1/2 whatever came before:
    # a sentence has three tokens on average. The cut must not prefer short sentences.
    fitted = fit(sentences("10", "110", "1110", "11110", "1111"), 2, "none")
    chance = fitted.probabilities((1,))[END]
    expected = 1.0 / (1.0 + 1.0 / chance)
    for seed in seeds(3):
        ends = [
            np.count_nonzero(flat_tokens(fitted.sample(50, rng))[0] == END)
            for rng in np.random.default_rng(seed).spawn(700)
        ]
        # An independent writer, one word at a time.
        rng, plain = np.random.default_rng(seed + 1), []
        for _ in range(700):
            last, count = END, 0
            for uniform in rng.random(50):
                last = END if last != END and uniform < chance else 1
                count += last == END
            plain.append(count)
        error = math.hypot(np.std(ends), np.std(plain)) / math.sqrt(700)
        assert abs(np.mean(ends) - np.mean(plain)) < LIMIT * error
        assert abs(np.mean(ends) - 50 * expected * 0.8) > LIMIT * error


@pytest.mark.parametrize("order", [1, 2, 4])
@pytest.mark.parametrize("count", [1, 2, 17, 500])
def test_a_sample_has_exactly_the_tokens_asked_for(order, count):
    fitted = fit(TEXT, order)
    rows = fitted.sample(count, np.random.default_rng(2))
    tokens, lengths = flat_tokens(rows)
    assert tokens.size == count
    assert lengths.min() >= 1
    assert all(row[-1] == END and END not in row[:-1] for row in rows[:-1])
    assert END not in rows[-1][:-1]


@pytest.mark.parametrize("smoothing", SMOOTHINGS)
def test_same_random_numbers_same_text_and_a_lost_token_stays_lost(smoothing):
    fitted = fit(TEXT, 3, smoothing, temperature=1.3)
    first, second = (fitted.sample(3000, np.random.default_rng(5)) for _ in range(2))
    np.testing.assert_array_equal(flat_tokens(first)[0], flat_tokens(second)[0])
    assert 8 not in flat_tokens(first)[0]
    assert set(flat_tokens(first)[0].tolist()) == set(range(8))


@pytest.mark.parametrize("smoothing", SMOOTHINGS)
@pytest.mark.parametrize("order", [1, 2, 5])
@pytest.mark.parametrize("texts", [("3",), ("0",), ("3333333",), ("30",) * 50, ("12",)])
def test_collapsed_text_is_no_error(order, smoothing, texts):
    fitted = fit(sentences(*texts), order, smoothing, top_p=0.5)
    rows = fitted.sample(40, np.random.default_rng(1))
    assert flat_tokens(rows)[0].size == 40
    assert np.isfinite(fitted.log_density(TEXT)).all()


def test_rows_are_cut_to_fit():
    rows = sentences("120", "3450", "6")
    kept = cut_rows(rows, 5)
    assert [row.tolist() for row in kept] == [[1, 2, 0], [3, 4]]
    assert [row.tolist() for row in rows] == [[1, 2, 0], [3, 4, 5, 0], [6]]
    assert len(cut_rows(rows, 7)) == 2
    assert len(cut_rows(rows, 99)) == 3
    assert len(cut_rows(rows[:0], 3)) == 0


# -------------------------------------------------------------------------- temperature, top-p


def test_top_p_keeps_the_smallest_set_that_is_likely_enough():
    rng = np.random.default_rng(SEED)
    rows = np.round(rng.dirichlet(np.full(12, 0.4), size=200), 2) + 0.001
    rows /= rows.sum(axis=1, keepdims=True)
    for top_p in (0.05, 0.5, 0.9, 0.999):
        for row, kept in zip(rows, reshape_probabilities(rows, 1.0, top_p), strict=True):
            order = np.argsort(-row, kind="stable")
            size = int(np.searchsorted(np.cumsum(row[order]), top_p - 1e-9)) + 1
            assert np.count_nonzero(kept) == size
            assert kept[order[:size]].sum() == pytest.approx(1.0)


def test_temperature_is_a_power():
    row = np.array([[0.5, 0.3, 0.2, 0.0]])
    np.testing.assert_allclose(
        reshape_probabilities(row, 0.5, 1.0), [[0.25 / 0.38, 0.09 / 0.38, 0.04 / 0.38, 0.0]]
    )
    tiny = reshape_probabilities(np.array([[1e-300, 2e-300]]), 0.05, 1.0)
    assert tiny.sum() == pytest.approx(1.0)


# ------------------------------------------------------------- order 1 and the law of the tails


def order_one_complaints(law_size, runs=60, size=300, generations=6):
    """Compare the vocabulary of runs with the law, given each run's own start."""
    rows = random_text(8, 150, 80)
    source = TextSource("test", "words", tuple("x" * 80), rows, rows[:1])
    loop = ModelLoop(NGramModel(80, 1), source, Replace(), size, generations)
    apart = []
    for seed in range(runs):
        texts = [token_counts(generation.made, 80) for generation in loop.iterate(seed + SEED)]
        assert {int(counts.sum()) for counts in texts} == {size}
        law = expected_vocabulary(texts[0], law_size, generations)
        assert law.exact
        apart.append([vocabulary_left(counts) for counts in texts] - law.mean)
    apart = np.array(apart)
    error = apart.std(axis=0, ddof=1) / math.sqrt(runs)
    return np.flatnonzero(np.abs(apart.mean(axis=0)) > LIMIT * error + 1e-9)


def test_order_one_loses_words_as_the_exact_law_says():
    assert order_one_complaints(300).size == 0


def test_a_law_for_another_amount_of_text_would_be_noticed():
    assert order_one_complaints(220).size > 0


# ------------------------------------------------------------------------------------ bad input


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"order": 0}, r"order=0 .*from 1 to 4"),
        ({"order": 5}, r"order=5 .*from 1 to 4"),
        ({"order": 6, "unit": "letters"}, r"order=6 .*from 1 to 5"),
        ({"unit": "bytes"}, r"unit='bytes'.*letters"),
        ({"smoothing": "magic"}, r"smoothing='magic'.*backoff"),
        ({"temperature": 0.0}, r"temperature=0\.0 "),
        ({"top_p": 1.5}, r"top_p=1\.5 "),
        ({"vocabulary_size": 0}, r"vocabulary_size=0 "),
        ({"vocabulary_size": 10**6, "order": 4}, r"vocabulary_size=1000000 "),
    ],
)
def test_bad_settings_are_named(changes, message):
    with pytest.raises(ValueError, match=message):
        NGramModel(**{"vocabulary_size": 5, **changes})


def test_bad_rows_are_named():
    with pytest.raises(ValueError, match="no token"):
        fit(TEXT[:0], 2)
    with pytest.raises(ValueError, match="outside 0 to 4"):
        NGramModel(5).fit(TEXT, np.random.default_rng(0))
    with pytest.raises(ValueError, match=r"count=0 "):
        fit(TEXT, 2).sample(0, np.random.default_rng(0))


def test_the_largest_vocabulary_fits_into_whole_numbers():
    for order in (1, 2, 3, 4, 5):
        assert (largest_vocabulary(order) + 1) ** order < 2**63
