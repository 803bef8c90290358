"""What no reader should see: numbers that are none, and gaps that nothing filled."""

import math
import re

import pandas as pd
from opened import pictures, said

# What is said in words, and no number.
NO_WORDS = re.compile(r"(?<![\w-])(?:-?nan|-?NaN|-?inf|-?∞|None|undefined)(?![\w-])")
# A gap of a template; Plotly's own begin with a per cent sign, and {rare} is typed by the tests.
GAP = re.compile(r"(?<![%\\{\w^])\{(?!rare\})[a-z_][\w.]*(?:[:!][^{}]*)?\}")
NO_PROSE = re.compile(r"(`+).*?\1|\$\$.*?\$\$|\$[^$\n]+\$|<[^>]*>", re.DOTALL)


def faults_of_words(words):
    """Return what stands in a text and should not, each with what is around it."""
    prose = NO_PROSE.sub(" ", words)
    found = [*NO_WORDS.finditer(prose), *GAP.finditer(prose)]
    return [prose[max(0, hit.start() - 80) : hit.end() + 40] for hit in found]


def gaps_of(words):
    """Return the gaps of a text that nothing filled."""
    return [hit.group() for hit in GAP.finditer(NO_PROSE.sub(" ", words))]


def faults_of_picture(picture):
    """Return the words of a picture that should not be there, and where a number is endless.

    The header of a picture has None where a curve has a gap; a layout has no gaps.
    """
    drawn = [picture.get(part) or "" for part in ("traces", "frames", "layout", "captions", "alt")]
    # A model of letters makes up words, "nan" and "inf" among them.
    read = faults_of_words if picture["name"] != "language" else gaps_of
    faults = [fault for text in texts_of(drawn) for fault in read(text)]
    if any(math.isinf(number) for number in numbers_of(drawn)):
        faults.append("an endless number")
    layouts = [picture["layout"], *(frame.get("layout", {}) for frame in picture["frames"])]
    for layout in layouts:
        for name, axis in layout.items():
            if name.startswith(("xaxis", "yaxis")) and isinstance(axis, dict):
                limits = axis.get("range") or ()
                if any(limit is None for limit in limits) and None not in axis.get(
                    "autorangeoptions", ()
                ):
                    faults.append(f"{name} ends nowhere: {limits}")
    return faults


def texts_of(part):
    """Yield every text in lists and dictionaries."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for value in part.values():
            yield from texts_of(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from texts_of(value)


def numbers_of(part):
    """Yield every decimal number in lists and dictionaries."""
    if isinstance(part, float):
        yield part
    elif isinstance(part, dict):
        for value in part.values():
            yield from numbers_of(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from numbers_of(value)


def faults_of_page(at):
    """Return what a page shows and should not: in its words, pictures and tables."""
    faults = faults_of_words(said(at))
    for picture in pictures(at):
        faults += [f"{picture['name']}: {fault}" for fault in faults_of_picture(picture)]
    for table in at.dataframe:
        faults += faults_of_table(table.value)
    return faults


def faults_of_table(table):
    """Return the endless numbers of a table, and its words that are none."""
    faults = []
    for heading, column in pd.DataFrame(table).items():
        for cell in (heading, *column):
            if isinstance(cell, str):
                faults += faults_of_words(cell)
            elif isinstance(cell, float) and math.isinf(cell):
                faults.append(f"{heading}: {cell}")
    return faults
