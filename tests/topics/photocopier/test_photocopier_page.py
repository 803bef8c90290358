"""The page on a photocopier: presets, sentences, fixed points, a picture of the reader's own."""

import base64
import io

import numpy as np
import pytest
from checked_figures import LOOK, check_frames, validated
from opened import charts, clocks, entry_named, hands, open_page, said, told_of_guess
from PIL import Image

from collapse_core.echoes.pictures import OwnPicture
from collapse_core.lessons.lesson import read_lesson
from collapse_core.topics.photocopier.figure import photocopier_figure
from collapse_core.topics.photocopier.guess import photocopier_prediction
from collapse_core.topics.photocopier.question import CopiedPicture
from collapse_core.topics.photocopier.report import report_copies, to_csv
from collapse_core.topics.photocopier.sentences import PhotocopierSentences

ENTRY = entry_named("photocopier")
LESSON = read_lesson("photocopier")
MORE = {"more_precisely": True}


@pytest.fixture(scope="module")
def reports():
    made = {}

    def of(name):
        if name not in made:
            values = next(item for item in LESSON.presets if item.name == name).values
            made[name] = report_copies(CopiedPicture(**values))
        return made[name]

    return of


def comment(name):
    return next(item for item in LESSON.presets if item.name == name).comment


@pytest.mark.parametrize(
    ("name", "settled", "cycle", "away"),
    [
        ("Saved again", 5, 1, "7.3"),
        ("To and fro", 27, 4, "9.8"),
        ("Eight pixels", 5, 1, None),
        ("4:2:0", 7, 1, "8.5"),
        ("Black or white", 22, 1, None),
    ],
)
def test_fixed_points_and_rounds_are_as_told(reports, name, settled, cycle, away):
    report = reports(name)
    # The program that writes the file may round otherwise in another version.
    assert report.copies.settled == pytest.approx(settled, abs=2)
    assert report.copies.cycle == cycle
    assert str(settled) in comment(name)
    assert report.ending == ("settled" if cycle == 1 else "round")
    if away:
        assert away in comment(name)
        assert report.cumulative[-1] == pytest.approx(float(away), abs=0.3)


@pytest.mark.parametrize(
    ("name", "levels"), [("Shifted", 52), ("By a coin", 34), ("A tenth original", 13)]
)
def test_what_goes_on_is_as_far_off_as_told(reports, name, levels):
    report = reports(name)
    assert str(levels) in comment(name)
    assert report.cumulative[-1] == pytest.approx(levels, abs=1.5)
    assert report.ending == "on"
    assert report.cumulative[100] > report.cumulative[50]


def test_the_other_numbers_of_the_comments(reports):
    sizes = reports("Shifted").copies.file_bytes / 1000
    assert sizes[1] == pytest.approx(18, abs=0.6)
    assert sizes[100] == pytest.approx(31, abs=1.0)
    blurred = reports("Blur")
    assert blurred.copies.detail[1, 0] == pytest.approx(0.01, abs=0.005)
    assert np.allclose(blurred.cumulative, blurred.exact_cumulative, atol=1e-9)
    assert reports("Fresh every 5").cumulative.max() == pytest.approx(12.4, abs=0.3)
    assert reports("Noise").cumulative[30] == pytest.approx(55, abs=0.5)
    assert reports("Noise").exact_cumulative[30] == pytest.approx(np.sqrt(30.0) * 10.0)


@pytest.mark.parametrize(
    ("asked", "end"),
    [
        ({"generations": 3}, 60.0),
        ({"generations": 3, "levels": 2, "quality": 0}, 120.0),
        ({"generations": 16, "noise": 40.0, "quality": 0}, 500.0),
    ],
)
def test_every_answer_and_every_guess_has_a_place_on_the_axis(asked, end):
    report = report_copies(CopiedPicture(**asked))
    spoken = PhotocopierSentences(LESSON, CopiedPicture(**asked), report)
    place = photocopier_prediction(LESSON, report, spoken.facts(report.copies.passes)).place
    for hidden in (None, "Guess."):
        layout = photocopier_figure(report, guess=place, hidden=hidden).layout
        assert layout["yaxis2"]["range"] == [place.low, place.high] == [0.0, end]
    assert report.cumulative.max() < end
    assert place.start[0] != pytest.approx(report.cumulative[-1], abs=2.0)


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"shift": "one_way", "generations": 100},
        {"quality": 0, "blur": 1.0},
        {"picture": "drawing", "noise": 40.0, "generations": 100},
    ],
)
def test_a_whole_run_is_small_whatever_is_in_it(asked):
    report = report_copies(CopiedPicture(**asked))
    captions = ["A sentence of the usual length, with a number in it."] * (report.copies.passes + 1)
    # All of 144 pixels, noisy pictures took 930 kB.
    assert 50_000 < len(photocopier_figure(report).picture(captions).packed()) < 250_000


