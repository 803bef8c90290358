"""Rooms: against the field's library, against known modes and against a room worked by hand."""

import math
import re

import numpy as np
import pytest
from first_always import first_always

from collapse_core.echoes import ROOMS, ShoeboxRoom, room_response, three_resonances
from collapse_core.echoes.heard import peaks_of
from collapse_core.echoes.room import BANDS, octave_weights, without_rumble

RATE = 16_000
# Not in the middle of the height, where the lowest mode is silent.
BATHROOM = ((2.0, 1.6, 2.3), 0.1, (0.7, 0.6, 0.4), (1.4, 1.1, 1.9))


def spectrum_of(response, length=2**18):
    return np.fft.rfft(response, length), np.fft.rfftfreq(length, 1.0 / RATE)


def library_response(room, order):
    """Return what the field's library makes of the same images, with our cut of the rumble."""
    library = pytest.importorskip("pyroomacoustics", reason="pyroomacoustics is missing")
    library.constants.set("rir_hpf_enable", False)
    made = library.ShoeBox(
        room.size,
        fs=RATE,
        materials=library.Material(room.absorption),
        max_order=order,
        air_absorption=False,
    )
    made.add_source(list(room.source))
    made.add_microphone(list(room.microphone))
    made.compute_rir()
    late = library.constants.get("frac_delay_length") // 2
    return without_rumble(made.rir[0][0][late:] / (4.0 * math.pi), RATE)


@pytest.mark.oracle("pyroomacoustics")
@pytest.mark.parametrize("order", [0, 3, 20])
def test_a_response_is_that_of_the_library(order):
    room = ShoeboxRoom((5.0, 4.0, 3.0), 0.2, (1.0, 1.5, 1.2), (3.5, 2.2, 1.7))
    theirs = library_response(room, order)
    ours = room.impulse_response(RATE, order)
    length = min(len(ours), len(theirs))
    assert np.linalg.norm(ours[:length] - theirs[:length]) < 0.01 * np.linalg.norm(theirs)
    other = ShoeboxRoom((5.0, 4.0, 3.0), 0.2, (1.0, 1.5, 1.2), (3.5, 2.3, 1.7))
    wrong = other.impulse_response(RATE, order)[:length]
    assert np.linalg.norm(wrong - theirs[:length]) > 0.3 * np.linalg.norm(theirs), "10 cm off"


def test_the_first_arrival_is_where_and_as_strong_as_it_should_be():
    room = ShoeboxRoom(*BATHROOM)
    response = room.impulse_response(RATE, 0)
    away = math.dist(room.source, room.microphone)
    assert np.argmax(response) == round(away / 343.0 * RATE)
    low = np.abs(spectrum_of(response)[0][4000:100_000])  # flat: one click
    assert np.allclose(low, 1.0 / (4.0 * math.pi * away), rtol=0.02)


def test_a_response_has_no_offset():
    heights, frequencies = spectrum_of(ShoeboxRoom(*BATHROOM).impulse_response(RATE))
    assert abs(heights[0]) < 1e-3 * np.abs(heights).max()
    assert np.abs(heights[frequencies < 5.0]).max() < 0.1 * np.abs(heights).max()


def test_low_peaks_are_at_the_modes_of_the_box():
    room = ShoeboxRoom(*BATHROOM)
    known = np.array([frequency for frequency, _ in room.modes(400.0)])
    heights, frequencies = spectrum_of(room.impulse_response(RATE))
    low = (frequencies > 60.0) & (frequencies < 260.0)
    peaks = peaks_of(heights[low], frequencies[low], 5)
    apart = [np.abs(known - peak.frequency).min() for peak in peaks]
    assert max(apart) < 1.8
    assert peaks[0].frequency == pytest.approx(74.6, abs=0.5)


def test_modes_are_those_of_the_formula():
    room = ShoeboxRoom((3.43, 3.43, 1.715), 0.1, (1.0, 1.0, 1.0), (2.0, 2.0, 1.0))
    found = room.modes(101.0)
    assert [round(frequency, 6) for frequency, _ in found] == [
        50.0, 50.0, round(math.hypot(50, 50), 6), 100.0, 100.0, 100.0,
    ]  # fmt: skip
    assert {mode for _, mode in found[3:]} == {(0, 2, 0), (2, 0, 0), (0, 0, 1)}


