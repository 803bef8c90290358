"""Everything in the core that reads a stranger's text or file, and the worst that it can be given.

The readers are found by their first parameter, so that those to come are among them.
"""

import ast
import importlib
import inspect
import pkgutil
import re
import time
import warnings

import pytest
from first_always import first_always

import collapse_core

SIZE = 200_000
# No reading may hold the server over 0.2 s. A test machine may be busy and old: a reader whose time
# grows with the square of the size needs minutes.
LONGEST = 2.0
READS = ("text", "content", "line", "sentence")


def readers():
    """Return the public functions whose first parameter is a text or the bytes of a file."""
    found = {}
    for module in pkgutil.walk_packages(collapse_core.__path__, "collapse_core."):
        if ".figures" in module.name:
            continue  # they are given words of lessons, which are the program's own
        loaded = importlib.import_module(module.name)
        for name in getattr(loaded, "__all__", ()):
            made = getattr(loaded, name)
            if not inspect.isfunction(made) or made.__module__ != module.name:
                continue
            first = next(iter(inspect.signature(made).parameters.values()), None)
            if first is None or first.name not in READS:
                continue
            if {"str", "bytes"} & set(str(first.annotation).split(" | ")):
                found[f"{module.name}.{name}"] = made
    return found


READERS = readers()
EXAMPLES = {
    "draws": 4,
    "people": 5,
    "most": SIZE * 10,
    "separator": ",",
    "what": "text",
    "name": "a file",
}
WORST = {
    "digits and a letter": "1" * 15_000 + "x",
    "digits": "1" * SIZE,
    "digits with commas": "1," * (SIZE // 2),
    "digits with points": "1." * (SIZE // 2) + "x",
    "groups of thousands": "1" + ",000" * (SIZE // 4),
    "exponents": "1e" * (SIZE // 2),
    "spaces": " " * SIZE + "x",
    "a count, spaces": "9 " + " " * SIZE + "blue, 1 red",
    "breaks": "\n" * SIZE,
    "a break, spaces": "a\n" + " " * SIZE + "b",
    "quotation marks": '"' * SIZE,
    "lines of one quotation mark": '"\n' * (SIZE // 2),
    "quoted and open": '"a,' * (SIZE // 3),
    "separators": ";" * SIZE,
    "lines of separators": ";\t,\n" * (SIZE // 4),
    "comments": "#\n" * (SIZE // 2),
    "names with commas": "Smith, Jane, " * (SIZE // 13) + "3",
    "names and counts": "".join(f"name {place};{place}\n" for place in range(12_000)),
    "points": "".join(f"{place}.5;{place}\n" for place in range(14_000)),
    "points of a sentence": "." * SIZE + "x",
    "points and letters": ".a" * (SIZE // 2),
    "point and quotation marks": "." + '"' * SIZE + "x",
    "marks": "!?" * (SIZE // 2) + "x",
    "letters": "a" * SIZE,
    "apostrophes": "a'" * (SIZE // 2),
    "marks on a letter": "a" + "\u0301" * (SIZE // 2),
    "marks alone": "\u0301" * (SIZE // 2),
    "joiners": "\u200d" * (SIZE // 3),
    "flags": "\U0001f1e9" * (SIZE // 4),
    "families": "👩\u200d" * (SIZE // 7),
    "Hindi": "यह हिन्दी है। " * (SIZE // 36),
    "Chinese": "你好。再见！" * (SIZE // 18),
    "unseen": "\u200b\u200f\u2066" * (SIZE // 9),
    "zero bytes": "\0" * SIZE,
    "halves of signs": "\ud800" * (SIZE // 3),
    "hashes": "#" * SIZE,
    "and and": "1 and " * (SIZE // 6),
    "words": "the cat sat. " * (SIZE // 13),
}


def given(reader, text):
    """Call a reader with a text, or its bytes, and what else it needs."""
    first, *others = inspect.signature(reader).parameters.values()
    wants_bytes = "bytes" in str(first.annotation) and "str" not in str(first.annotation)
    more = {other.name: EXAMPLES[other.name] for other in others if other.default is other.empty}
    return reader(text.encode("utf-8", "surrogatepass") if wants_bytes else text, **more)


def test_the_readers_are_found():
    names = {name.rpartition(".")[2] for name in READERS}
    assert names >= {
        "parse_counts", "pasted_points", "own_text", "read_text", "parse_jar", "read_plain_text",
        "probe_from_picture", "read_lines", "written_number", "words_of", "sentences_of", "quoted",
        "read_picture",
    }  # fmt: skip


@pytest.mark.parametrize("name", first_always(READERS, 5))
def test_no_text_holds_a_reader_up_or_breaks_it(name):
    reader, slow = READERS[name], {}
    for kind, text in WORST.items():
        started = time.process_time()
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            try:
                given(reader, text)
            except ValueError as error:
                said = str(error)
                assert said[-1] in ".)", f"{kind}: no sentence: {said[:80]}"
                assert len(said) < 600, kind
        used = time.process_time() - started
        if used > LONGEST:
            slow[kind] = used
    assert not slow


@pytest.mark.full
def test_a_slow_reader_is_found_out():
    def with_a_pattern(text):
        re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", text)

    started = time.process_time()
    given(with_a_pattern, "1" * 24_000 + "x")
    assert time.process_time() - started > LONGEST


@pytest.mark.parametrize("name", [name for name in READERS if ".lessons." not in name])
def test_a_reader_has_no_patterns_of_its_own(name):
    source = inspect.getsource(inspect.getmodule(READERS[name]))
    imported = {
        alias.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    assert "re" not in imported
