"""Small data sets that come with the program: nothing is downloaded.

Each says where its numbers are from; what is invented says so.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from collapse_core.checks import check_number, check_whole_number

__all__ = [
    "CountedNames",
    "animals_of_a_park",
    "english_letters",
    "long_tailed_catalogue",
    "names_of_a_class",
]

MOST_ITEMS = 10_000

# Relative frequencies in percent, in order of the alphabet.
_LETTERS = (
    "a 8.167, b 1.492, c 2.782, d 4.253, e 12.702, f 2.228, g 2.015, h 6.094, i 6.966, j 0.153, k "
    "0.772, l 4.025, m 2.406, n 6.749, o 7.507, p 1.929, q 0.095, r 5.987, s 6.327, t 9.056, u "
    "2.758, v 0.978, w 2.360, x 0.150, y 1.974, z 0.074"
)
_CLASS = (
    "Emma 4, Noah 3, Mia 3, Leo 3, Sofia 2, Ali 2, Ben 2, Lina 2, Finn 1, Zoe 1, Omar 1, Ida 1, "
    "Yuki 1, Mateo 1, Ravi 1, Chloe 1, Anouk 1"
)
_ANIMALS = (
    "sparrow 412, pigeon 305, blackbird 188, rabbit 121, squirrel 97, duck 84, magpie 61, frog 40, "
    "hedgehog 26, heron 17, fox 12, kingfisher 7, bat 6, woodpecker 5, grass snake 3, "
    "barn owl 2, otter 1, lynx 1"
)
_STARTS = ("ba", "ce", "do", "fi", "gu", "ha", "jo", "ki", "lu", "me")
_MIDDLES = ("la", "mi", "no", "ru", "se", "ta", "vi", "wo", "xa", "zu")
_ENDS = ("bel", "con", "dil", "fex", "gon", "lix", "mar", "nor", "pas", "ter")
_KINDS = ("lamp", "chair", "kettle", "jacket", "radio", "teapot", "drum", "puzzle", "rug", "clock")


@dataclass(frozen=True)
class CountedNames:
    """Names and how often each occurs.

    Parameters
    ----------
    title : str
        What it is.
    source : str
        Where the numbers are from, or that they are invented.
    names : tuple of str
        Different names.
    counts : tuple of float
        One number above 0 per name.
    """

    title: str
    source: str
    names: tuple[str, ...]
    counts: tuple[float, ...]

    @property
    def probabilities(self) -> tuple[float, ...]:
        """Shares of the total, as `families.Categorical` wants them."""
        total = math.fsum(self.counts)
        return tuple(count / total for count in self.counts)


def english_letters() -> CountedNames:
    """Return the frequencies of the 26 letters in English text, in percent.

    Source: R. E. Lewand, Cryptological Mathematics (2000), p. 36.
    """
    source = "Lewand, Cryptological Mathematics (2000): percent of the letters in English text."
    return _counted("Letters of English", source, _LETTERS)


def names_of_a_class() -> CountedNames:
    """Return the first names of 30 pupils, of whom several share one. Invented."""
    source = "Invented: 30 pupils with 17 different names."
    return _counted("First names of a class", source, _CLASS)


def animals_of_a_park() -> CountedNames:
    """Return animals seen in a park in one year, and how often. Invented."""
    return _counted("Animals of a park", "Invented: sightings in one year.", _ANIMALS)


def _counted(title: str, source: str, text: str) -> CountedNames:
    """Return what a text of names, each with a number behind it, says."""
    pairs = [pair.rsplit(maxsplit=1) for pair in text.split(", ")]
    names, counts = zip(*pairs, strict=True)
    return CountedNames(title, source, names, tuple(map(float, counts)))


def long_tailed_catalogue(items: int = 1000, exponent: float = 1.0) -> CountedNames:
    """Return an invented shop's sales by Zipf's law: a few items sell all the time, most hardly.

    Item number i is sold about 100,000 i^-exponent times, at least once. The names are made of
    syllables in a fixed order, so the same items come on every machine.

    Parameters
    ----------
    items : int
        2 to 10,000.
    exponent : float
        0 (all alike) to 3.

    Notes
    -----
    Source: Zipf's law (Zipf 1949); names and sales invented.
    """
    items = check_whole_number("items", items, 2, MOST_ITEMS)
    exponent = check_number("exponent", exponent, 0.0, 3.0)
    sales = (max(1, round(100_000 * rank**-exponent)) for rank in range(1, items + 1))
    return CountedNames(
        "A catalogue with a long tail",
        f"Invented: {items:,} items that sell by Zipf's law with exponent {exponent:g}.",
        tuple(_product(number) for number in range(items)),
        tuple(float(count) for count in sales),
    )


def _product(number: int) -> str:
    """Return the name of product 0 to 9999, all different: one syllable or word per digit."""
    # 7919 has no factor in common with 10,000: a shuffle without a random number.
    mixed = number * 7919 % MOST_ITEMS
    start, middle, end, kind = (mixed // 10**place % 10 for place in range(4))
    return f"{_STARTS[start]}{_MIDDLES[middle]}{_ENDS[end]} {_KINDS[kind]}".capitalize()
