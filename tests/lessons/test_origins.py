"""Every number that a page states has an origin: formula, source and a test that is there."""

import ast
import re
from functools import cache

import pytest
from opened import ROOT

from collapse_core.lessons.language import languages, speaking
from collapse_core.lessons.lesson import LessonError, read_lesson
from collapse_core.lessons.origin_table import cited, origin_table, settings_line
from collapse_core.lessons.origins import Origin, has_origins, number_words, read_origins
from collapse_core.lessons.references import references
from collapse_core.lessons.statements import statements
from collapse_core.lessons.template import gaps_of
from ui.catalogue import EXPERIMENTS

DIGIT = re.compile(r"\d")
KEYS = sorted(path.stem for path in (ROOT / "assets" / "origins").glob("*.toml"))
STATED = ("predict", "captions", "sentences")
# Labels, and pictures in words that say again what sentences state.
THREE = 'why = [["a"], ["a"], ["a"]]\n'
LABELS = {"alts", "columns", "controls", "figure", "nouns", "papers", "titles"}


def texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts(part)


def gaps_in(key, tables=STATED):
    """Return the names of everything that the sentences of a page state."""
    words = read_lesson(key).tables
    return {
        name
        for table in tables
        for text in texts(dict(words.get(table, {})))
        for name in gaps_of(text)
    }


@cache
def names_in(file):
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_experiment_says_where_its_numbers_come_from():
    pages = {entry.key for entry in EXPERIMENTS}
    views = {view for key in KEYS for view in read_origins(key).views}
    assert pages <= set(KEYS)
    assert set(KEYS) <= pages | views


def check_names(lesson, numbers):
    """Check that each number is of one kind and is called something."""
    kinds = [numbers.settings, numbers.names]
    kinds += [[n for part in numbers.counted for n in part.numbers]]
    kinds += [{n for part in numbers.origins for n in part.numbers}]
    named = [name for kind in kinds for name in kind]
    assert len(named) == len(set(named)), "a number is of one kind"
    for name in set(named) - set(numbers.names):
        assert 2 < len(number_words(lesson, name, numbers.place)) < 80


@pytest.mark.parametrize("key", KEYS)
def test_every_number_has_an_origin_and_a_name(key):
    origins = read_origins(key)
    assert set(origins.all_names) == gaps_in(key)
    check_names(read_lesson(key), origins)


@pytest.mark.parametrize("key", KEYS)
def test_every_number_of_further_sentences_has_one(key):
    origins, lesson = read_origins(key), read_lesson(key)
    here = set(origins.all_names)
    for place in origins.places:
        stated = gaps_in(key, place.tables)
        assert set(place.all_names) <= stated, place.place
        assert stated <= here | set(place.all_names), place.place
        check_names(lesson, place)
    told = {table for place in origins.places for table in place.tables}
    assert not told & {*STATED, *LABELS}
    for table in set(lesson.tables) - told - LABELS - set(STATED):
        assert gaps_in(key, [table]) <= here, f"[{table}]: add it to the places"


@pytest.mark.parametrize("key", KEYS)
def test_numbers_in_comments_are_checked_by_a_test(key):
    lesson = read_lesson(key)
    written = [name for part in read_origins(key).written for name in part.numbers]
    comments = [preset.comment for preset in lesson.presets]
    assert any(map(DIGIT.search, comments)) == ("presets" in written)
    failures = " ".join(texts(dict(lesson.tables.get("failures", {}))))
    assert bool(DIGIT.search(failures)) == ("failures" in written)


def test_a_number_of_a_further_sentence_is_called_what_it_is_there():
    lesson = read_lesson("one_real_point")
    assert number_words(lesson, "half") != number_words(lesson, "half", "dimension")
    assert number_words(lesson, "runs", "side") == number_words(lesson, "runs")


@pytest.mark.parametrize("key", KEYS)
def test_every_test_and_every_source_is_there(key):
    for part in read_origins(key).all_origins:
        file, _, name = part.test.partition("::")
        assert name in names_in(file), part.test
        assert set(part.cites) <= set(references()), part.numbers
        formula = part.formula_in(read_lesson(key)) if part.why else part.formula
        assert formula.count("{") == formula.count("}")
        assert "\\text{" not in part.formula, "words belong to a lesson, where they are translated"
    for numbers in (read_origins(key), *read_origins(key).places):
        for part in numbers.origins:
            assert part.cites, f"{part.numbers}: who found the formula?"


