"""Home: the loop runs once and ends in a computed sentence; where to start; the map."""

import importlib.util

import numpy as np
import pytest
from checked_figures import check_frames, validated
from opened import ENTRIES, HOME, ROOT, clocks, hands, open_page
from some_pages import some_always

from collapse_core import ClosedLoop, Replace, families
from collapse_core.figures.look import DARK, LIGHT
from collapse_core.lessons.lesson import read_lesson
from collapse_core.topics.home.figure import home_figure
from collapse_core.topics.home.sentences import captions
from ui.catalogue import EXPERIMENTS
from ui.topics.home.live import JARS, LOOP
from ui.topics.home.map import FOLDER, small_picture_of

LESSON = read_lesson("home")
LAW = LOOP.exact()


def by_hand(seed):
    """Return the jars' last counts, and how many have lost blue, without the app's own facts."""
    shares = LOOP.simulate(JARS, seed).mean
    return shares, int((shares[:, -1] == 0.0).sum())


@pytest.mark.parametrize("seed", [1, 5, 7, 23])
def test_the_last_sentence_is_computed(seed):
    shares, lost = by_hand(seed)
    said = captions(LESSON, LOOP.simulate(JARS, seed), LAW)
    assert len(said) == LOOP.generations + 1
    assert f"**{lost} of {JARS} jars lost blue** (exact: {100 * LAW.lost[-1]:.1f} %)" in said[-1]
    assert "exactly 10 %" in said[-1]
    assert said[-1].endswith("?"), "it leaves a question open"
    still = f"still has {round(100 * shares[0, -1])}"
    assert (still in said[-1]) == (0.0 < shares[0, -1] < 1.0)


def test_sampled_and_exact_loss_agree_and_a_wrong_chance_does_not():
    runs, exact = 4000, float(LAW.lost[-1])
    sampled = float(LOOP.simulate(runs, 11).lost[:, -1].mean())
    error = np.sqrt(exact * (1.0 - exact) / runs)
    assert abs(sampled - exact) < 4.0 * error
    assert abs(sampled - (exact + 0.05)) > 4.0 * error


def test_a_jar_that_is_all_blue_is_told():
    loop = ClosedLoop(families.Bernoulli(0.9), Replace(), sample_size=10, generations=60)
    paths = loop.simulate(20, 1)
    assert paths.taken_over[0, -1]
    assert "all blue" in captions(LESSON, paths, loop.exact())[-1]


def test_the_picture_covers_what_is_still_to_come():
    moving = home_figure(LOOP.simulate(JARS, 7), LAW, look=DARK)
    validated(moving)
    check_frames(moving)
    curtain = next(
        number
        for number, trace in enumerate(moving.traces)
        if trace.get("fill") == "toself" and trace["fillcolor"] == DARK.background
    )
    for tick, frame in enumerate(moving.frames):
        x = frame.data[frame.traces.index(curtain)]["x"]
        assert (min(x), max(x) > LOOP.generations) == (tick, True)


def test_it_runs_by_itself_until_it_has_run():
    at = open_page(HOME)
    assert hands(at)["home_clock"]["autoplay"]
    assert hands(at)["home_clock"]["tick"] == 0
    first = clocks(at)["home_clock"]["captions"]
    at.session_state["home_clock_rests"] = LOOP.generations
    at.run()
    assert not hands(at)["home_clock"]["autoplay"]
    assert hands(at)["home_clock"]["tick"] == LOOP.generations
    at.button(key="another_jar").click().run()
    assert hands(at)["home_clock"]["autoplay"]
    assert hands(at)["home_clock"]["tick"] == 0
    assert clocks(at)["home_clock"]["captions"] != first


def test_start_here_and_a_path_that_was_left():
    labels = [link.value for link in open_page(HOME).main.page_link]
    assert labels[:2] == [
        "Start here: eight stops, 30 minutes",
        "The long way: 16 stops, 90 minutes",
    ]
    left = open_page(HOME, state={"path_left": {"path": "30", "stop": "3"}})
    assert left.main.page_link[0].value == "Go on: stop 3 of 8"


def test_embedded_it_is_the_loop_alone():
    at = open_page(HOME, context={"is_embedded": True})
    assert not at.exception
    assert not at.page_link
    assert clocks(at)


@pytest.mark.parametrize("entry", EXPERIMENTS, ids=lambda entry: entry.key)
def test_every_page_with_a_picture_has_a_small_one(entry):
    light, dark = (small_picture_of(entry.key, look) for look in (LIGHT, DARK))
    assert light, f"draw it: python assets/map/make_pictures.py {entry.key}"
    assert light.startswith("<svg")
    assert len(light) < 15_000, "home stays light"
    assert LIGHT.text.lower() not in dark
    if "<path" in light or "<circle" in light:  # what is drawn follows the look; photographs stay
        assert light != dark


def test_every_small_picture_has_a_page():
    assert {path.stem for path in FOLDER.glob("*.svg")} <= {entry.key for entry in ENTRIES}


@some_always(EXPERIMENTS)
def test_a_small_picture_is_what_the_page_shows(entry):
    """It is drawn anew by the page's own code; a machine may round a last digit differently."""
    path = ROOT / "assets" / "map" / "make_pictures.py"
    spec = importlib.util.spec_from_file_location("make_pictures", path)
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    drawn = maker.drawn(entry)
    kept = (FOLDER / f"{entry.key}.svg").read_text(encoding="utf-8").strip()
    assert shape_of(drawn) == shape_of(kept), f"python assets/map/make_pictures.py {entry.key}"


def shape_of(picture):
    """Return what a small picture is made of, without its places: names of parts and colours."""
    tags = [part.split()[0] for part in picture.split("<")[1:]]
    colours = [part.split('"')[0] for part in picture.split('="#')[1:]]
    return tags, colours
