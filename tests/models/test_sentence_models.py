"""What every language model must do, whichever it is: rows are sentences of token numbers."""

import numpy as np
import pytest
from law_check import seeds

from collapse_core.models.base import FittedModel
from collapse_core.models.ngram.model import NGramModel
from collapse_core.streams import generator

WORDS = 12

MODELS = {
    "words one by one": NGramModel(WORDS, order=1, smoothing="none"),
    "pairs": NGramModel(WORDS, order=2),
    "triples with back-off": NGramModel(WORDS, order=3, smoothing="backoff"),
    "letters": NGramModel(WORDS, order=5, unit="letters"),
}

every_model = pytest.mark.parametrize("name", MODELS)


def random(number=0):
    return generator(seeds(1)[0], number, "test of language models")


def text(sentences=60):
    """Return sentences of 3 to 8 words, each with an end (token 0)."""
    rng = random(1)
    rows = np.empty(sentences, dtype=object)
    for place in range(sentences):
        rows[place] = np.append(rng.integers(1, WORDS, size=rng.integers(3, 9)), 0)
    return rows


def of(*sentences):
    rows = np.empty(len(sentences), dtype=object)
    rows[:] = [np.array(sentence) for sentence in sentences]
    return rows


def fit(name, rows):
    return MODELS[name].fit(rows, random())


def tokens(rows):
    return np.concatenate(list(rows))


@every_model
@pytest.mark.parametrize("count", [1, 7, 500])
def test_as_many_words_as_asked_for(name, count):
    fitted = fit(name, text())
    made = fitted.sample(count, random())
    assert isinstance(fitted, FittedModel)
    assert made.dtype == object
    assert tokens(made).size == count
    assert set(tokens(made).tolist()) <= set(tokens(text()).tolist())
    logs = fitted.log_density(made)
    assert logs.shape == (len(made),)
    assert (logs < 0.0).all()
    assert np.isfinite(logs).all()


@every_model
def test_same_random_numbers_same_text(name):
    first, again = fit(name, text()), fit(name, text())
    one, same = (tokens(fitted.sample(300, random(3))) for fitted in (first, again))
    np.testing.assert_array_equal(one, same)
    assert not np.array_equal(one, tokens(first.sample(300, random(4))))
    rng = random(5)
    assert not np.array_equal(tokens(first.sample(300, rng)), tokens(first.sample(300, rng)))


@every_model
def test_the_text_is_not_changed(name):
    rows = text()
    fitted = fit(name, rows)
    logs = fitted.log_density(text())
    for row, kept in zip(rows, text(), strict=True):
        np.testing.assert_array_equal(row, kept)
        row[:] = 1
    np.testing.assert_array_equal(fitted.log_density(text()), logs)


@every_model
def test_progress_ends_at_one(name):
    told = []
    MODELS[name].fit(text(), random(), told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0


@every_model
@pytest.mark.parametrize(
    "rows", [of([3]), of([3, 0]), of([3, 3, 3, 0]), of(*[[4, 0]] * 5)], ids=str
)
def test_collapsed_text_is_no_error(name, rows):
    for _ in range(4):
        fitted = fit(name, rows)
        assert np.isfinite(fitted.log_density(rows)).all()
        rows = fitted.sample(10, random())
        assert set(tokens(rows).tolist()) <= {0, 3, 4}


@every_model
def test_bad_text_is_named(name):
    with pytest.raises(ValueError, match="rows"):
        fit(name, np.empty(0, dtype=object))
    with pytest.raises(ValueError, match="rows"):
        fit(name, of([]))
    with pytest.raises(ValueError, match="token outside 0 to 11"):
        fit(name, of([3, WORDS]))
    with pytest.raises(ValueError, match="count=0 "):
        fit(name, text()).sample(0, random())
