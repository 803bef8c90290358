"""The page on teaching: its views, the quiz in two rounds, a class's counts, and its sheets."""

from types import SimpleNamespace

import pytest
from opened import charts, clocks, entry_named, open_page, said, set_control

from collapse_core.lessons.language import speaking
from collapse_core.lessons.lesson import read_lesson
from collapse_core.topics.teach.quiz import questions_of, right_answers
from collapse_core.topics.teach.steps import Stop
from ui.topics.teach import stops

TEACH = entry_named("teach")
LESSON = read_lesson("teach")
QUESTIONS = questions_of(LESSON)
VIEWS = list(LESSON.words("controls")["view"]["options"])


def shown(view, **link):
    at = open_page(TEACH, {"view": view, **link})
    assert not at.exception
    assert not at.warning
    assert not at.error
    return at


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_has_words_and_a_help_for_every_control(view):
    at = shown(view)
    assert len(said(at)) > 300
    assert len(at.title) == 1
    for kind in ("slider", "number_input", "selectbox", "toggle", "radio", "text_area", "button"):
        for control in getattr(at, kind):
            assert control.help, control.label
    assert said(shown(view)) == said(at)


def test_the_seed_changes_plan_and_worksheet():
    for view in ("plans", "worksheet"):
        link = {} if view == "plans" else {"view": view}
        texts = []
        for seed in (1, 2):
            at = open_page(TEACH, link | {"seed": str(seed)})
            if view == "worksheet":
                set_control(at, "answers", True)
                at.run()
            texts.append(said(at))
        assert texts[0] != texts[1]


def answered(at, choice):
    for number, radio in enumerate(at.radio):
        radio.set_value(choice(number))
    return press(at, "These are my answers")


def press(at, label):
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception
    return at


def test_the_quiz_shows_growth_after_the_second_round_and_not_before():
    at = shown("quiz")
    press(at, "These are my answers")
    assert at.warning[0].value == LESSON.text("quiz", "missing")
    answered(at, lambda number: QUESTIONS[number].right if number == 0 else 3)
    assert "You have **1** of 5 right so far" in at.info[0].value
    assert not [question for question in QUESTIONS if question.why in said(at)]
    answered(at, lambda number: QUESTIONS[number].right)
    assert "**1** of 5 before, **5** of 5 after: 4 questions gained." in at.success[0].value
    assert all(question.why in said(at) for question in QUESTIONS)
    assert said(at).count("Now you are right") == 4
    press(at, "Start the quiz over")
    assert len(at.radio) == 5
    assert all(radio.value is None for radio in at.radio)


def test_the_answers_can_be_seen_at_once_and_nothing_of_them_is_in_the_link():
    at = shown("quiz")
    answered(at, lambda number: 0)
    press(at, "Show the answers now")
    assert QUESTIONS[2].why in said(at)
    assert f"You said: “{QUESTIONS[0].options[0]}”" in said(at)
    assert set(at.query_params) <= {"view"}


def test_answers_outlive_a_look_at_another_view():
    at = shown("quiz")
    at.radio[1].set_value(2)
    at.run()
    set_control(at, "view", "cures")
    at.run()
    set_control(at, "view", "quiz")
    at.run()
    assert at.radio[1].value == 2


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.page)
def test_a_question_has_one_right_answer_of_four(question):
    assert len(set(question.options)) == 4
    assert question.options[question.right] == question.answer
    assert question.letter in "ABCD"
    assert entry_named(question.page).kind == "experiment"


def test_right_answers_are_counted():
    assert right_answers(QUESTIONS, [question.right for question in QUESTIONS]) == 5
    assert right_answers(QUESTIONS, [None] * 5) == 0


def typed(at, text):
    at.text_area[0].set_value(text)
    at.run()
    assert not at.exception
    return at


def test_a_class_is_drawn_on_the_exact_law():
    at = shown("unplugged")
    assert len(charts(at)) == 1
    assert "4.3" in clocks(at)["teach_chains"]["captions"][-1]
    typed(at, "2 2 1 0 0\n2 3 4 4 4\n1 1 1 2 1")
    assert not at.error
    caption = clocks(at)["teach_chains"]["captions"][-1]
    assert "One colour only in **2** of 3 chains; exact: **2.2**" in caption
    names = {item.get("name") for item in charts(at)[0]["data"]}
    assert LESSON.text("figure", "chains") in names


def test_a_bad_count_gets_a_sentence_and_the_last_class_stays():
    at = typed(shown("unplugged"), "2 2 1 0 0")
    before = clocks(at)["teach_chains"]["captions"]
    typed(at, "2 2 1 0 9")
    assert "is not a count of blue marbles" in at.error[0].value
    assert clocks(at)["teach_chains"]["captions"] == before


def test_counts_of_other_sizes_are_refused_and_the_law_is_drawn():
    at = typed(shown("unplugged"), "2 2 1 0 0")
    set_control(at, "people", 4)
    at.run()
    assert not at.exception
    assert "has 5 counts instead of 4" in at.error[0].value
    assert len(clocks(at)["teach_chains"]["captions"]) == 5
    assert "your class" not in clocks(at)["teach_chains"]["captions"][-1]


def test_the_example_suits_the_settings():
    at = shown("unplugged", draws="7", people="9", chains="3")
    press(at, "Use the example")
    assert not at.error
    assert len(at.text_area[0].value.splitlines()) == 3
    assert "of 3 chains" in clocks(at)["teach_chains"]["captions"][-1]


def test_the_glossary_shows_the_word_that_a_link_asks_for():
    at = shown("glossary", term="median")
    assert [heading.value for heading in at.header] == ["median"]
    (words,) = open_page(TEACH, {"view": "glossary", "lang": "de"}).selectbox
    assert {"Alle Wörter", "Median", "Schleife"} & set(words.options) == {"Alle Wörter", "Median"}
    at = open_page(TEACH, {"view": "glossary", "term": "nonsense"})
    assert "term=nonsense" in at.warning[0].value
    assert len(at.header) > 40


@pytest.mark.parametrize(
    "link",
    [{"draws": "2", "people": "2", "chains": "1"}, {"draws": "20", "people": "10", "chains": "30"}],
    ids=["lowest", "highest"],
)
def test_the_game_stands_at_the_ends_of_its_controls(link):
    at = shown("unplugged", **link)
    captions = clocks(at)["teach_chains"]["captions"]
    assert len(captions) == int(link["people"]) + 1
    press(at, "Use the example")
    assert not at.error
    assert len(charts(at)) == 1
    assert not {"nan", "inf"} & set(" ".join(captions).split())


def test_links_on_paper_are_whole_and_say_the_language(monkeypatch):
    at_school = SimpleNamespace(url="https://s.test/app/teach")
    monkeypatch.setattr(stops, "st", SimpleNamespace(context=at_school))
    whole = "https://s.test/app/language?seed=1&lang="
    assert stops.addresses()(Stop("language")) == f"{whole}en"
    with speaking("de"):
        assert stops.addresses()(Stop("language")) == f"{whole}de"
