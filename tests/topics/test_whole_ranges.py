"""Whatever a topic is asked, it shows pictures and sentences without a number that is none."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from topics.whole_ranges import anywhere, faults_of, pairs_of_ends

from collapse_core.lessons.language import languages
from collapse_core.topics.registry import all_topics

TOPICS = all_topics()
FAST = ("two_colours", "polluted_web", "mixer_squeeze")
each = pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.key)
quick = pytest.mark.parametrize(
    "topic", [topic for topic in TOPICS if topic.key in FAST], ids=lambda topic: topic.key
)


def several(examples):
    return settings(
        max_examples=examples,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate],  # slow work is not shrunk
    )


def check(topic, data, strategy):
    values = data.draw(strategy(topic))
    language = data.draw(st.sampled_from(languages()))
    try:
        faults = faults_of(topic, values, language)
    except ValueError as refusal:  # a text has only so many words to follow
        faults = [] if "is no word of this text: choose one of" in str(refusal) else [refusal]
    assert not faults, (topic.key, language, values, faults)


@quick
@several(2)
@given(data=st.data())
def test_a_few_settings_show_no_number_that_is_none(topic, data):
    check(topic, data, anywhere)


@pytest.mark.full
@each
@several(20)
@given(data=st.data())
def test_all_settings_show_no_number_that_is_none(topic, data):
    check(topic, data, anywhere)


@pytest.mark.full
@each
@several(20)
@given(data=st.data())
def test_pairs_of_ends_show_no_number_that_is_none(topic, data):
    check(topic, data, pairs_of_ends)
