"""How long copies of copies take: each step alone, and all of them.

Run with ``python -m benchmarks.copier``; 30 passes of 256 by 256 pixels. The goal is a second with
all steps.
"""

from __future__ import annotations

from benchmarks.timing import fastest
from collapse_core.echoes.copier import Copier
from collapse_core.echoes.pictures import picture

PASSES = 30
COPIERS = {
    "nothing": Copier(),
    "blur": Copier(blur=0.5),
    "noise": Copier(noise=3.0),
    "contrast": Copier(contrast=1.1),
    "levels": Copier(levels=64),
    "shift, one pixel": Copier(shift="one_way"),
    "shift, half a pixel": Copier(shift="one_way", pixels=0.5),
    "turn": Copier(turn=0.7),
    "resize": Copier(resize=0.7),
    "JPEG": Copier(quality=75),
    "JPEG, 4:2:0": Copier(quality=75, chroma="4:2:0"),
    "all": Copier(0.5, 3.0, 1.1, 64, "one_way", 0.5, 0.7, 0.7, 75, "4:2:0"),
}


def main() -> None:
    image = picture("china")
    for name, copier in COPIERS.items():
        used = fastest(lambda copier=copier: copier.copies(image, PASSES, 1))
        print(f"{name:20} {used:6.0f} ms", flush=True)


if __name__ == "__main__":
    main()