def test_energy_falls_by_sixty_decibels_in_about_the_time_of_sabine():
    room = ShoeboxRoom((6.0, 5.0, 3.0), 0.3, (1.0, 1.5, 1.2), (4.5, 3.2, 1.7))
    left = np.cumsum(room.impulse_response(RATE)[::-1] ** 2)[::-1]
    level = 10.0 * np.log10(left / left[0] + 1e-300)
    early, late = (np.argmax(level < decibels) / RATE for decibels in (-5.0, -25.0))
    assert 3.0 * (late - early) == pytest.approx(room.decay_time(), rel=0.35)


def test_too_few_reflections_change_the_winner():
    room = ShoeboxRoom((2.0, 1.6, 2.3), 0.1, (0.6, 0.6, 1.5), (0.7, 0.8, 1.8))
    few, enough = (
        peaks_of(heights[frequencies > 50.0], frequencies[frequencies > 50.0], 1)[0].frequency
        for heights, frequencies in (
            spectrum_of(room.impulse_response(RATE, order)) for order in (20, None)
        )
    )
    assert enough == pytest.approx(74.6, abs=0.5)
    assert abs(few - enough) > 20.0
    assert room.needed_order() == math.ceil(13.8 / -math.log(0.9))


def test_bands_of_absorption_act_on_their_own_octave():
    plain = ShoeboxRoom((5.0, 4.0, 3.0), 0.3, (1.0, 1.5, 1.2), (3.5, 2.2, 1.7))
    soft = ShoeboxRoom(
        plain.size, (0.3, 0.3, 0.3, 0.3, 0.9, 0.9, 0.9), plain.source, plain.microphone
    )
    same = ShoeboxRoom(plain.size, (0.3,) * 7, plain.source, plain.microphone)
    heard = [room.impulse_response(RATE) for room in (plain, soft, same)]
    assert np.allclose(heard[0], heard[2], atol=1e-12)
    a, b = (np.abs(spectrum_of(response)[0]) ** 2 for response in heard[:2])
    frequencies = np.fft.rfftfreq(2**18, 1.0 / RATE)
    low, high = (frequencies > 100) & (frequencies < 900), (frequencies > 2500)
    assert b[low].mean() == pytest.approx(a[low].mean(), rel=0.02)
    assert b[high].mean() < 0.7 * a[high].mean()


def test_weights_of_octaves_add_up_to_one():
    weights = octave_weights(np.linspace(0.0, 24_000.0, 999))
    assert weights.shape == (len(BANDS), 999)
    assert np.allclose(weights.sum(axis=0), 1.0)


def test_a_room_without_echo_likes_no_tone():
    heights, frequencies = spectrum_of(room_response("anechoic", RATE))
    heard = np.abs(heights[(frequencies > 200.0) & (frequencies < 7000.0)])
    assert heard.max() < 1.02 * heard.min()


def test_three_resonances_are_as_strong_as_they_say():
    heights, frequencies = spectrum_of(three_resonances(RATE))
    peaks = peaks_of(heights, frequencies, 3, apart=50.0)
    assert [peak.frequency for peak in peaks] == pytest.approx([220.0, 330.0, 495.0], abs=0.2)
    assert [peak.strength for peak in peaks] == pytest.approx([1.0, 0.9, 0.8], abs=0.01)


@pytest.mark.parametrize("name", first_always([*ROOMS, "three"], 2))
def test_named_rooms_ring_and_fade(name):
    response = room_response(name, RATE)
    assert 0.0 < np.abs(response[-RATE // 50 :]).max() < 0.02 * np.abs(response).max()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"size": (2.0, 1.6)}, "size=(2.0, 1.6) must be three numbers"),
        ({"size": (2.0, 1.6, 0.1)}, "size=0.1 is out of range"),
        ({"absorption": 0.0}, "absorption=0.0 is out of range"),
        ({"absorption": (0.1, 0.2)}, "has 2 numbers: give one, or 7"),
        ({"microphone": (5.0, 1.0, 1.0)}, "microphone=5.0 is out of range"),
        ({"microphone": (0.7, 0.6, 0.4)}, "is where the source is"),
        ({"source": (0.0, 0.6, 1.2)}, "source=0.0 is out of range"),
    ],
)
def test_impossible_rooms_are_refused_in_a_sentence(change, words):
    names = ("size", "absorption", "source", "microphone")
    with pytest.raises(ValueError, match=re.escape(words)):
        ShoeboxRoom(**{**dict(zip(names, BATHROOM, strict=True)), **change})


def test_unknown_rooms_and_rates_are_refused():
    with pytest.raises(ValueError, match="name='cellar'"):
        room_response("cellar", RATE)
    with pytest.raises(ValueError, match="sample_rate=100 "):
        room_response("three", 100)
    with pytest.raises(ValueError, match="too many modes"):
        ShoeboxRoom(*BATHROOM).modes(1e5)
