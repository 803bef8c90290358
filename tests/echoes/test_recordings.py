"""Recordings that readers bring, and the sounds of this project."""

import io
import struct

import numpy as np
import pytest
from scipy.io import wavfile

from collapse_core.assets import asset
from collapse_core.echoes.circle import loudness
from collapse_core.echoes.recording import LARGEST_FILE, RATE, as_wav, read_recording
from collapse_core.echoes.sounds import LOUDNESS, SOUNDS, sound_named


def tone(rate, seconds=1.0, height=0.5):
    return height * np.sin(2.0 * np.pi * 440.0 * np.arange(round(rate * seconds)) / rate)


def file_of(samples, rate):
    stream = io.BytesIO()
    wavfile.write(stream, rate, samples)
    return stream.getvalue()


def in_24_bits(samples, rate, channels=2):
    steps = np.rint(np.repeat(samples, channels) * (2**23 - 1)).astype("<i4")
    body = steps.view(np.uint8).reshape(-1, 4)[:, :3].tobytes()
    frame = 3 * channels
    shape = struct.pack("<HHIIHH", 1, channels, rate, rate * frame, frame, 24)
    parts = b"WAVEfmt " + struct.pack("<I", 16) + shape
    parts += b"data" + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", len(parts)) + parts


KINDS = {
    "8 bit": lambda t, r: file_of(np.rint(t * 127 + 128).astype(np.uint8), r),
    "16 bit": lambda t, r: file_of(np.rint(t * 32767).astype(np.int16), r),
    "24 bit stereo": in_24_bits,
    "32 bit": lambda t, r: file_of(np.rint(t * (2**31 - 1)).astype(np.int32), r),
    "float": lambda t, r: file_of(t.astype(np.float32), r),
    "double": lambda t, r: file_of(t, r),
    "stereo": lambda t, r: file_of(np.stack([t, t], axis=1).astype(np.float32), r),
}


@pytest.mark.parametrize("rate", [8_000, 11_025, 16_000, 22_050, 44_100, 48_000])
@pytest.mark.parametrize("kind", KINDS)
def test_files_of_every_kind_hold_the_same_tone(kind, rate):
    read = read_recording(KINDS[kind](tone(rate), rate), "tone.wav")
    assert abs(len(read.sound) - RATE) <= 2
    known = tone(RATE)
    middle = slice(RATE // 4, RATE // 2)
    assert np.abs(read.sound[middle] - known[middle]).max() < 0.02
    assert read.notes == ()


def test_a_long_recording_is_cut_and_it_is_said():
    read = read_recording(file_of(tone(8_000, 90.0).astype(np.float32), 8_000), "talk.wav")
    assert len(read.sound) == 10 * RATE
    assert read.notes == ("talk.wav lasts 90 seconds: the first 10 are used.",)


def test_a_clipped_recording_is_used_and_it_is_said():
    read = read_recording(file_of(np.clip(tone(RATE, height=3.0), -1, 1), RATE), "loud.wav")
    assert "recorded too loud" in read.notes[0]


def test_a_click_is_enough():
    click = np.zeros(2000)
    click[1000] = 0.9
    assert np.abs(read_recording(file_of(click, RATE), "click.wav").sound).max() == 0.9


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "my.wav is empty"),
        (b"ID3\x04" + b"\0" * 200, "my.wav is no WAV file that can be read, it looks like MP3"),
        (b"OggS" + b"\0" * 200, "it looks like Ogg"),
        (b"\0\0\0\x20ftypM4A " + b"\0" * 200, "it looks like M4A or MP4"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "no WAV file that can be read"),
        (b"name;count\n1;2\n", "Save it as WAV"),
        (file_of(np.zeros(RATE, np.int16), RATE), "my.wav is silent"),
        (file_of(tone(RATE, 0.01), RATE), "lasts 10 milliseconds"),
        (file_of(tone(96_000, 0.2), 96_000), "has 96,000 samples per second"),
        (b"\0" * (LARGEST_FILE + 1), "has 20 MB: at most 20 MB"),
    ],
)
def test_what_cannot_be_used_is_refused_in_a_sentence(content, words):
    with pytest.raises(ValueError, match=r"^my\.wav ") as error:
        read_recording(content, "my.wav")
    assert words in str(error.value)
    assert len(str(error.value)) < 200


def test_damaged_files_never_raise_anything_else():
    rng = np.random.default_rng(1)
    whole = KINDS["16 bit"](tone(RATE, 0.1), RATE)
    for _ in range(300):
        damaged = bytearray(whole[: rng.integers(1, len(whole))])
        for place in rng.integers(0, min(60, len(damaged)), size=4):
            damaged[place] = rng.integers(256)
        complaint = ""
        try:
            assert np.all(np.isfinite(read_recording(bytes(damaged), "my.wav").sound))
        except ValueError as error:
            complaint = str(error)
        assert not complaint or complaint.startswith("my.wav ")


def test_what_is_written_can_be_read():
    sound = tone(RATE, 0.3)
    assert np.abs(read_recording(as_wav(sound), "again.wav").sound - sound).max() < 1e-4


@pytest.mark.parametrize("name", SOUNDS)
def test_sounds_are_equally_loud_and_the_same_every_time(name):
    sound = sound_named(name)
    assert loudness(sound) == pytest.approx(LOUDNESS)
    assert 0.4 * RATE <= len(sound) <= 8 * RATE
    with pytest.raises(ValueError, match="read-only"):
        sound[0] = 1.0


def test_spoken_sentences_are_small_and_not_clipped():
    for name in ("first_voice", "second_voice"):
        content = asset(f"audio/{name}.wav").read_bytes()
        assert len(content) < 300_000
        assert read_recording(content, name).notes == ()
