"""Sweeps: cells that do not depend on who computes them, and numbers that agree with the law."""

import json
import math
import random

import numpy as np
import pytest

from collapse_core import sweep
from collapse_core.sweeps import read_sweep, run
from collapse_core.sweeps.grid import grid_of
from collapse_core.sweeps.sentences import CHANCES
from collapse_core.sweeps.values import swept_settings, swept_topic, varied_values
from collapse_core.sweeps.work import Failure, work
from collapse_core.topics import swept
from collapse_core.topics.registry import all_topics

SMALL = {"anchors": "0:2", "sample_size": [10, 40]}
TOPICS = [topic.key for topic in all_topics() if topic.swept is not None]


def small(**more):
    return sweep("two_colours", SMALL, runs=60, generations=12, **more)


# ------------------------------------------------------------------------------- what is asked


@pytest.mark.parametrize(
    ("name", "given", "values"),
    [
        ("anchors", "0:3", (0, 1, 2, 3)),
        ("anchors", "0:20:5", (0, 5, 10, 15, 20)),
        ("anchors", "0:7:5", (0, 5)),
        ("anchors", "0:2,10,20:30:10", (0, 1, 2, 10, 20, 30)),
        ("sample_size", "10,100,1000", (10, 100, 1000)),
        ("sample_size", range(10, 31, 10), (10, 20, 30)),
        ("share", "0.1:0.13", (0.1, 0.11, 0.12, 0.13)),
        ("share", "0.1:0.5:0.1", (0.1, 0.2, 0.3, 0.4, 0.5)),
        ("policy", "anchors,prior", ("anchors", "prior")),
        ("fresh", "true,false", (True, False)),
        ("seed", "1:3", (1, 2, 3)),
        ("anchors", 4, (4,)),
    ],
)
def test_ranges_lists_and_names_are_read(name, given, values):
    assert varied_values(swept_topic("two_colours"), name, given) == values


@pytest.mark.parametrize(
    ("asked", "complaint"),
    [
        ({"vary": {}}, "name at least one setting, as in anchors=0:20"),
        ({"vary": {"anchor": "0:2"}}, "did you mean anchors?"),
        ({"vary": {"percentile": "0:50"}}, "is no setting of two_colours that a loop has"),
        ({"vary": {"runs": "10,20"}}, "give them once, as in --runs 10000"),
        ({"vary": {"anchors": "0:200"}}, "anchors=200 .* from 0 to 100"),
        ({"vary": {"anchors": "a:b"}}, "anchors='a' is not a number"),
        ({"vary": {"anchors": "5:1"}}, "ends before it begins: write 1:5"),
        ({"vary": {"anchors": "0:5:0"}}, "has the step '0': write a whole number above 0"),
        ({"vary": {"anchors": "0:5:nan"}}, "write a whole number above 0"),
        ({"vary": {"anchors": "0:5:1:1"}}, "is no range: write the first and the last value"),
        ({"vary": {"anchors": "1,2,1"}}, "anchors=1 stands twice"),
        ({"vary": {"anchors": ""}}, "anchors='' is not a number"),
        ({"vary": {"anchors": []}}, "anchors has no values"),
        ({"vary": {"policy": "none"}}, "policy='none' is not known: choose one of anchors"),
        ({"vary": {"anchors": [1]}, "anchors": 2}, "anchors is both varied and given"),
        ({"vary": {"sample_size": "10:1000000"}}, "has 999,991 values.* choose a larger step"),
        (
            {"vary": {"anchors": "0:100", "sample_size": "10:2000"}},
            "vary makes 201,091 cells, and a sweep has at most 100,000: take fewer values",
        ),
        ({"at": "5,101"}, "at=101 is beyond the last generation of a cell, 100"),
        ({"at": "soon"}, "at='soon' is out of range"),
        ({"at": ""}, "at='' is out of range"),
        ({"runs": 0}, "runs=0 is out of range"),
        ({"runs": 10**7, "at": range(100)}, r"would take up to 80\.5 GB.* at most 497,0\d\d runs"),
        ({"workers": 0}, "workers=0 is out of range"),
        ({"topic": "room"}, "page=room cannot be swept.*vanishing_tails"),
        ({"topic": "nowhere"}, "page='nowhere' is out of range"),
        ({"bogus": 1}, "'bogus' is no setting of two_colours"),
        ({"seed": -1}, "seed=-1 is out of range"),
    ],
)
def test_what_cannot_be_swept_is_said_before_anything_is_computed(asked, complaint, monkeypatch):
    monkeypatch.setattr(run, "finished", lambda *_: pytest.fail("something was computed"))
    asked = {"topic": "two_colours", "vary": {"anchors": [1]}, **asked}
    with pytest.raises(ValueError, match=complaint):
        sweep(asked.pop("topic"), asked.pop("vary"), **asked)