@pytest.mark.parametrize("key", KEYS)
def test_the_table_holds_every_number_once_in_a_row_of_four_cells(key):
    lesson, page = read_lesson(key), read_origins(key)
    for origins in (page, *page.places):
        rows = origin_table(lesson, origins).splitlines()
        assert len(rows) == 2 + len(origins.rows)
        for row in rows:
            assert row.count(" | ") == 3, row
            assert row.count("|") == 5, "a bar inside a formula would end its cell"
            for formula in row.split("$")[1::2]:
                assert formula.count("{") == formula.count("}"), "cut only between formulas"
        line = settings_line(lesson, origins)
        called = [number_words(lesson, name, origins.place) for name in origins.settings]
        assert all(name in line for name in called)


@pytest.mark.parametrize("key", KEYS)
def test_every_statement_has_words_and_a_source(key):
    for told in statements(key):
        assert told.text.strip()
        assert told.cites
        assert not gaps_of(told.text), "what rests on a source is told without a picture"


def names_of(key):
    """Return what a page and each of its places account for, by table; the page's own at ""."""
    page = read_origins(key)
    written = [name for part in page.written for name in part.numbers]
    places = {place.place: set(place.all_names) for place in page.places}
    return {"": {*page.all_names, *written}} | places


def test_words_of_numbers_that_nobody_states_are_found():
    known = read_lesson("origins").words("numbers")
    stated = {key: names_of(key) for key in KEYS}
    assert set(known) == {"shared", *KEYS}
    assert set(known["shared"]) <= {n for page in stated.values() for g in page.values() for n in g}
    for key in KEYS:
        for name, word in known[key].items():
            if isinstance(word, str):
                assert any(name in names for names in stated[key].values()), (key, name)
            else:
                assert set(word) <= stated[key][name], (key, name)
    places = read_lesson("origins").words("places")
    folded = [
        (key, place.place) for key in KEYS for place in read_origins(key).places if place.rows
    ]
    assert sorted((key, name) for key, words in places.items() for name in words) == sorted(folded)


def test_formulas_with_bars_and_side_by_side():
    lesson = read_lesson("network")
    table = origin_table(lesson, read_origins("network"))
    assert r"\vert m_1-m_2\vert ^2" in table
    assert ",$\u2003$" in table


@pytest.mark.parametrize("code", languages())
def test_every_language_has_words_for_all_of_it(code):
    with speaking(code):
        for key in KEYS:
            lesson, origins = read_lesson(key), read_origins(key)
            table = origin_table(lesson, origins)
            assert all(
                lesson.why[part.why - 1].heading in table for part in origins.origins if part.why
            )
            for place in origins.places:
                assert origin_table(lesson, place)
                assert not place.rows or read_lesson("origins").words("places")[key][place.place]
            assert all(told.text for told in statements(key))
        if code == "de":
            assert "hergeleitet" in table
            assert "Durchläufe" in origin_table(
                read_lesson("two_colours"), read_origins("two_colours")
            )


def test_how_a_source_is_named():
    said = {key: cited(one) for key, one in references().items()}
    assert said["wright1931"] == "Wright 1931"
    assert said["tipping1999"] == "Tipping and Bishop 1999"
    assert said["shumailov2024"] == "Shumailov and others 2024"
    assert said["kobak2025"] == "Kobak and others 2025"
    assert said["kuttruff"] == "Kuttruff"
    assert said["this_project"] == "derived for this project"


def test_what_is_missing_is_named(tmp_path, monkeypatch):
    assert not has_origins("nowhere")
    with pytest.raises(LessonError, match=r"origins.toml has no word for 'nothing' of room"):
        number_words(read_lesson("room"), "nothing")
    folder = tmp_path / "origins"
    folder.mkdir()
    monkeypatch.setattr("collapse_core.lessons.origins.asset", lambda name: tmp_path / name)
    for content, complaint in (
        ("why = []", "'why' has sources for 0 formulas, and room.toml has 3"),
        ("colour = 1", r"\['colour'\] is none of"),
        (f"{THREE}[[places]]\ntable = 1", r"\['table'\] is none of"),
        (f'{THREE}[[origins]]\nnumbers = ["x"]\ntest = "t"', "needs either"),
    ):
        (folder / "room.toml").write_text(content, encoding="utf-8")
        with pytest.raises(LessonError, match=complaint):
            read_origins.__wrapped__("room")
    assert Origin(("x",), 0, "", (), "t").formula_in(read_lesson("room")) == ""
