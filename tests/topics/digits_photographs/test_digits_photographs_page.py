"""The page on digits and photographs: presets, sentences, views, and the reader's own image."""

import base64
import io

import numpy as np
import pytest
from checked_figures import LOOK, check_frames, validated
from opened import charts, clocks, entry_named, open_page, said, sent, set_control, told_of_guess

from collapse_core.data.images import SIDE
from collapse_core.figures.image_grid import ENLARGED, grid_picture, grid_shape
from collapse_core.figures.image_probe import image_probe_figure
from collapse_core.lessons.control_words import control_words
from collapse_core.lessons.lesson import read_lesson
from collapse_core.topics.digits_photographs.figure import digits_photographs_figure
from collapse_core.topics.digits_photographs.followed import follow_probe
from collapse_core.topics.digits_photographs.question import DigitsPhotographs
from collapse_core.topics.digits_photographs.report import complexity_of_sets, meaning_left
from collapse_core.topics.digits_photographs.spectra_figure import image_spectra_figure
from ui import long_run
from ui.own_image import READY, read_drawing

ENTRY = entry_named("digits_photographs")
LESSON = read_lesson("digits_photographs")
TYPED = "digits_photographs/own/drawing/typed"
DRAWING = control_words(LESSON, "drawing")
SHOWN = {"seed": "1"}
MORE = {"more_precisely": True}  # what the expander of that name holds is drawn


def preset(name):
    return next(item for item in LESSON.presets if item.name == name)


def kept(name, step):
    last = DigitsPhotographs(**preset(name).values).run()[step]
    return {side: last[side].kept for side in ("digits", "photographs")}


@pytest.mark.parametrize(
    ("name", "step", "told"),
    [
        ("Default", 10, {"digits": 47, "photographs": 34}),
        ("No push", 10, {"digits": 92, "photographs": 81}),
        ("Hard push", 5, {"digits": 24, "photographs": 21}),
        ("More numbers", 10, {"digits": 59, "photographs": 33}),
        ("Same labels", 10, {"digits": 52, "photographs": 34}),
        ("Which photo?", 10, {"photographs": 72}),
    ],
)
def test_comments_of_presets_are_true(name, step, told):
    measured = kept(name, step)
    for side, percent in told.items():
        assert f"{percent} %" in preset(name).comment
        assert 100 * measured[side] == pytest.approx(percent, abs=1.5)


def test_the_other_numbers_of_the_comments():
    last = DigitsPhotographs(**preset("Which photo?").values).run()[-1]
    assert last["photographs"].chance == pytest.approx(0.5, abs=0.02)
    assert meaning_left(last, "photographs") == pytest.approx(0.43, abs=0.03)
    assert meaning_left(last, "digits") == pytest.approx(0.41, abs=0.03)
    squeezed = DigitsPhotographs(**preset("No push").values).run()[-1]
    assert squeezed["digits"].kept_sharp == pytest.approx(0.97, abs=0.015)
    assert squeezed["photographs"].kept_sharp == pytest.approx(0.96, abs=0.015)
    hard = DigitsPhotographs(**preset("Hard push").values).run()[-1]
    assert hard["digits"].error > hard["photographs"].error


def test_few_images_are_forgotten_and_real_ones_help():
    few, helped = (
        DigitsPhotographs(**{**preset(name).values, "generations": 4}).run()[-1]
        for name in ("Few images", "Real images")
    )
    for side in ("digits", "photographs"):
        assert few[side].kept < helped[side].kept - 0.05


def test_the_answer_is_not_told_before_the_guess():
    at = open_page(ENTRY)
    captions = clocks(at)["digits_photographs"]["captions"]
    assert "72 %" not in said(at) + "".join(captions)
    assert all("appear after your guess" in caption for caption in captions[1:])
    lines = [trace for trace in charts(at)[0]["data"] if trace["type"] == "scatter"]
    assert not [line for line in lines if line.get("text")]


