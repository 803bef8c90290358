"""Lessons: clear complaints, and no gap that its page cannot fill."""

import ast
import re
from functools import cache
from importlib import import_module

import pytest
from opened import ENTRIES, ROOT, controls, name_of, open_page
from some_pages import some_always

from collapse_core.lessons.lesson import LessonError, forget_lessons, read_lesson
from collapse_core.lessons.numbers import FORMATS
from collapse_core.lessons.template import gaps_of
from collapse_core.topics.experiment import Experiment

FOLDER = ROOT / "assets" / "lessons" / "en"
FILES = sorted(FOLDER.glob("*.toml"))
PARTS = 'title = "T"\nstory = "S"\nalt = "A picture."\n'
REASON = '[[why]]\nheading = "h"\ntext = "t"\nformula = "f"\nsource = "s"\nassumes = "a"\n'


def lesson_from(folder, content, key="page"):
    (folder / f"{key}.toml").write_text(content, encoding="utf-8")
    forget_lessons()
    return read_lesson(key, folder)


def test_a_whole_lesson_is_read(tmp_path):
    lesson = lesson_from(
        tmp_path,
        PARTS
        + REASON
        + '[[presets]]\nname = "p"\ncomment = "c"\nvalues = { n = 3 }\n'
        + '[[next]]\ntext = "try"\n'
        + '[captions]\nlost = "{count} of {runs}"\n'
        + 'won = "{count:game}"\n[nouns]\ngame = { one = "{n} game", other = "{n} games" }',
    )
    assert (lesson.title, lesson.story, lesson.next) == ("T", "S", ("try",))
    assert lesson.presets[0].values == {"n": 3}
    assert lesson.why[0].assumes == "a"
    assert lesson.say("captions", "lost", count=3, runs=4) == "3 of 4"
    assert lesson.say("captions", "won", count=1) == "1 game"
    assert lesson.say("captions", "won", count=2000) == "2,000 games"


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("title = ", "page.toml is not valid TOML"),
        ("", "page.toml: 'title' must be a text, for example title = \"...\""),
        ('title = "T"\n', "page.toml: 'story' must be a text"),
        ('title = 3\nstory = "S"\nalt = "A"', "page.toml: 'title' must be a text"),
        ('title = "T"\nstory = "  "\nalt = "A"', "page.toml: 'story' must be a text"),
        (PARTS + 'captions = "words"', "page.toml: 'captions' is not known; put sentences in a"),
        (PARTS + '[[presets]]\nname = "p"\ncomment = "c"', r"\[\[presets\]\] 1: 'values' must be"),
        (PARTS + "[[presets]]\nname = 1\ncomment = 'c'\nvalues = {}", "1: 'name' must be a text"),
        (PARTS + "presets = [1]", r"\[\[presets\]\] 1: 'values' must be a table"),
        (PARTS + REASON + '[[why]]\nheading = "h"', r"\[\[why\]\] 2: 'text' must be a text"),
        (PARTS + "[[next]]\nwords = 'x'", r"\[\[next\]\] 1: 'text' must be a text"),
    ],
)
def test_a_complaint_names_the_file_and_the_part(tmp_path, content, complaint):
    with pytest.raises(LessonError, match=complaint):
        lesson_from(tmp_path, content)


@pytest.mark.parametrize("name", ["presets", "why", "next"])
def test_a_list_that_is_no_list_is_named(tmp_path, name):
    with pytest.raises(LessonError, match=f"page.toml.*{name}"):
        lesson_from(tmp_path, PARTS + f"{name} = 5")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(LessonError, match=r"nowhere.toml is missing from .*: add it"):
        read_lesson("nowhere", tmp_path)


def test_a_file_that_is_no_text_is_named(tmp_path):
    (tmp_path / "page.toml").write_bytes(b'title = "\xff\xfe"')
    with pytest.raises(LessonError, match=r"page.toml is not valid TOML"):
        read_lesson("page", tmp_path)