def test_a_strip_shows_copies_from_the_original_to_the_last_one():
    report = report_copies(CopiedPicture(picture="drawing", generations=10))
    shown = photocopier_figure(report)
    [strip] = [trace for trace in shown.traces if trace["type"] == "image"]
    stream = io.BytesIO(base64.b64decode(strip["source"].partition(",")[2]))
    drawn = np.asarray(Image.open(stream).convert("RGB"), dtype=float)
    height, width = drawn.shape[0] // 2, drawn.shape[1] // 3
    last = Image.fromarray(report.copies.pictures[10]).resize((width, height))
    apart = np.abs(drawn[height : 2 * height, 2 * width : 3 * width] - np.asarray(last))
    assert apart.mean() < 12.0
    # It fills its panel, and is not there while the answer is to be guessed.
    panel = shown.layout[f"xaxis{strip['xaxis'][1:]}"]
    assert strip["dx"] * drawn.shape[1] == pytest.approx(panel["range"][1])
    # Plotly would make the axes of other panels square too that it is laid on, unseen.
    assert [shown.layout[f"yaxis{n}"]["scaleanchor"] for n in (2, 5, 6, 7)] == [False] * 4
    hidden = photocopier_figure(report, hidden="Guess.")
    assert not [trace for trace in hidden.traces if trace["type"] == "image"]


def test_all_of_a_curve_is_in_its_panel():
    report = report_copies(CopiedPicture(shift="one_way"))
    layout = photocopier_figure(report).layout
    assert report.copies.detail[:, 0].max() > 3.0
    assert layout["yaxis5"]["range"][1] > np.nanmax(report.copies.detail[:, :3])


def test_the_answer_is_not_told_before_the_guess():
    at = open_page(ENTRY)
    captions = clocks(at)["photocopier"]["captions"]
    assert all("appears after your guess" in text for text in captions[1:])
    assert "7.3" not in said(at) + "".join(captions)
    told = told_of_guess(open_page(ENTRY, {"guess": "20"}))["text"]
    assert "You said **20.0** grey levels; it is **7.3**" in told
    assert told.endswith("Less far than you thought.")


def test_the_answer_is_not_told_below_the_picture_either():
    at = open_page(ENTRY, {"guess": "ask", "generation": "2"})
    assert hands(at)["photocopier"]["tick"] == 2
    shown = [image.proto.imgs[0].caption for image in at.get("image")]
    assert shown == ["The original", "After 2 copies", "The difference, four times as strong"]


def test_sentences_tell_how_it_ends():
    at = open_page(ENTRY, {"seed": "2"}, state=MORE)
    assert "**nothing changes any more**" in clocks(at)["photocopier"]["captions"][-1]
    assert "stops changing after **5 saves**" in said(at)
    assert "One frozen map is iterated" in said(at)
    blurred = open_page(ENTRY, {"quality": "0", "blur": "1.0"}, state=MORE)
    assert "(exact:" in clocks(blurred)["photocopier"]["captions"][-1]
    assert "known beforehand" in said(blurred)


@pytest.mark.parametrize(
    ("asked", "told", "not_told"),
    [
        ({"quality": 0, "shift": "one_way"}, "No step of this copier", "stops changing"),
        ({"quality": 0, "levels": 2}, "The copies stop changing after **1 copy**", "file"),
        ({"shift": "one_way"}, "It decays without end", "holds it"),
        ({"shift": "one_way", "real": 0.1}, "The original that comes in holds it", "without end"),
        ({"shift": "one_way", "fresh_every": 5}, "begins anew", "too little mixing"),
        ({"shift": "to_and_fro", "generations": 60}, "too little mixing", "begins anew"),
        ({"quality": 0, "blur": 1.0}, "It fades without end", "under the squeeze"),
        ({"quality": 0, "noise": 10.0}, "Noise without a squeeze piles up", "under the squeeze"),
        (
            {"quality": 0, "noise": 20.0, "blur": 1.0, "levels": 2},
            "but come no farther",
            "without end",
        ),
        ({"quality": 0, "blur": 1.0, "shift": "random"}, "fades", "under the squeeze"),
        ({"shift": "one_way", "generations": 3}, "Within these copies", "without end"),
    ],
)
def test_how_it_ends_is_told_only_where_it_does(asked, told, not_told):
    experiment = CopiedPicture(**asked)
    report = report_copies(experiment)
    _, _, ending, *_ = PhotocopierSentences(LESSON, experiment, report).details(1)
    assert told in ending
    assert not_told not in ending


def test_noise_piles_up_and_a_blur_fades_as_told():
    noisy = report_copies(CopiedPicture(quality=0, generations=32, noise=10.0))
    assert noisy.exact_cumulative[32] == pytest.approx(2.0 * noisy.exact_cumulative[8])
    assert noisy.cumulative[32] == pytest.approx(2.0 * noisy.cumulative[8], rel=0.05)
    blurred = report_copies(CopiedPicture(quality=0, generations=32, blur=1.0))
    assert np.all(np.diff(blurred.local[1:]) < 0.0)
    assert blurred.local[32] > 0.0


