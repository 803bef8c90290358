"""Two sets of small grey pictures, 8 by 8 pixels each: written digits, and patches of photographs.

Both come with scikit-learn, so that nothing is downloaded. A picture is a row of 64 numbers from 0
(black) to 1 (white). Each set has labels, for what its pictures mean, and a held-out part.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_choice, check_switch, check_whole_number
from collapse_core.data.sources import RowTable
from collapse_core.extras import extra
from collapse_core.streams import LARGEST_SEED, generator

__all__ = ["PIXELS", "SIDE", "ImageSet", "digits", "even_contrast", "photograph_patches"]

Array = NDArray[np.float64]
Labels = NDArray[np.int64]

SIDE = 8
PIXELS = SIDE * SIDE
HELD_OUT_SHARE = 0.2
CLUSTERS = 10
PHOTOGRAPHS: tuple[str, ...] = ("temple", "flower")
LUMINANCE = np.array([0.299, 0.587, 0.114])  # of red, green, blue: ITU-R BT.601
REDUCTION = 2
TILE = 16
MOST_PATCHES = 5000
FLAT = 0.05
EVEN_MEAN, EVEN_DEVIATION = 0.5, 0.2


@dataclass(frozen=True, eq=False)
class ImageSet:
    """Pictures, what they mean, and which of them are held out.

    Parameters
    ----------
    name : str
        What the set is called.
    meaning : str
        What a label says, for example ``"digit"``.
    label_names : tuple of str
        The labels in words.
    training_images : ndarray, shape (n, 64)
        Pictures to train on, 0 to 1.
    training_labels : ndarray of int, shape (n,)
        Place of each picture's label in ``label_names``.
    held_out_images : ndarray, shape (m, 64)
        Pictures that no model sees.
    held_out_labels : ndarray of int, shape (m,)
        Their labels.
    evened : bool
        Whether every picture was given the same brightness and contrast; a probe then needs it too.
    """

    name: str
    meaning: str
    label_names: tuple[str, ...]
    training_images: Array
    training_labels: Labels
    held_out_images: Array
    held_out_labels: Labels
    evened: bool = False

    @property
    def images(self) -> Array:
        """All pictures, the training part first."""
        return np.concatenate([self.training_images, self.held_out_images])

    @property
    def labels(self) -> Labels:
        """All labels, in the order of ``images``."""
        return np.concatenate([self.training_labels, self.held_out_labels])

    def source(self) -> RowTable:
        """Return the pictures as real data for a loop."""
        return RowTable(self.name, self.training_images, self.held_out_images)

    def prepare(self, image: Array) -> Array:
        """Return a foreign picture as the pictures of this set are: evened if they are."""
        return even_contrast(image) if self.evened else image


def even_contrast(images: Array) -> Array:
    """Return pictures with the same brightness and the same contrast.

    Each gets mean 0.5 and standard deviation 0.2, what then leaves 0 to 1 is cut off. A picture of
    one grey becomes the middle grey.

    Parameters
    ----------
    images : ndarray, shape (..., 64)
        Pictures.
    """
    centred = images - images.mean(axis=-1, keepdims=True)
    deviation = centred.std(axis=-1, keepdims=True)
    evened = EVEN_DEVIATION * centred / np.where(deviation > 1e-9, deviation, np.inf)
    return np.asarray(np.clip(EVEN_MEAN + evened, 0.0, 1.0))


def digits(meaning: Literal["digit", "cluster"] = "digit") -> ImageSet:
    """Return 1,797 digits written by 13 people; one in five is held out, always the same.

    Source: Alpaydin and Kaynak 1998, UCI Machine Learning Repository, "Optical Recognition of
    Handwritten Digits"; the part that scikit-learn ships.

    Parameters
    ----------
    meaning : {"digit", "cluster"}
        What a label says: the digit, or which of ten groups of similar pictures (k-means) it is in.
        The groups are there for a fair comparison with photographs, which have no digits.

    Raises
    ------
    ValueError
        If the meaning is another one.
    """
    check_choice("meaning", meaning, ("digit", "cluster"))
    return _kept_digits(meaning)


@lru_cache(maxsize=4)
def _kept_digits(meaning: str) -> ImageSet:
    with extra("models"):
        from sklearn.datasets import load_digits

    data = load_digits()
    images = np.asarray(data.data, dtype=np.float64) / 16.0
    order = generator(0, 0, "held-out digits").permutation(len(images))
    training, held_out = np.split(order, [len(order) - round(HELD_OUT_SHARE * len(order))])
    numbers = np.asarray(data.target, dtype=np.int64)
    names = tuple(str(digit) for digit in range(10))
    parts = (images[training], images[held_out])
    labels = (numbers[training], numbers[held_out])
    if meaning == "cluster":
        names, labels = _clusters(*parts)
    return _image_set("digits", meaning, names, parts, labels)


def photograph_patches(
    count: int = 1797,
    seed: int = 0,
    meaning: Literal["cluster", "photograph"] = "cluster",
    evened: bool = True,
) -> ImageSet:
    """Return patches of 8 by 8 pixels, cut from scikit-learn's two photographs.

    The photographs, a temple and a flower, are made grey and reduced by half. Patches without
    content (standard deviation below 0.05: sky, blurred ground) are left out. Held-out patches come
    from other places than those to train on: no pixel is in both.

    Parameters
    ----------
    count : int
        Patches in all, half from each photograph, 20 to 5000; one in five is held out.
    seed : int
        Which patches are drawn.
    meaning : {"cluster", "photograph"}
        What a label says: which of ten groups of similar patches (k-means) it is in, its texture;
        or the photograph that it is from.
    evened : bool
        Give each patch the same brightness and contrast, so that what is left is its texture.
        Otherwise brightness alone makes up most of what differs between patches.

    Raises
    ------
    ValueError
        If a number is out of range or the meaning is another one.
    """
    count = check_whole_number("count", count, 20, MOST_PATCHES)
    seed = check_whole_number("seed", seed, 0, LARGEST_SEED)
    check_choice("meaning", meaning, ("cluster", "photograph"))
    return _kept_patches(count, seed, meaning, check_switch("evened", evened))


@lru_cache(maxsize=8)
def _kept_patches(count: int, seed: int, meaning: str, evened: bool) -> ImageSet:
    rng = generator(seed, 0, "patches")
    held_out_count = round(HELD_OUT_SHARE * count)
    pools = [_patches(photograph) for photograph in _photographs()]
    parts, origins = [], []
    for held_out, size in enumerate((count - held_out_count, held_out_count)):
        sizes = (size - size // 2, size // 2)
        pairs = zip(pools, sizes, strict=True)
        chosen = [rng.permutation(pool[held_out])[:wanted] for pool, wanted in pairs]
        order = rng.permutation(size)
        origins.append(np.repeat(np.arange(len(PHOTOGRAPHS)), sizes)[order])
        patches = np.concatenate(chosen)[order]
        parts.append(even_contrast(patches) if evened else patches)
    names, labels = PHOTOGRAPHS, (origins[0], origins[1])
    if meaning == "cluster":
        names, labels = _clusters(parts[0], parts[1])
    return _image_set("photographs", meaning, names, (parts[0], parts[1]), labels, evened)


def _photographs() -> list[Array]:
    """Return the photographs in grey, 0 to 1, reduced by averaging blocks of pixels."""
    with extra("models"):
        from sklearn.datasets import load_sample_images
    with extra("images"):  # scikit-learn opens them with it
        import PIL.Image  # noqa: F401

    reduced = []
    for photograph in load_sample_images().images:
        grey = np.asarray(photograph) @ LUMINANCE / 255.0
        height, width = (size // REDUCTION for size in grey.shape)
        grey = grey[: height * REDUCTION, : width * REDUCTION]
        blocks = grey.reshape(height, REDUCTION, width, REDUCTION)
        reduced.append(np.asarray(blocks.mean(axis=(1, 3))))
    return reduced


def _patches(photograph: Array) -> tuple[Array, Array]:
    """Return all patches with content, to train on and held out.

    The photograph is divided into tiles, of which every fifth is held out; a patch lies in one.
    """
    places = [
        np.arange(size - SIDE + 1)[np.arange(size - SIDE + 1) % TILE <= TILE - SIDE]
        for size in photograph.shape
    ]
    windows = np.lib.stride_tricks.sliding_window_view(photograph, (SIDE, SIDE))
    patches = windows[np.ix_(*places)].reshape(-1, PIXELS)
    down, across = np.meshgrid(places[0] // TILE, places[1] // TILE, indexing="ij")
    held_out = ((down * 2 + across) % round(1 / HELD_OUT_SHARE) == 0).ravel()
    content = patches.std(axis=1) >= FLAT
    return patches[content & ~held_out], patches[content & held_out]


def _clusters(training: Array, held_out: Array) -> tuple[tuple[str, ...], tuple[Labels, Labels]]:
    """Return names and labels of ten groups of similar pictures, the largest group first."""
    with extra("models"):
        from sklearn.cluster import KMeans

    groups = KMeans(CLUSTERS, n_init=4, random_state=0).fit(training)
    order = np.argsort(-np.bincount(groups.labels_, minlength=CLUSTERS), kind="stable")
    place = np.argsort(order)
    names = tuple(f"group {number}" for number in range(1, CLUSTERS + 1))
    return names, (place[groups.labels_], place[groups.predict(held_out)])


def _image_set(
    name: str,
    meaning: str,
    label_names: tuple[str, ...],
    parts: tuple[Array, Array],
    labels: tuple[Labels, Labels],
    evened: bool = False,
) -> ImageSet:
    """Return the set with arrays that cannot be changed, because it is kept and shared."""
    for array in (*parts, *labels):
        array.setflags(write=False)
    return ImageSet(name, meaning, label_names, parts[0], labels[0], parts[1], labels[1], evened)