def test_generations_are_as_many_as_a_cell_has():
    cells = grid_of("two_colours", {"generations": [5, 20, 100]}, {}, 10, None).cells
    assert [cell.at for cell in cells] == [(5,), (10, 20), (10, 50, 100)]
    doubled = grid_of("two_colours", {"doubled": "false,true"}, {}, 10, "last").cells
    assert [cell.at for cell in doubled] == [(100,), (200,)]


# -------------------------------------------------------------------------- who computes, and when


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_of_the_cells_changes_nothing(monkeypatch, seed):
    before, inner = small().to_csv(), run.finished

    def shuffled(cells, *more):
        cells = list(cells)
        random.Random(seed).shuffle(cells)
        return inner(cells, *more)

    monkeypatch.setattr(run, "finished", shuffled)
    assert small().to_csv() == before


def test_a_cell_is_what_the_page_of_its_settings_runs():
    found = small(at="12")
    experiment = grid_of("two_colours", SMALL, {"generations": 12}, 60, None).cells[-1].experiment()
    paths = experiment.loop().simulate(60, experiment.seed)
    rows = dict(zip(found.columns["measure"], found.columns["average"], strict=True))
    assert rows["mean"] == paths.mean[:, 12].mean()
    assert rows["lost"] == paths.lost[:, 12].mean()


def test_finished_cells_are_not_computed_again(tmp_path):
    journal = tmp_path / "s.cells.jsonl"
    whole = small(journal=journal)
    assert whole.computed == 6
    lines = journal.read_bytes().splitlines(keepends=True)
    # Three are whole, the fourth was cut off when it was written, one line is of something else.
    journal.write_bytes(b"".join([*lines[:2], b'{"cell": 3}\n', lines[2], lines[3][:-40]]))
    again = small(journal=journal)
    assert (again.computed, again.to_csv()) == (3, whole.to_csv())
    assert small(journal=journal).computed == 0
    assert all(json.loads(line) for line in journal.read_text().splitlines() if "}}" in line)


def test_cells_that_are_one_and_the_same_are_computed_once():
    found = sweep("vanishing_tails", {"percentile": [10, 50, 90]}, runs=5, generations=2, at="last")
    assert found.computed == 1
    assert len(set(found.columns["percentile"])) == 3
    averages = list(zip(found.columns["percentile"], found.columns["average"], strict=True))
    assert len({average for _, average in averages}) == len(averages) / 3


def test_a_hundred_thousand_values_are_read_at_once():
    assert len(varied_values(swept_topic("two_colours"), "seed", "0:99999")) == 100_000


@pytest.mark.parametrize(
    "other", [{"seed": 2}, {"share": 0.2}, {"at": "11"}, {"runs": 61}, {"vary": {"anchors": [3]}}]
)
def test_what_was_computed_otherwise_is_computed_again(tmp_path, other):
    asked = {"vary": SMALL, "runs": 60, "generations": 12, **other}
    journal = tmp_path / "s.cells.jsonl"
    small(journal=journal)
    found = sweep("two_colours", asked.pop("vary"), journal=journal, **asked)
    assert found.computed == len(found.cells) > 0


def test_other_code_computes_again_and_is_refused_as_a_worker(tmp_path, monkeypatch):
    journal = tmp_path / "s.cells.jsonl"
    small(journal=journal)
    cell = grid_of("two_colours", SMALL, {}, 10, None).cells[0]
    outcome = work(cell, "1 of yesterday")
    assert isinstance(outcome, Failure)
    assert "install the same on both" in outcome.why
    monkeypatch.setattr(run, "version", lambda: "1 of yesterday")
    assert len(small(journal=journal).failed) == 0
    assert small(journal=journal).computed == 0


def test_a_failed_cell_is_named_and_the_others_live(tmp_path, monkeypatch):
    inner, journal = swept.FAMILY_SWEPT.measure, tmp_path / "s.cells.jsonl"

    def fails(loop, *more):
        if loop.sample_size == 40 and "count=1" in repr(loop.policy):
            raise ArithmeticError("no such luck")
        return inner(loop, *more)

    with monkeypatch.context() as patched:
        patched.setattr(type(swept.FAMILY_SWEPT), "__getattribute__", measured_by(fails))
        found = small(journal=journal)
    assert [str(one) for one in found.failed] == [
        "anchors=1, sample_size=40: ArithmeticError: no such luck"
    ]
    assert len(found.cells) == 5
    again = small(journal=journal)
    assert (again.computed, again.failed, len(again.cells)) == (1, (), 6)


