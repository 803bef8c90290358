"""The page on early warning: the monitor's answer is guessed, told, hidden in a game, and yours."""

import numpy as np
import pytest
from checked_figures import LOOK, check_frames, validated
from opened import clocks, entry_named, open_page, said, told_of_guess

from collapse_core.data.own_generations import OwnGenerations, read_generations
from collapse_core.drift import frechet_distance, monitor
from collapse_core.drift.calibration import recorded
from collapse_core.lessons.lesson import read_lesson
from collapse_core.topics.early_warning.calibration import calibration_table
from collapse_core.topics.early_warning.changed_rows import changed_rows
from collapse_core.topics.early_warning.example import example_table
from collapse_core.topics.early_warning.figure import early_warning_figure
from collapse_core.topics.early_warning.game import (
    HIDDEN,
    KINDS,
    HiddenHistories,
    game_table,
    hidden_figure,
    scores,
)
from collapse_core.topics.early_warning.guess import early_warning_prediction
from collapse_core.topics.early_warning.histories import History, make_history
from collapse_core.topics.early_warning.notebook import FIVE_LINES
from collapse_core.topics.early_warning.own_history import own_history
from collapse_core.topics.early_warning.question import WatchedHistory
from collapse_core.topics.early_warning.sentences import EarlyWarningSentences
from collapse_core.topics.early_warning.watched import (
    Watched,
    monitoring_of,
    report_history,
    to_csv,
    watched,
)

ENTRY = entry_named("early_warning")
LESSON = read_lesson("early_warning")
MORE = {"more_precisely": True, "why": True}
SMALL = {"generations": 5, "sample_size": 100}


def found_in(history):
    """Watch a history to its end."""
    work = monitoring_of(history)
    steps = [work.start()]
    while len(steps) <= work.total:
        steps.append(work.after(steps))
    return watched(history, work, steps)


@pytest.fixture(scope="module")
def small():
    return report_history(WatchedHistory(**SMALL))


@pytest.fixture(scope="module")
def labelled():
    rng = np.random.default_rng(1)
    rows = [rng.normal(size=(80, 3)) * 0.6**t for t in range(4)]
    labels = tuple(np.array(["cat", "dog"])[(rng.random(80) < 0.5 * 0.3**t) * 1] for t in range(4))
    return found_in(History(tuple(rows), labels=labels, numbers=(0, 1, 2, 5)))


def test_the_page_says_what_the_monitor_says_of_the_same_rows(small):
    asked = WatchedHistory(**SMALL)
    history = make_history(asked)
    report = monitor(history.generations, None, asked.seed, asked.false_alarm)
    assert report.alarm == small.report.alarm
    assert report.cumulative == small.report.cumulative
    first, last = (history.generations[t] for t in (0, -1))
    ends = [(rows.mean(axis=0), np.cov(rows.T, bias=True)) for rows in (first, last)]
    assert report.cumulative[-1] == pytest.approx(frechet_distance(*ends[0], *ends[1]), rel=0.05)


def test_presets_show_what_they_say():
    values = {preset.name: preset.values for preset in LESSON.presets}
    found = {name: report_history(WatchedHistory(**values[name])).report for name in values}
    assert found["It crept up"].direction == "contracting"
    assert found["It crept up"].alarm == 8
    assert found["Too short a watch"].alarm is None
    assert found["Kept alive"].alarm is None
    assert found["Nothing happens"].alarm is None
    assert found["The world moves"].direction == "moving"
    assert found["The world moves"].alarm is not None
    assert found["The world moves"].collapse is None
    assert found["And the cure"].alarm is None
    assert found["And the cure"].world_moved is not None
    assert found["Digits"].direction == "contracting"
    assert found["It grows"].direction == "expanding"


def test_the_answer_is_not_told_before_the_guess():
    at = open_page(ENTRY)
    captions = clocks(at)["early_warning"]["captions"]
    assert all("appears after your guess" in text for text in captions[1:])
    assert "larm" not in " ".join(captions[:1])
    assert "collapse" not in said(at).split("these views tell the answer")[0].lower()


def test_a_guess_is_set_beside_the_alarm(small):
    last = SMALL["generations"]
    told = told_of_guess(open_page(ENTRY, {"guess": "17"}))["text"]
    assert told.startswith("You said **never**; the alarm is at generation **8**.")
    asked = early_warning_prediction(LESSON, small)
    alarm = small.report.alarm
    truth = last + 1 if alarm is None else alarm
    assert "Exactly." in asked.reveal([float(truth)])
    assert asked.place.start != [float(truth)]
    assert ("no alarm" in asked.reveal([0.0])) == (alarm is None)


