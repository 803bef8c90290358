"""The page on a room: presets, sentences, the law over the loop, the reader's own sound."""

import numpy as np
import pytest
from checked_figures import LOOK, check_frames, validated
from first_always import first_always
from opened import charts, clocks, entry_named, open_page, said, told_of_guess

from collapse_core.echoes.heard import different_energies
from collapse_core.echoes.recording import RATE, Recording, as_wav
from collapse_core.echoes.sounds import sound_named
from collapse_core.lessons.lesson import read_lesson
from collapse_core.topics.room.figure import room_figure
from collapse_core.topics.room.question import SoundInARoom
from collapse_core.topics.room.report import heard_at, report_room, to_csv
from collapse_core.topics.room.spectrogram import spectrogram

ENTRY = entry_named("room")
LESSON = read_lesson("room")
MORE = {"more_precisely": True}


@pytest.fixture(scope="module")
def reports():
    made = {}

    def of(**values):
        name = repr(values)
        if name not in made:
            made[name] = report_room(SoundInARoom(**values))
        return made[name]

    return of


def preset(name):
    return next(item for item in LESSON.presets if item.name == name)


@pytest.mark.parametrize(
    ("name", "recording", "share", "hertz"),
    first_always(
        [
            ("Lucier's idea", 32, 1.0, 149),
            ("Lucier's idea", 16, 0.98, 149),
            ("Move the microphone", 16, 0.55, 698),
            ("Church", 8, 0.46, None),
            ("Church", 16, 0.89, None),
            ("No echo", 32, 0.06, None),
            ("A little fresh voice", 32, 0.99, 149),
            ("Enough fresh voice", 32, 0.07, None),
        ],
        1,
    ),
)
def test_comments_of_presets_are_true(reports, name, recording, share, hertz):
    report = reports(**preset(name).values)
    assert report.loudest[recording] == pytest.approx(share, abs=0.006)
    assert hertz is None or report.note(recording) == pytest.approx(hertz, abs=1.0)
    if hertz is not None:
        assert f"{hertz} hertz" in preset(name).comment


def test_the_other_numbers_of_the_comments(reports):
    apart = reports(**preset("Somebody else").values).apart
    assert apart[16] == pytest.approx(0.15, abs=0.006)
    assert apart[32] < 0.01
    moved = reports(**preset("Move the microphone").values)
    assert moved.note(64) == pytest.approx(149, abs=1.0)
    toy = reports(**preset("By hand").values)
    assert toy.odds[32] / toy.odds[0] == pytest.approx(0.001, abs=0.0005)
    assert reports(**preset("Enough fresh voice").values).enough == pytest.approx(0.76, abs=0.006)
    assert reports(**preset("A little fresh voice").values).hum > 0.98


@pytest.mark.parametrize("values", [{}, {"room": "church"}, {"sound": "noise", "room": "three"}])
def test_the_law_is_what_is_measured(reports, values):
    report = reports(**values)
    assert np.abs(report.sampled - report.exact).max() < 1e-9
    assert np.abs(report.notes - report.exact_notes).max() < 1e-9
    assert np.allclose(report.odds, report.exact_odds)
    assert np.allclose(report.apart, report.exact_apart, atol=1e-9)
    assert np.abs(report.sampled[:-1] - report.exact[1:]).max() > 0.01


def test_fresh_voice_ends_where_it_is_drawn(reports):
    report = reports(fresh=0.3, generations=64)
    assert report.exact is None
    assert report.loudest[-1] == pytest.approx(report.rest_notes.max(), abs=0.01)
    through = reports(fresh=0.3, generations=64, through_room=True)
    assert through.loudest[-1] == pytest.approx(through.rest_notes.max(), abs=0.01)
    assert through.loudest[-1] > report.loudest[-1] + 0.05


def test_the_tone_that_wins_is_a_tone_of_the_box(reports):
    report = reports()
    assert min(abs(mode - report.peaks[0].frequency) for mode in report.modes) < 1.8


@pytest.mark.parametrize("fresh", [0.0, 0.3])
def test_what_is_heard_is_what_is_drawn(reports, fresh):
    asked = SoundInARoom(fresh=fresh, generations=16)
    heard, report = heard_at(asked, 16), reports(fresh=fresh, generations=16)
    assert np.array_equal(spectrogram(heard), report.images[16])
    assert np.array_equal(spectrogram(heard_at(asked, 0)), report.images[0])
    assert len(heard) == len(asked.voice()) + RATE // 2


