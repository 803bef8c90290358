"""The glossary: each word is used, each link leads to one, and nothing else is touched."""

from functools import cache

import pytest
from opened import ENTRIES, entry_named, open_page

from collapse_core.lessons.glossary import ADDRESS, glossary_terms, terms_in, with_terms
from collapse_core.lessons.language import speaking
from collapse_core.lessons.lesson import LessonError, read_lesson
from ui.catalogue import EXPERIMENTS

TERMS = glossary_terms()
KEYS = [term.key for term in TERMS]
LINKED = ("sentences", "several", "kernel", "limits")  # tables of what is said more precisely


def texts_of(table):
    for value in table.values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            yield from texts_of(value)


@cache
def used():
    """Return the words that appear where pages make links of them."""
    found = set()
    for entry in ENTRIES:
        lesson = read_lesson(entry.key)
        texts = [lesson.story, *(reason.text for reason in lesson.why)]
        for name in LINKED:
            texts += texts_of(lesson.tables.get(name, {}))
        found |= {key for text in texts for key in terms_in(text)}
    teach = read_lesson("teach")
    texts = [task["question"] for task in teach.words("worksheet")["tasks"]]
    texts += [question["why"] for question in teach.words("quiz")["questions"]]
    texts += [cure["right"] for cure in teach.words("cures")["entries"]]
    return found | {key for text in texts for key in terms_in(text)}


@pytest.mark.parametrize("term", TERMS, ids=KEYS)
def test_each_word_is_used_explained_and_shown_somewhere(term):
    assert term.key in used(), "no page uses this word where it would be linked: delete it"
    assert 15 < len(term.meaning) < 220
    assert '"' not in term.meaning
    assert entry_named(term.page) in EXPERIMENTS
    assert term.key not in term.also
    assert terms_in(term.forms[0]) == [term.key]


def test_the_first_appearance_is_a_link_and_the_others_are_not():
    text = with_terms("The **median** of all medians; Median.")
    assert text.startswith(f'The **[median]({ADDRESS}&term=median "The middle one of all runs')
    assert text.endswith('")** of all medians; Median.')
    assert terms_in("Medians of a kernel density") == ["median", "kernel"]


@pytest.mark.parametrize(
    "text",
    [
        "`median`",
        "$median$ and $$median$$",
        "[the median](https://a.test/median)",
        "![median](x.png)",
        ":material/median:",
        '<a title="median">',
        "https://a.test/median",
        "premedian, medianly, median-like",
        "costs \\$5 and nothing else",
        "",
    ],
)
def test_what_is_no_word_of_a_text_is_left_alone(text):
    assert with_terms(text) == text


def test_a_sign_of_money_opens_no_formula():
    assert "](teach?" in with_terms("It costs \\$5, the median \\$7.")


@pytest.mark.parametrize(
    ("entries", "complaint"),
    [
        ((("a", "x"), ("a", "y")), "'a' twice"),
        ((("a", "x"), ("b", "X")), "'x' twice"),
        ((("a", "x", "c"),), "a: there is no word 'c'"),
    ],
)
def test_a_glossary_that_contradicts_itself_is_refused(monkeypatch, tmp_path, entries, complaint):
    lines = ['title = "T"', 'story = "S"', 'alt = "A picture."']
    for key, form, *also in entries:
        lines += ["[[glossary.terms]]", f'key = "{key}"', f'name = "{key}"', f'forms = ["{form}"]']
        lines += ['meaning = "m"', 'page = "two_colours"', f"also = {also}"]
    (tmp_path / "glossary.toml").write_text("\n".join(lines), encoding="utf-8")
    broken = read_lesson("glossary", tmp_path)
    monkeypatch.setattr("collapse_core.lessons.glossary.read_lesson", lambda key: broken)
    with pytest.raises(LessonError, match=complaint):
        glossary_terms()


def test_another_language_has_words_of_its_own():
    with speaking("de"):
        german, found = glossary_terms(), used.__wrapped__()
        story = with_terms(read_lesson("bell_curve").story, "&lang=de")
    assert {term.key for term in german} == set(KEYS)
    assert len(found) > 0.8 * len(KEYS), "most words are found in German texts"
    assert f"[Glockenkurve]({ADDRESS}&term=gaussian&lang=de " in story


def test_words_are_linked_in_story_details_and_formulas():
    at = open_page(
        entry_named("bell_curve"), {"seed": "2"}, state={"more_precisely": True, "why": True}
    )
    linked = [text.value for text in at.markdown if f"]({ADDRESS}" in text.value]
    story = with_terms(read_lesson("bell_curve").story)
    assert story in linked
    assert len(linked) > 3