def test_a_guess_is_set_beside_what_is_measured():
    told = told_of_guess(open_page(ENTRY, {"guess": "0.9_0.2"}))["text"]
    assert "You said digits **90 %**, photographs **20 %**." in told
    assert "Measured are **72 %** and **49 %**." in told
    assert told.endswith("as you thought.")
    assert told_of_guess(open_page(ENTRY, {"guess": "0.2_0.9"}))["text"].endswith("you thought.")


def test_sentences_hold_the_measured_and_the_exact_numbers():
    at = open_page(ENTRY, SHOWN | {"generation": "10"}, state=MORE)
    assert clocks(open_page(ENTRY, SHOWN))["digits_photographs"]["start"] == 5, "where it is asked"
    steps = DigitsPhotographs().run()
    last, captions = steps[-1], clocks(at)["digits_photographs"]["captions"]
    assert f"**{100 * last['digits'].kept:.0f} %** of the digits" in captions[-1]
    assert (
        f"digits **{last['digits'].error:.2f}** (exact: {last['digits'].expected_error:.2f})"
        in said(at)
    )
    assert len(captions) == 11
    assert "photographs have lost more of their meaning" in said(at)
    assert "What a classifier reads has no formula: it is measured" in said(at)


def test_a_retrained_network_is_measured_only_and_partial_runs_say_so(monkeypatch):
    def first_three(job, me, drawn, bar):
        job.wish(me, 3)
        while not job.wait(3, 0.1):
            job.renew(me, 3)

    monkeypatch.setattr(long_run, "_watch", first_three)
    monkeypatch.setattr(long_run, "go_on", lambda *runs: None)
    link = {"model": "vae", "loop": "retraining", "generations": "30", "seed": "170917"}
    at = open_page(ENTRY, link, state=MORE)
    assert "3 of 30 turns are computed" in said(at)
    assert "(measured)" in said(at)
    assert "exact:" not in said(at)
    assert "exact" not in clocks(at)["digits_photographs"]["captions"][-1]
    axis = charts(at)[0]["layout"]["xaxis3"]["range"]
    assert axis[1] > 30, "the axis shows all generations that are asked for"


def test_unusual_settings_are_said():
    at = open_page(ENTRY, {"model": "mixture", "generations": "2"})
    assert any("no code that could be pushed" in item.value for item in at.info)
    at = open_page(ENTRY, {"meaning": "origin"})
    assert any("reads only" in item.value for item in at.info)


@pytest.mark.parametrize(
    ("view", "words"),
    [
        ("spectrum", "misses **15 %** of what differs between digits"),
        ("measures", "is a choice of measure"),
        ("probe", "can only answer with digits"),
    ],
)
def test_views(view, words):
    at = open_page(ENTRY, {**SHOWN, "view": view})
    assert not at.exception
    assert words in said(at)
    assert len(charts(at)) == (1 if view == "measures" else 2)


def test_the_spectrum_says_where_the_reason_is_missing():
    assert "the reason is missing" in said(open_page(ENTRY, {"evened": "false"}))
    assert "both sets are cut short" in said(open_page(ENTRY, {"components": "1"}))


def test_views_stand_at_the_ends(monkeypatch):
    monkeypatch.setattr(long_run, "go_on", lambda *runs: None)
    for view in ("spectrum", "measures", "probe"):
        for components, generations, model in (("1", "1", "vae"), ("32", "30", "mixture")):
            link = {"components": components, "generations": generations, "model": model}
            at = open_page(ENTRY, {**link, "view": view, "sample_size": "50"})
            assert not at.exception, link


def chosen_probe(name):
    at = open_page(ENTRY, {**SHOWN, "view": "probe"})
    set_control(at, "probe", name)
    return at.run()


def test_a_drawing_is_followed_and_a_bad_one_is_named():
    at = chosen_probe("drawing")
    assert not at.exception
    at.text_area(key=TYPED).set_value("\n".join(["99999999"] * 8)).run()
    assert not at.error
    first = charts(at)[1]
    for text, complaint in (
        ("123", "has 8 lines, and yours has 1"),
        ("\n".join(["99999999"] * 7 + ["<b>*x*"]), "Line 8 of your drawing"),
        ("", "and yours has 0"),
        ("\n".join(["٩٩٩٩٩٩٩٩"] * 8), "Line 1 of your drawing"),
    ):
        at.text_area(key=TYPED).set_value(text).run()
        assert not at.exception
        assert complaint in at.error[0].value.replace("\\", "")
        assert charts(at)[1] == first, "the last drawing that could be read stays"


