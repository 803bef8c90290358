"""The page about language: its loop, its steps, and what they report."""

import math
import pickle
from dataclasses import replace

import numpy as np
import pytest
from law_check import LIMIT, seeds

from collapse_core.data.corpora import language_reference, own_text, story
from collapse_core.models.base import no_report
from collapse_core.models.ngram import flat_tokens
from collapse_core.policies import AccumulateSubsample, Anchors, RealFraction, Replace
from collapse_core.topics.language.followed_words import MOST_WORDS_TO_FOLLOW, words_to_follow
from collapse_core.topics.language.question import Language
from collapse_core.topics.language.report import report_language


def run(**changes):
    experiment = Language(**{"sample_size": 1000, "generations": 6, **changes})
    return report_language(experiment, experiment.run())


# ------------------------------------------------------------------------------------ the loop


def test_defaults_are_those_of_the_parameters():
    experiment = Language()
    for name, param in Language.params.items():
        assert getattr(experiment, name) == param.default, name
    assert experiment.changes() == {}
    assert Language(order=1, seed=3).changes() == {"order": 1, "seed": 3}


def test_a_real_sentence_counts_as_one_of_average_length():
    experiment = Language(policy="real_sentences", real_sentences=7)
    assert experiment.training_policy() == Anchors(round(7 * story().sentence_length))
    assert Language(policy="same_sentences").training_policy().fresh is False
    assert Language(policy="real_share").training_policy() == RealFraction(0.1)
    assert Language(policy="accumulate_subsample").training_policy() == AccumulateSubsample()
    assert Language().training_policy() == Anchors(0)
    assert Language(policy="replace").training_policy() == Replace()


@pytest.mark.parametrize("policy", Language.choices["policy"])
@pytest.mark.parametrize("unit", ["words", "letters"])
def test_every_policy_writes_exactly_the_text_asked_for(policy, unit):
    report = run(policy=policy, unit=unit, order=3, generations=3, smoothing="backoff")
    assert [flat_tokens(step.text)[0].size for step in report.steps] == [1000] * 4
    for step in report.steps[1:]:
        assert step.new.size == 1000
        assert step.counts.sum() == 1000
        assert math.isfinite(step.real_perplexity)
    sizes = {"replace": 1000, "real_share": 1000, "accumulate": 3000, "accumulate_subsample": 1000}
    expected = sizes.get(policy)
    if expected:
        assert report.steps[-1].training_counts.sum() == expected


@pytest.mark.parametrize("corpus", Language.choices["corpus"])
def test_every_text_can_be_used(corpus):
    text = "The cat sat. The dog ran away. A bird sang to the cat. Who knows? I do. " * 20
    report = run(corpus=corpus, text=text, generations=2)
    assert report.vocabulary.size == 3


def test_steps_are_the_generations_of_the_loop():
    experiment = Language(sample_size=800, generations=4, policy="accumulate", order=2)
    steps = experiment.run()
    for step, generation in zip(steps, experiment.loop().iterate(experiment.seed), strict=True):
        tokens = flat_tokens(generation.made)[0]
        np.testing.assert_array_equal(flat_tokens(step.text)[0], tokens)
        np.testing.assert_array_equal(
            step.training_counts,
            np.bincount(flat_tokens(generation.rows)[0], minlength=step.counts.size),
        )


def test_a_run_that_was_stopped_goes_on_as_if_it_had_not_been():
    experiment = Language(sample_size=500, generations=5)
    whole = experiment.run()
    stopped = pickle.loads(pickle.dumps(whole[:3]))
    step = experiment.after(stopped, no_report)
    np.testing.assert_array_equal(step.counts, whole[3].counts)
    assert step.text_perplexity == whole[3].text_perplexity


def test_a_step_keeps_little():
    steps = Language(sample_size=4000, generations=6).run()
    assert steps[-1].left.fitted is None
    assert len(steps[-1].left.rows) == 0


def test_its_name_tells_texts_apart_and_does_not_hold_them():
    text = "The cat sat. The dog ran away. A bird sang to the cat. Who knows? I do. " * 1000
    own = Language(corpus="own", text=text)
    other = Language(corpus="own", text=text + "More.")
    assert repr(own) != repr(other)
    assert len(repr(own)) < 500
    assert repr(Language(text="abc")) == repr(Language())
    different = {repr(Language(**change)) for change in ({}, {"order": 1}, {"seed": 2})}
    assert len(different) == 3


