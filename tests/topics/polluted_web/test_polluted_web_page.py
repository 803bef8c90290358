"""The page on the polluted web: what it says, what it hides, and what a count stands for."""

import re

import numpy as np
import pytest
from checked_figures import LOOK, check_frames, validated
from opened import clocks, entry_named, open_page, said, told_of_guess

from collapse_core.figures.look import LIGHT
from collapse_core.lessons.lesson import read_lesson
from collapse_core.topics.polluted_web.composition_panel import bands_of
from collapse_core.topics.polluted_web.crawlers import CRAWLERS, crawler_rows
from collapse_core.topics.polluted_web.figure import polluted_web_figure
from collapse_core.topics.polluted_web.published import COUNTS, OTHERS, DetectorCount
from collapse_core.topics.polluted_web.question import PollutedWeb
from collapse_core.topics.polluted_web.report import report_web, to_csv, yearly
from collapse_core.topics.polluted_web.sentences import PollutedWebSentences
from collapse_core.topics.polluted_web.share_figure import share_today_figure
from collapse_core.topics.polluted_web.view_words import (
    crawler_table,
    published_lines,
    today_words,
)

ENTRY = entry_named("polluted_web")
LESSON = read_lesson("polluted_web")
MORE = {"more_precisely": True}
SMALL = {"generations": 6, "runs": 40}
CONTENTS = ("minority", "zipf", "normal")


def report_of(preset):
    values = next(item.values for item in LESSON.presets if item.name == preset)
    return report_web(PollutedWeb(**values))


def left(preset):
    """Return what is known of the diversity in the last year of a preset."""
    return float(report_of(preset).law.diversity[-1])


# ----------------------------------------------------------------------------- what is claimed


def test_presets_do_what_their_comments_say():
    nothing = left("No filter")
    assert nothing < left("A detector") < left("Honest labels")
    assert left("Strict") < 0.01
    assert abs(left("Lying labels") - nothing) < 0.02
    assert left("Only the new") < nothing < 0.9 < left("Keep everything") < left("A reserve")
    assert report_of("Strict").known.sizes[-1] == 1
    assert report_of("Honest labels").known.kept[:, 1:].sum() == 0.0
    everything = report_of("Keep everything")
    assert everything.known.contamination[-1] > 0.95


def test_a_small_reserve_does_harm_where_the_web_averages():
    worth = report_of("A reserve too small").worth
    assert worth.reserve == 5
    assert worth.expected[-1] < -0.02
    assert report_of("A reserve").worth.expected[-1] > 0.2


def test_bias_amplification_costs_more_than_half_of_the_minority():
    report = report_of("Bias amplification")
    assert not report.law.exact
    assert report.law.group[-1] < 0.05
    assert report.runs.group[:, -1].mean() < 0.05


def test_a_crawled_test_set_finds_less_than_there_is():
    curves = yearly(report_of("No filter"))
    assert curves["measured_known"][-1] < 0.25 * curves["true_known"][-1]
    assert curves["measured_known"][-1] < curves["measured_known"][1]


def test_a_better_detector_buys_years():
    years = []
    for found in (0.0, 0.9, 0.99):
        law = report_web(PollutedWeb(true_positive=found, generations=60)).law
        years.append(int(np.argmax(law.diversity < 0.8)) or 99)
    assert years[0] < years[1] < years[2]


# ----------------------------------------------------------------------------- the page


def test_the_answer_is_not_told_before_the_guess():
    captions = clocks(open_page(ENTRY))["polluted_web"]["captions"]
    assert all("appears after your guess" in text for text in captions[1:])
    told = told_of_guess(open_page(ENTRY, {"guess": "0.2"}))["text"]
    assert "**64.7 %** of the diversity is left on average (exact)" in told
    assert "More than you thought" in told


def test_the_captions_set_the_runs_beside_the_exact_average():
    captions = clocks(open_page(ENTRY, {"seed": "2"}))["polluted_web"]["captions"]
    assert "exact: **64.7 %**" in captions[-1]
    sharpened = open_page(ENTRY, {"seed": "2", "temperature": "0.9"})
    assert "without noise it would be" in clocks(sharpened)["polluted_web"]["captions"][-1]
    assert "no exact average is known" in said(sharpened)


def test_runs_that_do_not_cross_are_told():
    words = said(open_page(ENTRY, {"seed": "2"}, state=MORE))
    assert re.search(r"\*\*\d+\*\* of 200 runs fall below 50 % for three years in a row", words)
    assert "may cross later" in words
    strict = {"refill": "false", "true_positive": "0.99", "false_positive": "0.6"}
    most = said(open_page(ENTRY, strict, state=MORE))
    assert re.search(r"middle half between year \d+ and \d+", most)
    assert "counted, not left out" in most
    assert "the last model learns from 1 item." in most
    none = said(open_page(ENTRY, {"reserve": "100", "line": "0.05"}, state=MORE))
    assert "nobody knows from these runs" in none


def test_the_page_says_that_nothing_is_a_forecast():
    words = said(open_page(ENTRY, {"seed": "2"}, state=MORE))
    assert words.count("forecast") >= 2
    assert "not checked by us" in words