@pytest.mark.parametrize("alarm", [None, 1, 3, 8, 16])
def test_the_point_never_begins_on_the_answer(alarm, small, monkeypatch):
    monkeypatch.setattr(type(small.report), "alarm", property(lambda self: alarm))
    place = early_warning_prediction(LESSON, small).place
    assert place.start != [alarm]
    assert place.low <= place.start[0] <= place.high


def test_the_page_says_plainly_what_an_alarm_is_not():
    at = open_page(ENTRY, SMALL, state=MORE)
    assert LESSON.words("calibration")["heading"] in [header.value for header in at.header]
    text = said(at)
    for claim in (
        "Drift is not collapse", "only sure cure", "signature of a dead chain",
        "this project's own reading",
    ):  # fmt: skip
        assert claim in text


def test_the_calibration_is_the_one_that_the_library_keeps():
    table = calibration_table(LESSON)
    words = LESSON.words("calibration")
    lines = list(zip(table[words["series"]], table[words["healthy"]], table[words["alarm"]],
                     strict=True))  # fmt: skip
    assert len(lines) >= 9
    for _, healthy, alarm in lines:
        share = 100.0 if alarm.startswith("all") else float(alarm.split(" %")[0])
        assert (share <= 10.0) == (healthy == "yes")
    assert "none of 200" in table[words["collapse"]]


def test_a_dead_chain_is_named_as_one():
    rows = np.random.default_rng(3).normal(size=(60, 2))
    dead = found_in(History((rows, 0.0 * rows, 0.0 * rows)))
    spoken = EarlyWarningSentences(LESSON, dead)
    assert "all rows are equal" in spoken.captions()[2]
    assert "sign of a dead chain" in spoken.captions()[2]
    assert any("A local drift of 0 is no good sign" in text for text in spoken.details(2))
    assert dead.widths().tolist() == [1.0, 0.0, 0.0]


def test_a_world_that_moves_is_told_by_a_reference_alone():
    asked = {"history": "moving_world", "generations": 10}
    assert report_history(WatchedHistory(**asked)).report.alarm is not None
    cured = report_history(WatchedHistory(**asked, reference=True)).report
    assert cured.alarm is None
    assert cured.world_moved is not None


def test_labels_and_numbers_of_generations_are_followed(labelled):
    spoken = EarlyWarningSentences(LESSON, labelled)
    assert "Generation 5" in spoken.captions()[-1]
    columns = spoken.columns()
    assert np.isfinite(columns[LESSON.words("columns")["entropy"]]).all()
    assert "label" in spoken.rows_table(2)


def test_rows_that_changed_most_are_those_far_out(labelled):
    rows = changed_rows(labelled, 3, 5)
    lost = [row for row in rows if row.kind == "lost"]
    assert [row.times for row in lost] == sorted((row.times for row in lost), reverse=True)
    real = labelled.history.generations[0]
    far = np.linalg.norm(real[[row.row - 1 for row in lost]], axis=1)
    assert far.min() > np.median(np.linalg.norm(real, axis=1))
    assert all(row.label in ("cat", "dog") for row in rows)


# ------------------------------------------------------------------------------ the game


@pytest.mark.parametrize("number", range(1, 6))
def test_two_or_three_of_six_collapse(number):
    hidden = HiddenHistories(number)
    assert len(hidden.kinds) == HIDDEN
    assert 2 <= sum(hidden.truth) <= 3
    assert set(hidden.kinds) >= {kind for kind, (_, _, truth) in KINDS.items() if not truth}
    assert scores(hidden, hidden.truth) == HIDDEN
    assert scores(hidden, [not truth for truth in hidden.truth]) == 0


def test_the_game_tells_nothing_before_the_answer(monkeypatch):
    monkeypatch.setattr(
        HiddenHistories, "after", lambda self, done, report=None: self.truth[len(done) - 1]
    )
    at = open_page(ENTRY, {**SMALL, "view": "game"})
    words = LESSON.words("game")
    assert not at.success
    assert not [each for each in KINDS if words[each] in said(at)]
    assert set(clocks(at)["early_warning_game"]["captions"]) == {words["moving"]}
    assert "none is marked" in said(at)
    for place in (0, 1, 1):
        at.button(key=f"early_warning/mark/{place}").click().run()
    assert "these collapse: **A**" in said(at)
    at.button(key="early_warning/answer").click().run()
    assert not at.exception
    right = scores(HiddenHistories(1), [True] + [False] * 5)
    assert f"You have **{right}** of 6 right, the monitor **6**." in at.success[0].value
    at.button(key="early_warning/another").click().run()
    assert not at.success


