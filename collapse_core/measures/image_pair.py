"""The two sets of images that are compared, each with a classifier that reads their meaning."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from collapse_core.data.images import ImageSet, digits, photograph_patches
from collapse_core.measures.image_meaning import Classifier

__all__ = ["IMAGE_SETS", "Meaning", "classifier_of", "image_pair"]

IMAGE_SETS = ("digits", "photographs")

Meaning = Literal["own", "groups", "origin"]


@lru_cache(maxsize=8)
def image_pair(meaning: Meaning = "own", evened: bool = True) -> dict[str, ImageSet]:
    """Return digits and patches of photographs, 1,797 of each, by their name.

    Parameters
    ----------
    meaning : {"own", "groups", "origin"}
        What a label says. "own": the digit, and the texture (one of ten groups of similar
        patches). "groups": one of ten groups of similar images, made in the same way for both
        sets. "origin": the digit, and the photograph that a patch is from.
    evened : bool
        Whether every patch is given the same brightness and contrast.
    """
    written = digits("cluster" if meaning == "groups" else "digit")
    origin: Literal["cluster", "photograph"] = "photograph" if meaning == "origin" else "cluster"
    return {
        "digits": written,
        "photographs": photograph_patches(meaning=origin, evened=evened),
    }


@lru_cache(maxsize=16)
def classifier_of(images: ImageSet) -> Classifier:
    """Return the classifier of a set; it is trained once."""
    return Classifier.train(images)