def test_the_debate_has_two_sentences_and_its_source():
    words = said(open_page(ENTRY, {"view": "debate"}))
    assert "right to uncontaminated human-generated data" in words
    assert "JOLT" in words
    assert len(re.findall(r"[.!?](?:\s|$)", LESSON.text("debate", "text"))) == 2


def test_an_example_sets_the_rates_and_its_share_is_corrected():
    at = open_page(ENTRY, {"seed": "1"})
    assert "stands for **48.4 %**, 95 % interval 45.2 % to 51.7 %" in said(at)
    assert "One half lies inside the interval" in said(at)
    at.button(key="polluted_web/count/essays").click().run()
    assert not at.exception
    assert "With 61 % false positives" in said(at)
    assert "stands for **0 %**" in said(at)
    at.button(key="polluted_web/count/websites").click().run()
    assert "stands for **35 %**" in said(at)
    assert "below one half" in said(at)


def test_every_published_figure_has_a_date_and_a_source():
    lines = published_lines(LESSON).splitlines()
    assert len(lines) == len(COUNTS) + len(OTHERS)
    assert all(re.match(r"- \*\*.+\*\* \(.+\)\. .+", line) for line in lines)


def test_verdicts_on_a_count():
    def verdict(*count):
        return today_words(LESSON, DetectorCount(*count))[0]

    assert "above one half" in verdict(0.9, 0.01, 0.01, 5000)
    assert "no share can be" in verdict(0.01, 0.2, 0.0, 500)
    assert "No rate of false positives" in verdict(0.1, 0.0, 0.0, 500)


def test_crawlers_are_compared_on_one_web():
    rows = crawler_rows(PollutedWeb(runs=100))
    by_name = {row.name: row for row in rows}
    assert list(by_name) == list(CRAWLERS)
    assert by_name["detector"].training < by_name["plain"].training
    assert by_name["detector"].looked_at > 4 * by_name["plain"].looked_at
    assert by_name["large_reserve"].size == by_name["plain"].size + 50
    for row in rows:
        assert abs(row.kept - row.known) < 5.0 * row.error + 1e-9, row
    table = crawler_table(LESSON, rows)
    assert len({len(column) for column in table.values()}) == 1
    one = crawler_rows(PollutedWeb(runs=1, temperature=0.9, generations=3))
    assert not one[0].exact


# ----------------------------------------------------------------------------- the picture


@LOOK
@pytest.mark.parametrize("content", CONTENTS)
def test_pictures_are_valid(look, content):
    report = report_web(PollutedWeb(content=content, **SMALL))
    figure = polluted_web_figure(report, look=look, alt="A web.")
    check_frames(figure)
    validated(figure)


def test_the_areas_fill_the_whole_panel():
    report = report_web(PollutedWeb(**SMALL))
    traces = polluted_web_figure(report, look=LIGHT).traces
    areas = [trace for trace in traces if "fillpattern" in trace]
    assert len(areas) == 4
    assert len({area["fillpattern"]["shape"] for area in areas}) == 4, "not by colour alone"
    top = np.array(areas[-1]["y"][: SMALL["generations"] + 1])
    np.testing.assert_allclose(top, 1.0, atol=2e-3)


@pytest.mark.parametrize("years", [1, 2, 3, 10, 40, 59, 60])
def test_every_model_is_in_one_band(years):
    models = [model for first, last in bands_of(years) for model in range(first, last + 1)]
    assert models == list(range(1, years + 1))


@LOOK
@pytest.mark.parametrize(
    "count", [*COUNTS.values(), DetectorCount(0.0, 0.9, 0.08, 50), DetectorCount(1.0, 0.0, 0.0, 50)]
)
def test_the_picture_of_a_share_is_valid(look, count):
    figure = share_today_figure(count, look=look, alt="A share.")
    validated(figure)
    low, high = figure.layout["yaxis"]["range"]
    assert low < 0.5 < high


def test_the_table_for_others_holds_every_year_and_setting():
    asked = PollutedWeb(**SMALL, content="normal")
    lines = to_csv(report_web(asked)).splitlines()
    assert "# content: normal" in lines
    assert lines[-1].startswith("6,")
    assert len(lines[-1].split(",")) == len(yearly(report_web(asked)))


@pytest.mark.parametrize("content", CONTENTS)
@pytest.mark.parametrize("more", [{}, {"temperature": 0.5}, {"labelled": 1.0, "human": 0.0}])
def test_every_setting_can_be_told(content, more):
    asked = PollutedWeb(content=content, **SMALL, **more)
    spoken = PollutedWebSentences(LESSON, asked, report_web(asked))
    assert len(spoken.captions()) == SMALL["generations"] + 1
    assert all(spoken.details(t) for t in (0, 3, 6))
    assert "nan" not in " ".join([*spoken.captions(), *spoken.details(6), spoken.alt()])


def test_a_single_run_can_be_told():
    asked = PollutedWeb(runs=1, generations=1)
    report = report_web(asked)
    spoken = PollutedWebSentences(LESSON, asked, report)
    assert "nan" not in " ".join(spoken.details(1))
    validated(polluted_web_figure(report, look=LIGHT))
