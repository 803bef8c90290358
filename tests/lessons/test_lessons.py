"""Lessons: clear complaints, and no gap that its page cannot fill."""

import ast
import string

import pytest
from opened import ENTRIES, ROOT, controls, name_of, open_page

from collapse_core.lessons.lesson import Lesson, LessonError, read_lesson

FOLDER = ROOT / "assets" / "lessons"
FILES = sorted(FOLDER.glob("*.toml"))
PARTS = 'title = "T"\nstory = "S"\nalt = "A picture."\n'
REASON = '[[why]]\nheading = "h"\ntext = "t"\nformula = "f"\nsource = "s"\nassumes = "a"\n'


def lesson_from(folder, content, key="page"):
    (folder / f"{key}.toml").write_text(content, encoding="utf-8")
    read_lesson.cache_clear()
    return read_lesson(key, folder)


def test_a_whole_lesson_is_read(tmp_path):
    lesson = lesson_from(
        tmp_path,
        PARTS
        + REASON
        + '[[presets]]\nname = "p"\ncomment = "c"\nvalues = { n = 3 }\n'
        + '[[next]]\ntext = "try"\n'
        + '[captions]\nlost = "{count} of {runs}"\n'
        + 'run_one = "{count} run"\nrun_many = "{count} runs"',
    )
    assert (lesson.title, lesson.story, lesson.next) == ("T", "S", ("try",))
    assert lesson.presets[0].values == {"n": 3}
    assert lesson.why[0].assumes == "a"
    assert lesson.say("captions", "lost", count=3, runs=4) == "3 of 4"
    assert lesson.counted("captions", "run", 1) == "1 run"
    assert lesson.counted("captions", "run", 2000) == "2,000 runs"


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


def gaps(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


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
        assert all(name.isidentifier() for name in gaps(text)), text


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.key)
def test_every_gap_is_one_that_the_page_fills(entry, monkeypatch):
    known, fill = set(), Lesson.fill

    def listen(self, template, where, **values):
        known.update(values)
        return fill(self, template, where, **values)

    monkeypatch.setattr(Lesson, "fill", listen)
    at = open_page(entry)
    for folded in (*at.get("expander"), *at.get("popover")):
        if folded.key:
            at.session_state[folded.key] = True
    at.run()
    core = ROOT / "collapse_core"
    rooms = (ROOT / "ui", core / "figures", core / "topics")
    for path in (ROOT / entry.file, *(path for room in rooms for path in room.rglob("*.py"))):
        known |= named_in(path)
    lesson = read_lesson(entry.key)
    for text in [lesson.alt, *texts(dict(lesson.tables))]:
        assert gaps(text) <= known, text


def named_in(path):
    """Return every name that a file gives to a value: ``name=value`` and ``"name": value``."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            names |= {keyword.arg for keyword in node.keywords if keyword.arg}
        elif isinstance(node, ast.Dict):
            names |= {key.value for key in node.keys if isinstance(key, ast.Constant)}
    return names


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.key)
def test_presets_set_controls_that_the_page_has(entry):
    at = open_page(entry)
    for preset in read_lesson(entry.key).presets:
        before = {name_of(control) for control in controls(at)}
        next(button for button in at.button if button.label == preset.name).click()
        at.run()
        assert set(preset.values) <= before | {name_of(control) for control in controls(at)}
        assert len(preset.comment) > 20
