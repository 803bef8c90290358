"""Playing and recording again: against convolution in time, and against the law."""

import re

import numpy as np
import pytest

from collapse_core.echoes import (
    ShoeboxRoom,
    echo_fixed_point,
    echo_law,
    enough_fresh,
    padded,
    rerecord,
    three_resonances,
)
from collapse_core.echoes.circle import loudness, transfer
from collapse_core.echoes.heard import bands_between, different_energies, peaks_of
from collapse_core.echoes.law import energies
from collapse_core.echoes.rerecord import recordings

RATE = 4_000
ROOM = ShoeboxRoom((2.0, 1.6, 2.3), 0.2, (0.7, 0.6, 1.2), (1.4, 1.1, 1.5))


def voice(seed, samples=2000):
    return np.random.default_rng(seed).standard_normal(samples)


@pytest.fixture(scope="module")
def response():
    return ROOM.impulse_response(RATE)[:900]


def in_time(sound, response, generations):
    """Convolve as a recorder would, sample by sample, round the circle."""
    made = [sound]
    for _ in range(generations):
        whole = np.convolve(made[-1], response)
        heard = whole[: len(sound)].copy()
        heard[: len(whole) - len(sound)] += whole[len(sound) :]
        made.append(heard * np.sqrt(np.mean(sound**2) / np.mean(heard**2)))
    return np.array(made)


@pytest.mark.parametrize("seed", range(3))
def test_recordings_are_those_of_a_convolution_in_time(response, seed):
    sound = padded(voice(seed), response)
    ours, theirs = rerecord(sound, response, 8), in_time(sound, response, 8)
    assert np.abs(ours - theirs).max() < 1e-12
    assert np.abs(ours[3] - theirs[4]).max() > 0.1


def test_the_first_recording_needs_no_circle(response):
    sound = padded(voice(1), response)
    whole = np.convolve(voice(1), response)
    first = rerecord(sound, response, 1)[1][: len(whole)]
    assert np.abs(first / first.std() - whole / whole.std()).max() < 1e-9 + 1e-3


@pytest.mark.parametrize("seed", range(3))
def test_the_law_is_the_loop(response, seed):
    sound = padded(voice(seed), response)
    made = rerecord(sound, response, 64)
    for generation in (0, 1, 2, 8, 32, 64):
        assert np.abs(echo_law(sound, response, generation) - made[generation]).max() < 1e-12
    assert np.abs(echo_law(sound, response, 8) - made[9]).max() > 0.1


def test_cutting_each_recording_is_another_map(response):
    """The control: to throw away what rings past the end is not |X| |H|^t."""
    sound = voice(5, 700)
    cut = sound
    for _ in range(8):
        cut = np.convolve(cut, response)[: len(sound)]
        cut = cut * (loudness(sound) / loudness(cut))
    law = echo_law(padded(sound, response), response, 8)
    a, b = (np.abs(np.fft.rfft(made, 4096)) ** 2 for made in (cut, law))
    assert different_energies(a / a.sum(), b / b.sum()) > 0.1


def test_every_recording_is_as_loud_as_the_first(response):
    made = rerecord(padded(voice(2), response), response, 20, fresh=0.2)
    assert np.allclose([loudness(each) for each in made], loudness(made[0]))


def test_odds_of_two_peaks_follow_the_power_of_their_ratio(response):
    sound = padded(voice(3), response)
    factor = transfer(response, len(sound))
    first, second = peaks_of(factor, np.fft.rfftfreq(len(sound), 1.0 / RATE), 2)
    made = np.abs(np.fft.rfft(rerecord(sound, response, 30), axis=1)) ** 2
    odds = made[:, second.place] / made[:, first.place]
    assert np.allclose(odds[20] / odds[10], second.strength**20)
    assert first.strength == 1.0


def test_far_generations_neither_vanish_nor_overflow(response):
    far = echo_law(padded(voice(4), response), response, 10**6)
    assert np.all(np.isfinite(far))
    heights = energies(far)
    assert heights.max() > 0.999 * heights.sum()


