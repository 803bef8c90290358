"""Chains of a class on the pages that show their law: read, drawn, refused."""

import numpy as np
import pytest
from opened import entry_named, open_page, pictures

from collapse_core.lessons.language import speaking
from collapse_core.lessons.lesson import read_lesson
from collapse_core.models.base import no_report
from collapse_core.topics.class_chains import log_variances, parse_chains, spelled_chains
from collapse_core.topics.registry import topic_named

CHAINS = ((0.5, 0.25, 0.0), (0.75, 1.0))
LINK = {"sample_size": "4", "generations": "5", "runs": "20", "guess": "skip"}


def test_what_is_spelled_is_read_again():
    assert parse_chains(spelled_chains(CHAINS)) == CHAINS
    assert spelled_chains(((), (1 / 3,))) == "0.3333"


@pytest.mark.parametrize(
    "text",
    ["", "~", "0.5_", "0.5 0.5", "-1", "1001", "nan", "inf", "1e999", "0.5_<b>", "1" * 30_000,
     "~".join(["1"] * 61), "_".join(["1"] * 41)],
)  # fmt: skip
def test_what_is_no_chain_is_refused(text):
    with pytest.raises(ValueError, match=r"[Cc]hains"):
        parse_chains(text)


def test_spreads_become_logarithms_of_variances_and_none_has_none():
    first, second = log_variances(CHAINS)
    np.testing.assert_allclose(first[:3], [0.0, 2 * np.log(0.5), 2 * np.log(0.25)])
    assert np.isnan(first[3])
    assert second[2] == 0.0
    assert log_variances(None) == []


@pytest.mark.parametrize(
    ("page", "drawn"),
    [("two_colours", [0.5, 0.5, 0.25, 0.0]), ("bell_curve", [0.0, -1.386294, -2.772589, np.nan])],
)
def test_a_link_draws_them_over_the_law(page, drawn):
    entry = entry_named(page)
    with_them = (
        LINK
        | {"chains": spelled_chains(CHAINS)}
        | ({"share": "0.5"} if page == "two_colours" else {})
    )
    for link, count in ((LINK, 0), (with_them, 2)):
        traces = pictures(open_page(entry, link))[0]["traces"]
        found = [trace for trace in traces if trace.get("name") == "chains of a class"]
        assert len(found) == count
    values = [np.nan if value is None else value for value in found[0]["y"]]
    np.testing.assert_allclose(values, drawn, rtol=1e-5)


def test_a_link_that_cannot_be_read_is_told_and_the_page_goes_on():
    at = open_page(entry_named("two_colours"), LINK | {"chains": "0.5_<b>", "lang": "de"})
    assert not at.exception
    assert "nicht zu lesen" in at.error[0].value
    assert pictures(at)


@pytest.mark.parametrize("code", ["en", "de"])
@pytest.mark.parametrize(
    ("page", "asks", "ends"),
    [("two_colours", {"share": 0.5}, ("0 %", "100 %")), ("bell_curve", {}, ("0", "1"))],
)
def test_the_chains_are_told_and_stand_in_table_and_python(code, page, asks, ends):
    with speaking(code):
        topic, lesson = topic_named(page), read_lesson(page)
        experiment, view = topic.asks(sample_size=4, generations=5, runs=20, **asks), topic.view()
        found = topic.find(experiment, view, no_report)
        shown = topic.show(lesson, experiment, view, found, chains=CHAINS)
        without = topic.show(lesson, experiment, view, found)
        said = shown.draw().alt.removeprefix(without.draw().alt).replace("\xa0", " ")
        assert 0 < said.find(ends[0]) < said.find(ends[1])
        name = lesson.text("figure", "class_chains")
        assert sum(name in heading for heading in shown.table(2)) == len(CHAINS)
        assert not any(name in heading for heading in without.table(2))
        for one, count in ((shown, len(CHAINS)), (without, 0)):
            made = {}
            exec(one.python(2).replace("figure.playable(2).show()", ""), made)
            assert [trace.get("name") for trace in made["figure"].traces].count(name) == count