# ------------------------------------------------------------------------------- what it shows


def test_text_loses_its_words():
    report = run(order=2, generations=12)
    assert np.all(np.diff(report.vocabulary) <= 0)
    assert report.half_gone is not None
    assert report.vocabulary[report.half_gone] <= report.vocabulary[0] / 2
    assert report.vocabulary[report.half_gone - 1] > report.vocabulary[0] / 2
    assert report.entropy[-1] < report.entropy[0]
    assert report.real_perplexity[-1] > report.real_perplexity[1]


def test_real_text_alone_does_not_collapse():
    kept, lost = run(policy="real_share", real_share=1.0, generations=20), run(generations=20)
    training = [np.count_nonzero(step.training_counts) for step in kept.steps[1:]]
    assert min(training) > 0.85 * max(training)
    assert kept.vocabulary[-5:].mean() > 0.85 * kept.vocabulary[1:6].mean()
    # The same comparison finds a loop without real text.
    assert lost.vocabulary[-5:].mean() < 0.6 * lost.vocabulary[1:6].mean()


@pytest.mark.parametrize("order", [1, 3])
def test_to_keep_all_earlier_text_beats_to_replace_it(order):
    gains = []
    for seed in seeds(4):
        changes = {"order": order, "seed": seed, "sample_size": 600, "generations": 8}
        kept, lost = run(policy="accumulate", **changes), run(**changes)
        gains.append(
            (
                kept.vocabulary[-1] - lost.vocabulary[-1],
                lost.real_perplexity[-1] - kept.real_perplexity[-1],
            )
        )
    assert np.min(gains) > 0


def test_the_law_is_given_only_where_it_holds():
    assert Language(order=1).has_law
    assert Language(order=1, policy="real_sentences", real_sentences=0).has_law
    changes = (
        {"order": 2},
        {"order": 1, "temperature": 0.8},
        {"order": 1, "top_p": 0.9},
        {"order": 1, "real_sentences": 1},
        {"order": 1, "policy": "accumulate"},
    )
    for change in changes:
        assert not Language(**change).has_law
    report = run(order=2, generations=1)
    assert report.law is None
    assert report.guide is not None
    for change in ({}, {"order": 4}, {"policy": "same_sentences"}):
        assert Language(**change).has_guide, change
    for change in (*changes[1:], {"unit": "letters"}, {"smoothing": "backoff"}, {"top_p": 0.9}):
        assert not Language(**change).has_guide, change


def guide_gap(**changes):
    """Return the largest relative distance of the average vocabulary from the law of order 1."""
    left, law = [], []
    for seed in seeds(6):
        asked = Language(seed=seed, order=3, generations=10, **changes)
        report = report_language(asked, asked.run())
        left.append(report.vocabulary)
        law.append(replace(asked, temperature=1.0).guide(report.steps[0]).mean)
    return np.abs(np.mean(left, axis=0) / np.mean(law, axis=0) - 1.0).max()


def test_the_law_of_order_one_is_a_fair_guide():
    assert guide_gap() < 0.08
    assert guide_gap(temperature=0.8) > 0.3


def test_the_law_is_computed_once():
    experiment = Language(order=1)
    start = experiment.start()
    assert experiment.law(start) is Language(order=1).law(start)
    assert Language(order=2).guide(start) is experiment.law(start)


def law_gaps(**changes):
    """Return how far the last vocabulary is from the law, in standard errors over runs."""
    gaps = []
    for seed in seeds(25):
        experiment = Language(order=1, sample_size=400, generations=5, seed=seed, **changes)
        steps = experiment.run()
        pure = replace(experiment, policy="replace", temperature=1.0)
        law = pure.law(steps[0])
        gaps.append(np.count_nonzero(steps[-1].counts) - law.mean[-1])
    return abs(np.mean(gaps)) / (np.std(gaps, ddof=1) / 5.0)


def test_order_one_follows_the_law():
    assert law_gaps() < LIMIT


