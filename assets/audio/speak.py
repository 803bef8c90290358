"""Make the spoken sentences anew: needs the program espeak-ng."""

import io
import subprocess
from pathlib import Path

import numpy as np
from scipy.io import wavfile
from scipy.signal import resample_poly

RATE, LOUDNESS = 16_000, 0.1
HERE = Path(__file__).parent
SPOKEN = {
    "first_voice": (
        ("-v", "en-gb", "-p", "42", "-s", "150"),
        "A room has a favourite note. Play my voice in it again and again, "
        "and in the end you will hear the room, not me.",
    ),
    "second_voice": (
        ("-v", "en-us+f3", "-p", "62", "-s", "165"),
        "I am someone else, and I say something else. "
        "Will the room still know the two of us apart?",
    ),
}

for name, (voice, sentence) in SPOKEN.items():
    said = subprocess.run(
        ["espeak-ng", *voice, "--stdout", sentence], check=True, capture_output=True
    ).stdout
    rate, samples = wavfile.read(io.BytesIO(said))
    sound = resample_poly(samples.astype(float), RATE, rate)
    sound = sound * LOUDNESS / np.sqrt(np.mean(sound**2))
    wavfile.write(HERE / f"{name}.wav", RATE, np.rint(32767 * np.clip(sound, -1, 1)).astype("<i2"))