def test_a_missing_sentence_or_gap_is_named(tmp_path):
    lesson = lesson_from(tmp_path, PARTS + '[captions]\na = "{lost} of {runs}"\nb = 3\nc = "{"\n')
    with pytest.raises(LessonError, match=r"page.toml has no table \[words\]: add it"):
        lesson.say("words", "a")
    with pytest.raises(LessonError, match=r"no text 'z' in \[captions\]"):
        lesson.say("captions", "z")
    with pytest.raises(LessonError, match=r"no text 'b' in \[captions\]"):
        lesson.say("captions", "b")
    with pytest.raises(LessonError, match=r"\[captions\] a: cannot fill in 'runs'.*here: lost"):
        lesson.say("captions", "a", lost=1)
    with pytest.raises(LessonError, match=r"\[captions\] c: cannot fill in"):
        lesson.say("captions", "c")


# ------------------------------------------------------------------------- the lessons themselves


def texts(value):
    """Yield every text of a lesson's tables."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_lesson_can_be_read(path):
    lesson = read_lesson(path.stem)
    assert lesson.title
    for reason in lesson.why:
        assert not reason.source.startswith("http"), "a source is an author and a title"
        assert reason.formula.count("{") == reason.formula.count("}")
    names = [preset.name for preset in lesson.presets]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_gap_has_a_name(path):
    lesson = read_lesson(path.stem)
    for text in [lesson.alt, *texts(dict(lesson.tables))]:
        assert all(name.isidentifier() for name in gaps_of(text)), text


PLAYER = ROOT / "collapse_core" / "figures" / "player"
PLURALS = {"none", "zero", "one", "two", "few", "many", "other"}  # CLDR's, and for nothing at all


def code_of(key):
    """Return the files that may use a lesson's words: its topic's, its page's and the kits'."""
    core, topic = ROOT / "collapse_core", {"density_tails": "vanishing_tails"}.get(key, key)
    kits = [
        core / "lessons",
        core / "figures",
        core / "topics",
        ROOT / "ui",
        ROOT / "ui" / "player",
    ]
    files = [path for kit in kits for path in kit.glob("*.py")]
    if key == "messages":
        return [*core.rglob("*.py")]
    if key == "drift_report":
        return [*(core / "drift").rglob("*.py")]
    if key == "sweep":
        return [*(core / "sweeps").rglob("*.py"), *(core / "topics").rglob("swept.py")]
    if key == "site":
        return [*(core / "site").rglob("*.py")]
    if key in ("shell", "teach"):  # plans and worksheet tell the numbers of other topics
        return [*files, *(core / "topics").rglob("*.py"), *(ROOT / "ui").rglob("*.py")]
    if key in ("classroom", "telephone"):
        files += (core / "classroom").rglob("*.py")
        return [*files, *(ROOT / "ui" / "classroom").rglob("*.py"), ROOT / "ui" / "catalogue.py"]
    rooms = (core / "topics" / topic, ROOT / "ui" / "topics" / topic, ROOT / "ui" / topic)
    for room in rooms:
        files += room.rglob("*.py")
    page = ROOT / "pages" / f"{topic}.py"
    return [*files, page if page.exists() else ROOT / "app.py"]


def options_of(key):
    """Return what a topic lets a reader choose; of words for data, the names in the data."""
    if key in ("origins", "references"):
        data = [*(ROOT / "assets" / "origins").glob("*.toml"), ROOT / "assets" / "references.toml"]
        names = re.findall(r"\w+", "".join(path.read_text(encoding="utf-8") for path in data))
        return {*names, *(path.stem for path in data)}
    if not (ROOT / "collapse_core" / "topics" / key / "question.py").exists():
        return set()
    kinds = vars(import_module(f"collapse_core.topics.{key}.question")).values()
    asks = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Experiment)]
    return {option for kind in asks for options in kind.choices.values() for option in options}


def strings_in(paths):
    """Return all texts in some files, and patterns of those that are put together."""
    parts = [strings_of(path) for path in paths]
    found = set().union(*(texts for texts, _ in parts))
    return found, [re.compile(pattern) for pattern in set().union(*(made for _, made in parts))]


@cache
def strings_of(path):
    """Return the same of one file.

    A pattern with fewer than four letters of its own would fit nearly everything: it is left out.
    """
    found, patterns = set(), set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if (isinstance(node, ast.keyword) and node.arg) or isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found.add(node.target.id)  # the field of an experiment or of a report
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            parts = [
                re.escape(part.value) if isinstance(part, ast.Constant) else r"\w+"
                for part in node.values
            ]
            if sum(len(part) for part in parts if part != r"\w+") > 3:
                patterns.add("".join(parts))
    return found, patterns


@cache
def forms_of_gaps():
    """Return every format, nouns among them, that a gap of any lesson has."""
    lessons = [read_lesson(path.stem) for path in FILES]
    found = [lesson.alt for lesson in lessons]
    found += [text for lesson in lessons for text in texts(dict(lesson.tables))]
    return {form for text in found for form in gaps_of(text).values()}


def script_of_the_player():
    scripts = [*PLAYER.glob("*.js"), *(ROOT / "ui" / "classroom").rglob("*.js")]
    return "\n".join(path.read_text(encoding="utf-8") for path in scripts)


def keys_of(table, name=""):
    """Yield every key of a table, and of the tables inside it but settings of a page."""
    for key, value in table.items():
        yield key
        if isinstance(value, dict) and key != "values":
            yield from keys_of(value, key)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_key_is_used(path):
    found, patterns = strings_in(code_of(path.stem))
    found |= PLURALS | forms_of_gaps() | set(re.findall(r"\w+", script_of_the_player()))
    found |= options_of(path.stem)
    unused = [
        f"[{table}] {key}"
        for table, words in read_lesson(path.stem).tables.items()
        for key in keys_of(words)
        if key not in found and not any(pattern.fullmatch(key) for pattern in patterns)
    ]
    assert not unused, "no code uses these words: delete them"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_gap_can_be_filled(path):
    found, patterns = strings_in(code_of(path.stem))
    lesson = read_lesson(path.stem)
    for text in [lesson.alt, *texts(dict(lesson.tables))]:
        for name, form in gaps_of(text).items():
            filled = name in found or any(pattern.fullmatch(name) for pattern in patterns)
            assert filled, f"no code fills {{{name}}} in: {text}"
            known = form in FORMATS or form in lesson.nouns
            assert known or format(1.5, form), f"{form} is no format, in: {text}"


def test_a_key_and_a_gap_that_nobody_uses_are_found(tmp_path):
    code = tmp_path / "code.py"
    code.write_text("lesson.say('captions', f'lost_{kind}', runs=3)\nf'{a}_{b}'\n")
    found, patterns = strings_in([code])
    assert "runs" in found
    assert any(pattern.fullmatch("lost_exact") for pattern in patterns)
    assert not any(pattern.fullmatch("found_exact") for pattern in patterns)


@some_always(ENTRIES)
def test_presets_set_controls_that_the_page_has(entry):
    at = open_page(entry)
    for preset in read_lesson(entry.key).presets:
        before = {name_of(control) for control in controls(at)}
        next(button for button in at.button if button.label == preset.name).click()
        at.run()
        assert set(preset.values) <= before | {name_of(control) for control in controls(at)}
        assert len(preset.comment) > 20


def test_a_lesson_in_another_language_writes_its_numbers_so(tmp_path):
    lesson = lesson_from(
        tmp_path, 'language = "de"\n' + PARTS + '[a]\nb = "{x:.1f} von {n:count}"\n'
    )
    assert lesson.say("a", "b", x=0.25, n=1000) == "0,2 von 1.000"
