"""The page on a network that listens to itself: loops, measures, sentences, the reader's image."""

import numpy as np
import pytest
from checked_figures import LOOK, check_frames, validated
from first_always import first_always
from opened import clocks, entry_named, open_page, said

from collapse_core.lessons.lesson import read_lesson
from collapse_core.measures.samples import frechet_distance, frechet_of_chance, moments_of
from collapse_core.models.regression_network import RegressionNetwork, fit_network
from collapse_core.topics.network.beside import beside_of
from collapse_core.topics.network.figure import network_figure
from collapse_core.topics.network.followed import follow_own
from collapse_core.topics.network.frozen import outline
from collapse_core.topics.network.question import STARTS, ListeningNetwork
from collapse_core.topics.network.report import both_sets, loses_first, regime_of, to_csv
from collapse_core.topics.network.steps import MEASURES

ENTRY = entry_named("network")
LESSON = read_lesson("network")
MORE = {"more_precisely": True}
LINEAR = {"model": "pca", "code": 8, "noise": 1.0}


@pytest.fixture(scope="module")
def runs():
    made = {}

    def of(**values):
        name = repr(values)
        if name not in made:
            made[name] = ListeningNetwork(**values).run()
        return made[name]

    return of


def preset(name):
    return next(item for item in LESSON.presets if item.name == name)


@pytest.mark.parametrize(
    ("name", "left", "kept"),
    first_always(
        [
            ("Two numbers", 16, 0.21),
            ("Photos", 6, 0.10),
            ("The start matters", 23, 0.59),
            ("Lively, but lost", 300, 0.33),
        ],
        1,
    ),
)
def test_comments_of_presets_are_true(runs, name, left, kept):
    step = runs(**preset(name).values)[50]
    # Another machine may add in another order: a few images more or less.
    assert STARTS * step.different == pytest.approx(left, abs=6)
    assert step.kept == pytest.approx(kept, abs=0.05)
    assert f"{100 * kept:.0f} %" in preset(name).comment


def asked_by(name, **changes):
    """Return the loop of a preset, and the one beside it or None."""
    values = dict(preset(name).values)
    beside = values.pop("beside", "alone")
    asked = ListeningNetwork(**values | changes)
    return asked, beside_of(asked, beside)


def test_what_the_presets_say_of_the_crowds(runs):
    lively, control = asked_by("The control")
    assert lively == asked_by("Lively, but lost")[0]
    assert control.noise == 0.0
    matters, lively, control = (
        runs(**each.changes())[50].apart
        for each in (asked_by("The start matters")[0], lively, control)
    )
    assert matters == pytest.approx(0.73, abs=0.08)
    assert lively < 0.25 < control < matters
    shares = [run[50].different for run in (runs(), runs(real=0.1))]
    assert shares[1] > 3 * shares[0]


@pytest.mark.full
@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_what_the_presets_say_of_other_seeds(seed):
    lively, control = (each.run() for each in asked_by("The control", seed=seed))
    assert lively[50].apart < control[50].apart
    assert 0.09 < lively[50].apart < 0.22
    assert 0.14 < control[50].apart < 0.37
    matters = asked_by("The start matters", seed=seed)[0].run()
    assert regime_of(matters).name == "stuck"
    assert 0.65 < matters[50].apart < 1.25
    translated = asked_by("Two translators", seed=seed)[0].run()
    assert 0.1 < translated[50].apart < 0.92
    assert regime_of(translated).name in {"resonance", "stuck", "wanders"}


def test_more_passes_do_not_change_the_first_ones(runs):
    again = ListeningNetwork(**LINEAR, generations=3, seed=1).run()
    for few, more in zip(again, runs(**LINEAR, generations=20, seed=1), strict=False):
        assert np.array_equal(few.rows, more.rows)


def test_real_images_are_laid_in_and_not_read_as_kept():
    steps = ListeningNetwork(**LINEAR, generations=2, real=0.5).run()
    assert steps[1].kept < 1.0
    assert steps[2].different == 1.0


def test_retraining_learns_from_its_own_images():
    steps = ListeningNetwork(**LINEAR, loop="retrained", generations=3).run()
    networks = [step.network for step in steps[1:]]
    assert len({id(network) for network in networks}) == 3
    assert len(steps[1].learned) == len(steps[3].learned) == 1000
    assert not np.array_equal(steps[1].learned, steps[2].learned)
    frozen = ListeningNetwork(**LINEAR, generations=3).run()
    assert frozen[1].network is frozen[3].network