def test_the_monitor_answers_like_the_report():
    hidden = HiddenHistories(2)
    answer = hidden.after([None])
    assert answer == (report_history(hidden.asked(0)).report.direction == "contracting")
    table = game_table(LESSON, hidden, hidden.truth, [not truth for truth in hidden.truth])
    words = LESSON.words("game")
    assert all("✓" in cell for cell in table[words["yours"]])
    assert all("✗" in cell for cell in table[words["monitors"]])


# ------------------------------------------------------------------------------ own data


def test_the_example_is_read_by_the_page_and_alarms():
    own = read_generations([("example.csv", example_table().encode())], 8)
    assert own.notes == ()
    history = own_history(LESSON, own, None)
    assert np.allclose(
        history.generations[3],
        make_history(WatchedHistory(sample_size=100, generations=8)).generations[3],
        atol=1e-4,
    )
    assert found_in(history).report.alarm is not None


def test_real_rows_are_one_set_or_as_many_as_generations():
    rows = [np.random.default_rng(t).normal(size=(60, 2)) for t in range(3)]
    own, one = OwnGenerations(tuple(rows)), OwnGenerations((rows[0],))
    assert len(own_history(LESSON, own, one).references) == 3
    with pytest.raises(ValueError, match="2 generations of real rows were given for 3"):
        own_history(LESSON, own, OwnGenerations(tuple(rows[:2])))


def test_the_five_lines_run(tmp_path, monkeypatch, capsys, small):
    monkeypatch.chdir(tmp_path)
    exec(FIVE_LINES, {"generations": small.history.generations})
    assert "Each of 5 looks" in capsys.readouterr().out
    assert "<script src" not in (tmp_path / "report.html").read_text(encoding="utf-8")
    assert len(FIVE_LINES.strip().splitlines()) == 5


# ------------------------------------------------------------------------------ the picture


@LOOK
def test_pictures_are_valid(look, small, labelled):
    place = early_warning_prediction(LESSON, small).place
    for figure in (
        early_warning_figure(small, look=look, guess=place, alt="Rows."),
        early_warning_figure(small, look=look, guess=place, hidden="Guess.", alt="Rows."),
        early_warning_figure(labelled, look=look, alt="Rows."),
        hidden_figure(HiddenHistories(1).histories(), look=look, alt="Six clouds."),
    ):
        check_frames(figure)
        validated(figure)


def test_a_history_is_drawn_while_the_monitor_still_looks(small):
    steps = small.report.steps[:2]
    early = watched(small.history, monitoring_of(small.history), steps)
    assert isinstance(early, Watched)
    assert (early.last, early.total) == (1, 5)
    check_frames(early_warning_figure(early, alt="Rows."))
    assert len(EarlyWarningSentences(LESSON, early).captions()) == 2


def test_a_history_is_told_before_the_monitor_has_looked_at_all(small):
    early = watched(small.history, monitoring_of(small.history), small.report.steps[:1])
    spoken = EarlyWarningSentences(LESSON, early)
    assert early.last == 0
    assert spoken.details(0)[0] == "No alarm up to generation 0."
    check_frames(early_warning_figure(early, alt=spoken.alt()))


def test_the_table_for_others_names_the_settings(small):
    lines = to_csv(WatchedHistory(**SMALL), small).splitlines()
    assert "# history: gaussian" in lines
    assert "# sample_size: 100" in lines


def test_the_width_is_the_geometric_mean_over_the_axes(small):
    first, *later = (np.cov(rows.T, ddof=0) for rows in small.history.generations)
    widths, axes = small.widths(), len(first)
    assert widths[0] == 1.0
    for found, covariance in zip(widths[1:], later, strict=True):
        ratio = np.linalg.det(covariance) / np.linalg.det(first)
        assert found == pytest.approx(ratio ** (1.0 / (2.0 * axes)), rel=1e-6)
        assert found != pytest.approx(ratio ** (1.0 / axes), rel=0.01), "a width, no variance"


def test_shares_of_the_calibration_have_the_error_of_a_share():
    for each in recorded()["scenarios"].values():
        for name in ("alarm", "collapse"):
            share, count = each[name], each["series"]
            assert share * count == pytest.approx(round(share * count), abs=1e-6), "counted"
            error = np.sqrt(share * (1.0 - share) / count)
            assert each[f"{name}_error"] == pytest.approx(error, abs=6e-4)