def test_an_uploaded_picture_is_followed_and_a_bad_file_is_named():
    at = chosen_probe("upload")
    heart = charts(at)[1]
    for name, content, complaint in (
        ("noise.png", bytes(range(256)), "no picture that can be read"),
        ("empty.png", b"", "The file is empty"),
        ("tiny.png", png(4), "at least 8 by 8"),
    ):
        at.get("file_uploader")[0].upload(name, content).run()
        assert not at.exception
        assert complaint in at.error[0].value
        assert charts(at)[1] == heart
    at.get("file_uploader")[0].upload("good.png", png(40)).run()
    assert not at.error
    assert charts(at)[1] != heart


def png(side):
    from PIL import Image

    stream = io.BytesIO()
    Image.linear_gradient("L").resize((side, side)).save(stream, "PNG")
    return stream.getvalue()


def test_every_ready_made_image_can_be_read():
    for lines in READY.values():
        assert read_drawing("\n".join(lines), DRAWING).shape == (SIDE, SIDE)


def test_a_ready_made_image_is_in_the_link_and_an_own_one_is_not():
    at = open_page(ENTRY, {"view": "probe", "probe": "checkerboard"})
    assert "checkerboard" in at.query_params["probe"]
    at = chosen_probe("drawing")
    assert "probe" not in at.query_params


def test_the_page_is_light():
    assert sent(open_page(ENTRY, SHOWN)) < 300_000
    for view in ("spectrum", "probe"):
        assert sent(open_page(ENTRY, {"generations": "30", "view": view})) < 1_500_000


# --------------------------------------------------------------------------------- figures


@LOOK
def test_figures_are_valid(look):
    asked = DigitsPhotographs(generations=3)
    steps = asked.run()
    for shown in (steps[:1], steps[:2], steps):
        for hidden in (None, "not yet"):
            moving = digits_photographs_figure(shown, 3, look=look, hidden=hidden)
            validated(moving)
            check_frames(moving)
            assert not moving.redraws, "only hands and images move, which takes no new drawing"
            pictures = [moving.at(tick).layout.images[0].source for tick in range(len(shown))]
            assert len(set(pictures)) == len(shown)
    followed = follow_probe(asked, steps, RUN_PROBE)
    captions = {name: ["words"] * len(stops) for name, stops in followed.items()}
    validated(image_probe_figure(followed, captions, topic="digits_photographs", look=look))
    for components in (1, 32):
        validated(image_spectra_figure(complexity_of_sets(True), components, look=look))


RUN_PROBE = read_drawing("\n".join(READY["heart"]), DRAWING).ravel()


def pixels_of(picture):
    """Return greys and opacities of a picture in a data address, one for each of its pixels."""
    from PIL import Image

    kind, content = picture.split(",")
    assert kind == "data:image/png;base64"
    large = np.asarray(Image.open(io.BytesIO(base64.b64decode(content))).convert("RGBA"))[..., 2:]
    return large[::ENLARGED, ::ENLARGED]


def test_a_grid_is_one_large_image_with_gaps():
    greys = DigitsPhotographs().start()["digits"].greys[:5]
    pixels = pixels_of(grid_picture(greys, 3))
    assert pixels.shape == (*grid_shape(5, 3), 2) == (2 * SIDE + 1, 3 * SIDE + 2, 2)
    for row, column, number in ((0, 0, 0), (0, 2, 2), (1, 1, 4)):
        top, left = row * (SIDE + 1), column * (SIDE + 1)
        shown = pixels[top : top + SIDE, left : left + SIDE]
        np.testing.assert_allclose(shown[..., 0].ravel(), greys[number] * (255.0 / 16), atol=0.51)
        assert (shown[..., 1] == 255).all()
    assert not pixels[SIDE, :, 1].any(), "gaps are transparent"
    assert not pixels[-SIDE:, -SIDE:, 1].any(), "the sixth place is empty"