@pytest.mark.parametrize("through_room", [False, True])
@pytest.mark.parametrize("fresh", [0.05, 0.3, 0.6, 0.8])
def test_fresh_voice_ends_where_the_law_says(fresh, through_room):
    toy = three_resonances(RATE)[:2000]
    sound = padded(voice(6, 3000), toy)
    rest = echo_fixed_point(sound, toy, fresh, through_room=through_room)
    made = recordings(sound, toy, fresh=fresh, through_room=through_room)
    for _ in range(1500):
        heard = next(made)
    parts = energies(heard)
    assert different_energies(rest.energies(), parts / parts.sum()) < 5e-3
    assert (rest.hum > 0.0) == (fresh < enough_fresh(sound, toy))
    if rest.hum == 0.0:  # a fixed point to the last digit, not in its energies alone
        assert np.abs(heard - rest.driven).max() < 2e-3 * np.abs(heard).max()
    plain = np.fft.rfft(sound) / (1.0 - (1.0 - fresh) * transfer(toy, len(sound)))
    plain = np.abs(plain) ** 2  # without a recorder that sets the loudness
    assert different_energies(plain / plain.sum(), parts / parts.sum()) > 0.02


def test_the_share_that_ends_the_hum_does_not_ask_when_it_is_mixed_in():
    toy = three_resonances(RATE)[:2000]
    sound = padded(voice(7, 3000), toy)
    after, before = (enough_fresh(sound, toy, through_room=each) for each in (False, True))
    assert after == pytest.approx(before, rel=1e-6)
    assert 0.05 < after < 0.95
    assert echo_fixed_point(sound, toy, after * 0.98).hum > 0.0
    assert echo_fixed_point(sound, toy, min(1.0, after * 1.02)).hum == 0.0


def test_two_voices_end_alike_and_two_rooms_do_not(response):
    bands = bands_between(15.0, 1990.0, 12)

    high, low = np.diff(voice(1)), voice(2)[1:] + voice(2)[:-1]

    def heard(sound, generation, room):
        made = echo_law(padded(sound, room), room, generation)
        return bands.energies(np.fft.rfft(made), np.fft.rfftfreq(len(made), 1.0 / RATE))

    other = ShoeboxRoom((3.1, 1.9, 2.6), 0.2).impulse_response(RATE)[:900]
    apart = [
        different_energies(heard(high, t, response), heard(low, t, response)) for t in (0, 16, 400)
    ]
    assert apart[0] > 0.3
    assert apart[2] < 0.01
    assert different_energies(heard(low, 400, response), heard(low, 400, other)) > 0.9


def test_bands_share_out_all_the_energy():
    bands = bands_between(100.0, 1600.0, 3)
    assert len(bands.centres) == 12
    frequencies = np.arange(4001) * 0.5
    flat = np.where((frequencies >= 100.0) & (frequencies < 1600.0), 1.0, 0.0)
    found = bands.energies(flat, frequencies)
    assert found.sum() == pytest.approx(1.0)
    assert np.allclose(found, np.diff(bands.edges) / 1500.0, atol=5e-4)
    assert bands.energies(0.0 * flat, frequencies).sum() == 0.0


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: rerecord(np.zeros(50), np.ones(3), 2), "sound is silent"),
        (lambda: rerecord(np.ones(50), np.zeros(3), 2), "impulse_response is silent"),
        (lambda: rerecord(np.ones((5, 2)), np.ones(3), 2), "sound has 2 dimensions"),
        (lambda: rerecord(np.full(9, np.nan), np.ones(3), 2), "sound="),
        (lambda: rerecord(np.ones(50), np.ones(3), -1), "generations=-1"),
        (lambda: rerecord(np.ones(50), np.ones(3), 2, fresh=1.5), "fresh=1.5"),
        (lambda: echo_law(np.ones(50), np.ones(3), 1.5), "1.5"),
        (lambda: echo_fixed_point(np.ones(50), np.ones(3), 0.0), "fresh=0"),
        (lambda: padded([], [1.0]), "sound=[] is out of range"),
    ],
)
def test_impossible_loops_are_refused_in_a_sentence(call, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        call()


def test_one_generation_none_and_a_single_sample():
    assert rerecord(np.ones(4), [1.0], 0).shape == (1, 4)
    assert np.allclose(rerecord(np.ones(1), [2.0, 1.0], 3), 1.0)