def measured_by(function):
    def find(self, name):
        return function if name == "measure" else object.__getattribute__(self, name)

    return find


def test_it_is_told_how_far_it_is(tmp_path):
    heard = []
    small(journal=tmp_path / "s.cells.jsonl", told=heard.append)
    assert [standing.done for standing in heard] == list(range(7))
    assert math.isnan(heard[0].seconds_left)
    assert heard[-1].seconds_left == 0.0
    assert all(standing.seconds_left > 0.0 for standing in heard[1:-1])


# ------------------------------------------------------------------------------ runs and their law


def errors_apart(found, known):
    """Return how many standard errors each average is from what is known, where it has an error."""
    columns, runs = found.columns, found.settings["runs"]
    apart = {}
    for i, exact in enumerate(known):
        error = columns["standard_error"][i]
        if columns["measure"][i] in CHANCES:
            error = math.sqrt(max(exact * (1.0 - exact), 0.0) / runs) if exact == exact else 0.0
        if exact == exact and error > 1e-12:
            place = (*found.cells[0], columns["measure"][i], columns["generation"][i], i)
            apart[place] = (columns["average"][i] - exact) / error
    return apart


ASKED = {
    "two_colours": ({"anchors": "0,1,5", "sample_size": "10,50"}, {"generations": 20}),
    "vanishing_tails": ({"sample_size": "20,60"}, {"generations": 8, "kinds": 30}),
    "bell_curve": ({"sample_size": "20,60", "anchors": "0,2"}, {"generations": 8}),
    "exponential_families": (
        {"family": "exponential,poisson,binomial,gaussian"},
        {"generations": 6, "sample_size": 100},
    ),
    "one_real_point": ({"family": "bernoulli,poisson"}, {"generations": 10}),
}


def test_every_topic_with_a_law_is_asked():
    assert set(ASKED) == set(TOPICS)


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("topic", TOPICS)
def test_runs_agree_with_the_exact_law(topic, seed):
    vary, settings = ASKED[topic]
    found = sweep(topic, vary, runs=1000, at="3,last", seed=seed, **settings)
    apart = errors_apart(found, found.columns["exact"])
    assert len(apart) >= 2 * len(found.cells)
    assert {place: errors for place, errors in apart.items() if abs(errors) > 4.0} == {}


def test_the_law_of_another_cell_is_told_from_it():
    vary, settings = ASKED["two_colours"]
    found = sweep("two_colours", vary, runs=1000, at="3,last", **settings)
    shifted = np.roll(found.columns["exact"], len(found.columns["exact"]) // 2).tolist()
    apart = errors_apart(found, shifted)
    assert max(map(abs, apart.values())) > 8.0


def test_what_is_not_exact_stands_in_a_column_of_its_own():
    found = sweep("vanishing_tails", {"sample_size": [100_000]}, runs=2, at="1", generations=200)
    rows = dict(zip(found.columns["measure"], range(99), strict=False))
    kinds = rows["kinds_left"]
    assert math.isnan(found.columns["exact"][kinds])
    assert math.isfinite(found.columns["approximation"][kinds])


# ---------------------------------------------------------------------------------------- the table


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_a_table_is_read_as_it_was_written(tmp_path, ending):
    if ending == "parquet":
        pytest.importorskip("pyarrow")
    vary = {"fresh": "true,false", "policy": "anchors,prior", "share": [0.1, 0.25]}
    found = sweep("two_colours", vary, runs=20, at="0,3", generations=3)
    path = tmp_path / f"s.{ending}"
    found.write(path)
    read = read_sweep(path)
    assert read.to_csv() == found.to_csv()
    assert (read.cells, read.measures, read.vary) == (found.cells, found.measures, found.vary)
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_what_is_no_table_of_a_sweep_is_refused(tmp_path):
    for name, content in (("a.csv", "x,y\n1,2\n"), ("b.csv", ""), ("c.csv", "# vary: {\n")):
        (tmp_path / name).write_text(content)
        with pytest.raises(ValueError, match="is no table of a sweep"):
            read_sweep(tmp_path / name)
    with pytest.raises(ValueError, match=r"ending='\.txt'"):
        read_sweep(tmp_path / "a.txt")


def test_settings_of_how_runs_are_looked_at_are_not_swept():
    assert "picture" not in swept_settings(swept_topic("bell_curve"))
    assert "start" in swept_settings(swept_topic("vanishing_tails"))
    names = sweep("vanishing_tails", {"start": "letters,zipf"}, runs=5, at="1", kinds=50)
    kinds = [v for v, m in zip(names.columns["exact"], names.columns["measure"], strict=True)]
    assert len(names.cells) == 2
    assert len(set(kinds)) > 2