def test_other_loops_do_not_follow_the_law():
    assert law_gaps(temperature=0.9) > LIMIT
    assert law_gaps(policy="real_sentences", real_sentences=5) > LIMIT


def test_lost_words_are_gone_and_only_real_text_brings_words_back():
    pure = run(generations=8)
    assert all(pure.returned(number) == [] for number in range(9))
    assert pure.lost(0) == []
    lost = set(pure.lost(3))
    assert lost
    later = pure.sentences(5, most=10_000)
    assert not lost & {word.text for sentence in later for word in sentence}
    mixed = run(real_sentences=10, generations=8)
    assert any(mixed.returned(number) for number in range(2, 9))


def test_marks_of_words():
    report = run(order=2, smoothing="interpolation", generations=4)
    sentences = report.sentences(4, most=10_000)
    words = [word for sentence in sentences for word in sentence]
    assert len(words) == 1000
    last = {word.text for word in words if word.mark == "last"}
    rare = {word.text for word in words if word.mark in ("rare", "last")}
    assert last == set(report.survivors(4, most=2))
    assert rare == set(report.survivors(4))
    new = sum(word.mark == "new" for word in words)
    assert 0 < new <= np.count_nonzero(report.steps[4].new)
    assert {word.mark for sentence in report.sentences(0) for word in sentence} == {""}
    assert len(report.sentences(1, most=3)) == 3
    cut = [word for sentence in report.sentences(4, most=10_000, longest=37) for word in sentence]
    assert cut == words[:37]


def test_a_word_is_followed():
    report = run(order=2, generations=4)
    vocabulary = report.experiment.source().vocabulary
    for word in ("wenna", "averil"):
        token = vocabulary.index(word)
        counts = [step.counts[token] for step in report.steps]
        assert report.followed(word).tolist() == counts
    assert report.followed("xyzzy").tolist() == [0] * 5
    assert report.real_count("averil") == 1
    assert report.real_count("xyzzy") == 0


@pytest.mark.parametrize("unit", ["words", "letters"])
def test_words_to_follow(unit):
    for source in (story(unit), language_reference(unit), own_text("Same. " * 60, unit)):
        counts = np.bincount(flat_tokens(source.training)[0], minlength=len(source.vocabulary))
        words = words_to_follow(source)
        assert 1 <= len(words) == len(set(words)) <= MOST_WORDS_TO_FOLLOW
        number = [counts[source.vocabulary.index(word)] for word in words]
        assert number == sorted(number)
        assert number[0] > 0
    assert words_to_follow(story())[:2] == ("averil", "petronel")


def test_letters_are_written_without_a_mark_for_the_end():
    report = run(unit="letters", order=4, generations=2)
    sentence = report.sentences(1, most=1)[0]
    assert sentence[-1].text == ""
    assert "".join(word.text for word in sentence).strip()


def test_a_report_can_be_made_before_the_first_model():
    experiment = Language(order=1)
    report = report_language(experiment, [experiment.start()])
    assert report.generations.tolist() == [0]
    assert np.isnan(report.text_perplexity).all()
    assert report.law.mean.size == experiment.generations + 1
    assert report.half_gone is None


def test_real_text_stands_where_no_model_has_written():
    report = run(generations=1)
    assert report.text_perplexity[0] == report.real_perplexity[1]
    assert math.isnan(report.real_perplexity[0])
    assert math.isnan(report.new_share[0])


# ------------------------------------------------------------------------------------ bad input


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"corpus": "bible"}, "corpus='bible'.*story"),
        ({"policy": "hope"}, "policy='hope'.*replace"),
        ({"smoothing": "magic"}, "smoothing='magic'"),
        ({"unit": "bytes"}, "unit='bytes'"),
        ({"order": 5}, "order=5 "),
        ({"sample_size": 100}, "sample_size=100 "),
        ({"generations": 0}, "generations=0 "),
        ({"real_share": 1.2}, r"real_share=1\.2 "),
        ({"corpus": "own"}, "text is empty"),
        ({"corpus": "own", "text": "word"}, "1 word"),
    ],
)
def test_bad_values_are_named(changes, message):
    with pytest.raises(ValueError, match=message):
        Language(**changes)