def test_only_a_file_that_has_grown_is_said_to_have_grown():
    def told(**asked):
        experiment = CopiedPicture(**asked)
        spoken = PhotocopierSentences(LESSON, experiment, report_copies(experiment))
        return " ".join(spoken.details(experiment.generations))

    assert "The file has grown from 18.3 to" in told(shift="one_way")
    same = told()
    assert "The file has 18.0 kB, the first one had 18.0." in same
    assert "grown" not in same


def test_a_picture_of_your_own():
    at = open_page(ENTRY, {"picture": "own", "generations": "3"})
    assert not at.exception
    assert any("Until then the temple" in item.value for item in at.info)
    at.get("file_uploader")[0].upload("notes.png", b"<svg></svg>", "image/png").run()
    assert any("notes.png" in item.value for item in at.error)
    assert charts(at)
    stream = io.BytesIO()
    Image.fromarray(np.full((48, 64, 3), 90, dtype=np.uint8)).save(stream, "PNG")
    at.get("file_uploader")[0].upload("grey.png", stream.getvalue(), "image/png").run()
    assert not at.error
    assert charts(at)


def test_saves_until_nothing_changes_are_found_on_a_picture_of_your_own():
    at = open_page(ENTRY, {"picture": "own", "generations": "20", "seed": "2"})
    pixels = np.random.default_rng(3).integers(0, 256, (96, 128, 3)).astype(np.uint8)
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "PNG")
    at.get("file_uploader")[0].upload("mine.png", stream.getvalue(), "image/png").run()
    copies = CopiedPicture(picture="own", own=OwnPicture(pixels), generations=20).copies()
    assert copies.cycle == 1
    assert copies.settled > 1
    assert np.array_equal(copies.pictures[copies.settled], copies.pictures[-1])
    assert not np.array_equal(copies.pictures[copies.settled - 1], copies.pictures[-1])
    caption = clocks(at)["photocopier"]["captions"][-1]
    assert f"Since copy {copies.settled} **nothing changes any more**" in caption


def test_nothing_is_asked_of_the_camera_before_it_is_chosen():
    at = open_page(ENTRY, {"picture": "own", "generations": "2"})
    assert not at.get("camera_input")
    at.checkbox[0].check().run()
    assert at.get("camera_input")
    assert not open_page(ENTRY, {"generations": "2"}).checkbox


def test_two_pictures_are_told_apart():
    one, other = (OwnPicture(np.full((32, 32, 3), grey, dtype=np.uint8)) for grey in (10, 11))
    assert repr(CopiedPicture(own=one)) != repr(CopiedPicture(own=other))
    assert len(repr(one)) < 200


@LOOK
def test_pictures_are_valid(look):
    asked = CopiedPicture(picture="drawing", generations=2, shift="one_way", blur=0.5)
    figure = photocopier_figure(report_copies(asked), look=look, alt="A drawing.")
    check_frames(figure)
    validated(figure)


def test_the_table_for_others_begins_with_the_settings():
    asked = CopiedPicture(generations=2)
    lines = to_csv(asked, report_copies(asked)).splitlines()
    assert "# quality: 75" in lines
    assert not any("own" in line for line in lines)
    assert len([line for line in lines if not line.startswith("#")]) == 4


def test_distances_in_grey_levels_by_hand(reports):
    report = reports("Saved again")
    asked = CopiedPicture(**next(i.values for i in LESSON.presets if i.name == "Saved again"))
    pictures = [picture.astype(float) for picture in report.copies.pictures]
    spoken = PhotocopierSentences(LESSON, asked, report)
    facts, last = spoken.facts(3), len(pictures) - 1

    def apart(one, other):
        return pytest.approx(np.sqrt(np.mean((pictures[one] - pictures[other]) ** 2)))

    assert facts["away"] == apart(3, 0)
    assert facts["moved"] == apart(3, 2) != pytest.approx(facts["away"])
    assert (facts["half"], facts["half_away"]) == (last // 2, apart(last // 2, 0))
    assert facts["last_away"] == apart(last, 0)
    away = [np.sqrt(np.mean((each - pictures[0]) ** 2)) for each in pictures]
    assert facts["farthest"] == pytest.approx(max(away))


def test_the_energy_of_the_finest_waves_by_hand():
    asked = CopiedPicture(quality=0, blur=0.6, generations=3)
    report = report_copies(asked)
    first, last = (report.copies.pictures[t].astype(float).mean(axis=-1) for t in (0, 3))
    rows, columns = (np.fft.fftfreq(side) for side in first.shape)
    fine = np.hypot(rows[:, None], columns) >= 0.25
    energies = [np.square(np.abs(np.fft.fft2(grey)))[fine].sum() for grey in (first, last)]
    facts = PhotocopierSentences(LESSON, asked, report).facts(3)
    assert facts["finest"] == pytest.approx(energies[1] / energies[0], rel=0.05)