def test_translators_go_there_and_back():
    asked = ListeningNetwork(model="translators", loop="retrained", generations=2)
    assert asked.is_frozen
    steps = asked.run()
    network = steps[1].network
    start = steps[0].rows
    assert np.abs(network.encode(start) - outline(start)).mean() < 0.1
    assert np.allclose(steps[1].rows, network.decode(network.encode(start)))


def test_outlines_are_steep_at_edges_only():
    square = np.zeros((8, 8))
    square[:, 4:] = 1.0
    drawn = outline(square.reshape(1, 64)).reshape(8, 8)
    assert drawn[:, 3:5].min() == 0.5
    assert drawn[:, :3].max() == drawn[:, 5:].max() == 0.0


def test_a_plain_network_learns_and_its_layers_can_be_used_alone():
    rows = np.random.default_rng(1).standard_normal((400, 3))
    network = fit_network(rows, rows @ [[1.0], [2.0], [0.0]], (20,), 1)
    made = network.apply(rows)
    assert np.square(made[:, 0] - rows @ [1.0, 2.0, 0.0]).mean() < 0.05
    assert np.allclose(network.apply(network.apply(rows, 0, 1), 1), made)
    assert isinstance(network, RegressionNetwork)
    with pytest.raises(ValueError, match="first=5"):
        network.apply(rows, 5)


def test_how_it_ends_is_named_by_the_shared_code(runs):
    assert regime_of(runs()[:4]) is None
    assert regime_of(runs(**preset("The start matters").values)).name == "stuck"
    assert regime_of(runs(**LINEAR, generations=20, seed=1)).name == "resonance"


def test_which_loses_first_has_intervals():
    asked = ListeningNetwork(**LINEAR)
    found = loses_first({name: each.run() for name, each in both_sets(asked, 4).items()})
    by_name = {row.measure: row for row in found}
    low, high = by_name["kept"].intervals["digits"]
    assert low < by_name["kept"].values["digits"] < high
    assert by_name["different"].first == "alike"


def test_an_image_of_your_own_goes_along(runs):
    steps = runs(**LINEAR, generations=20, seed=1)
    stops = follow_own(ListeningNetwork(**LINEAR), steps, np.linspace(0, 1, 64))
    assert [stop.number for stop in stops] == [0, 1, 2, 5, 10, 20]
    assert all(0.0 < stop.confidence <= 1.0 for stop in stops)


def test_sentences_tell_the_loop_and_the_measures():
    link = {"model": "pca", "code": "8", "noise": "1.0", "generations": "8"}
    at = open_page(ENTRY, {**link, "generation": "8"}, state=MORE)
    words = said(at)
    assert "One frozen map is iterated" in words
    assert "(exact on average:" in words
    assert "of 300 images still differ" in clocks(at)["network"]["captions"][-1]
    retrained = said(open_page(ENTRY, {**link, "loop": "retrained"}, state=MORE))
    assert "In each generation a new network learns" in retrained


def test_the_answer_is_not_told_before_the_guess(first_part_only):
    captions = clocks(open_page(ENTRY))["network"]["captions"]
    assert all("appears after your guess" in text for text in captions[1:])


@LOOK
def test_pictures_are_valid(look, runs):
    asked = ListeningNetwork(**LINEAR, generations=20)
    figure = network_figure(asked, runs(**LINEAR, generations=20, seed=1), look=look, alt="Images.")
    check_frames(figure)
    validated(figure)
    exact = [trace for trace in figure.traces if trace.get("name") == "exact"]
    assert len(exact) == 2, "over the spread and over the codes"


def test_the_table_for_others_has_every_measure(runs):
    asked = ListeningNetwork(**LINEAR)
    text = to_csv(asked, runs(**LINEAR, generations=20, seed=1))
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert lines[0].split(",") == ["generation", *MEASURES]
    assert len(lines) == 22


def test_the_distance_of_the_crowds_and_what_is_remembered_of_it(runs):
    steps = runs(**LINEAR, generations=20, seed=1)
    crowds = ListeningNetwork(**LINEAR, generations=20, seed=1).crowds()

    def beyond_chance(rows):
        one, other = (moments_of(rows[side]) for side in (~crowds, crowds))
        chance = frechet_of_chance(moments_of(rows), (~crowds).sum(), crowds.sum())
        return frechet_distance(one, other) - chance

    start = beyond_chance(steps[0].rows)
    for step in steps[1::6]:
        apart = beyond_chance(step.rows) / start
        assert step.apart == pytest.approx(max(0.0, apart), abs=1e-9)
    assert steps[1].apart > 0.0
    # The average of the last third, of the first: 21 steps, so seven.
    left = sum(step.apart for step in steps[-7:]) / 7.0
    assert regime_of(steps).remembered == pytest.approx(left)
    assert regime_of(steps).remembered < 0.5 < steps[0].apart == 1.0