def test_two_recordings_of_a_reader_are_told_apart():
    first, second = (Recording(np.full(9000, height), "mine.wav") for height in (0.1, 0.2))
    assert repr(SoundInARoom(sound="own", own_sound=first)) != repr(
        SoundInARoom(sound="own", own_sound=second)
    )
    assert len(repr(first)) < 200


def test_an_own_room_is_used_as_it_is():
    rng = np.random.default_rng(1)
    click = Recording(np.concatenate([[1.0], np.zeros(99)]), "click.wav")
    report = report_room(SoundInARoom(room="own", own_response=click, generations=8))
    assert different_energies(report.sampled[0], report.sampled[8]) < 1e-9
    ringing = rng.standard_normal(4000) * np.exp(-np.arange(4000) / 500.0)
    own = SoundInARoom(room="own", own_response=Recording(ringing, "hall.wav"), generations=8)
    assert report_room(own).loudest[8] > 0.2
    assert own.modes(200.0) == []


def test_the_answer_is_not_told_before_the_guess():
    at = open_page(ENTRY)
    shown = clocks(at)["room"]
    assert all("appears after your guess" in caption for caption in shown["captions"][1:])
    assert len(shown["captions"]) == 3
    assert "98 %" not in said(at) + "".join(shown["captions"])


def test_a_guess_is_set_beside_the_truth():
    told = told_of_guess(open_page(ENTRY, {"guess": "0.3"}))["text"]
    assert "You said **30 %**; it is **98 %**, at 149 hertz." in told
    assert told.endswith("More than you thought.")


def test_sentences_hold_measured_and_exact_numbers():
    at = open_page(ENTRY, {"seed": "2", "generation": "16"}, state=MORE)
    caption = clocks(at)["room"]["captions"][16]
    assert caption.startswith("After 16 recordings **98 %** of the energy is one note, 149 hertz")
    assert "(exact: 98 %)" in caption
    words = said(at)
    assert "One frozen map is iterated" in words
    assert "The empty box with hard walls rings at 149.1 hertz" in words
    assert "**76 %** of fresh voice" in words
    assert len(at.get("audio")) == 2


def test_fresh_voice_is_said_with_where_it_ends():
    at = open_page(ENTRY, {"fresh": "0.1", "generation": "32"}, state=MORE)
    assert "ends at 99 %" in clocks(at)["room"]["captions"][-1]
    assert "The tone sustains itself" in said(at)
    assert "So much fresh voice is enough" in said(open_page(ENTRY, {"fresh": "0.8"}, state=MORE))


@pytest.mark.parametrize("choice", [{"sound": "own"}, {"room": "own"}])
def test_without_a_file_of_your_own_something_else_stands_in(choice):
    at = open_page(ENTRY, choice)
    assert not at.exception
    assert any("Until then" in item.value for item in at.info)
    assert charts(at)


def test_a_file_that_cannot_be_read_is_said_and_the_page_lives():
    at = open_page(ENTRY, {"sound": "own"})
    at.get("file_uploader")[0].upload("song.wav", b"ID3\x04" + b"\0" * 99, "audio/wav").run()
    assert any("song.wav is no WAV file" in item.value for item in at.error)
    assert charts(at)
    mine = as_wav(sound_named("clap"))
    at.get("file_uploader")[0].upload("clap.wav", mine, "audio/wav").run()
    assert not at.error
    assert charts(at)


@LOOK
def test_pictures_are_valid(look):
    report = report_room(SoundInARoom(generations=3, fresh=0.2))
    figure = room_figure(report, look=look, alt="A room.")
    check_frames(figure)
    validated(figure)


def test_the_table_for_others_begins_with_the_settings():
    asked = SoundInARoom(generations=2)
    lines = to_csv(asked, report_room(asked)).splitlines()
    assert lines[0] == "# room: bathroom"
    assert not any("own" in line for line in lines)
    rows = [line for line in lines if not line.startswith("#")]
    assert len(rows) == 4
    assert sum(map(float, rows[2].split(",")[1:])) == pytest.approx(1.0, abs=1e-4)
