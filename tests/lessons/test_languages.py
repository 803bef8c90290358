"""Languages: a folder each, that of the moment is read, and what is missing is read in English."""

import math
import pickle
import threading

import pytest
from opened import ROOT

from collapse_core.figures.look import LIGHT
from collapse_core.figures.percent_axis import as_money, in_percent
from collapse_core.figures.scene import Scene, share_axis
from collapse_core.lessons import language as languages_of
from collapse_core.lessons.language import in_this_language, language, languages, speaking
from collapse_core.lessons.lesson import forget_lessons, read_lesson
from collapse_core.lessons.messages import Message, RefusedError, message
from collapse_core.lessons.numbers import FORMATS
from collapse_core.lessons.template import gaps_of
from collapse_core.topics.two_colours.own_jar import parse_jar
from collapse_core.topics.vanishing_tails.own_counts import parse_counts

FOLDER = ROOT / "assets" / "lessons"
NARROW = "\N{NO-BREAK SPACE}"
SHELL = 'title = "{title}"\nstory = "s"\nalt = "a"\n[numbers]\nunder = "{under}"\n'
SHELL += '[nouns]\nrun = {{ one = "{{n}} {one}", other = "{{n}} {many}" }}\n'


@pytest.fixture
def made_up(tmp_path, monkeypatch):
    """Two languages with a lesson of their own, one that only English has, and one besides."""
    for code, words in (
        ("en", {"title": "Frame", "under": "under {number}", "one": "run", "many": "runs"}),
        ("de", {"title": "Rahmen", "under": "unter {number}", "one": "Lauf", "many": "Läufe"}),
    ):
        (tmp_path / code).mkdir()
        (tmp_path / code / "shell.toml").write_text(SHELL.format(**words), encoding="utf-8")
        page = f'title = "{words["title"]} 2"\nstory = "s"\nalt = "a"\n'
        page += '[a]\nb = "{n:run}, {x:.1f}"\n'
        (tmp_path / code / "page.toml").write_text(page, encoding="utf-8")
    only = 'title = "Only here"\nstory = "s"\nalt = "a"\n[a]\nb = "{x:.1f}"\n'
    (tmp_path / "en" / "only.toml").write_text(only, encoding="utf-8")
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "page.toml").write_text('title = "Une page"\nstory = "s"\nalt = "a"\n')
    monkeypatch.setattr(languages_of, "FOLDER", tmp_path)
    languages.cache_clear()
    forget_lessons()
    yield tmp_path
    monkeypatch.undo()
    languages.cache_clear()
    forget_lessons()


def test_a_language_is_there_once_its_frame_is(made_up):
    assert languages() == ("en", "de")


def test_lessons_are_in_the_language_of_the_moment(made_up):
    facts = {"n": 2, "x": 0.25}
    assert read_lesson("page").say("a", "b", facts) == "2 runs, 0.2"
    with speaking("de"):
        german = read_lesson("page")
        assert (german.title, german.language) == ("Rahmen 2", "de")
        assert german.say("a", "b", facts) == "2 Läufe, 0,2"
        assert german.say("a", "b", {"n": 1, "x": 1.0}) == "1 Lauf, 1,0"
    # A lesson keeps its language, whoever speaks.
    assert german.say("a", "b", facts) == "2 Läufe, 0,2"
    assert read_lesson("shell").title == "Frame"


@pytest.mark.parametrize("code", ["fr", "xx", "", "../de", "DE"])
def test_what_nobody_speaks_is_english(made_up, code):
    with speaking(code):
        assert language() == "en"
        assert read_lesson("page").language == "en"


def test_a_lesson_that_is_not_translated_is_english_as_a_whole(made_up):
    with speaking("de"):
        assert read_lesson("only").language == "en"
        assert read_lesson("only").say("a", "b", x=0.25) == "0.2"


def test_a_thread_speaks_for_itself_and_what_is_made_for_later_remembers():
    heard = []
    with speaking("de"):
        later = in_this_language(language)
        thread = threading.Thread(target=lambda: heard.extend([language(), later(), language()]))
        thread.start()
        thread.join()
        assert language() == languages()[-1]
    assert heard == ["en", "de", "en"]
    assert language() == "en"


# ------------------------------------------------------------------------------------ German


def test_german_is_complete():
    folders = [{path.name for path in (FOLDER / code).glob("*.toml")} for code in ("en", "de")]
    assert folders[0] <= folders[1]
    assert not list(FOLDER.glob("*.toml")), "each lesson is in the folder of its language"


def written_in(code):
    with speaking(code):
        return read_lesson("shell").numbers


@pytest.mark.parametrize(
    ("form", "value", "english", "german"),
    [
        ("count", 1234567, "1,234,567", "1.234.567"),
        ("average", 12.34, "12.3", "12,3"),
        ("percent", 0.12, "12 %", f"12{NARROW}%"),
        ("percent", 0.1234, "12.3 %", f"12,3{NARROW}%"),
        ("percent", 1e-9, "under 0.1 %", f"unter 0,1{NARROW}%"),
        ("any_percent", 20.0, "2,000 %", f"2.000{NARROW}%"),
        ("chance", 0.25, "0.250", "0,250"),
        ("short", 1e6, "1 million", "1 Million"),
        ("short", 2.5e9, "2.5 billion", "2,5 Milliarden"),
        ("small", -1.25, "−1.25", "−1,25"),
        ("hundredths", -1234.5, "−1234.50", "−1234,50"),
        ("on_an_axis", 0.25, "25%", f"25{NARROW}%"),
        ("on_an_axis", 0.005, "0.5%", f"0,5{NARROW}%"),
    ],
)
def test_numbers_are_written_as_the_language_does(form, value, english, german):
    assert getattr(written_in("en"), form)(value) == english
    assert getattr(written_in("de"), form)(value) == german


def test_nouns_have_the_forms_of_the_language():
    for count, words in ((1, "1 Durchlauf"), (0, "0 Durchläufe"), (2000, "2.000 Durchläufe")):
        with speaking("de"):
            shell = read_lesson("shell")
            assert shell.fill("{runs:run}", "here", runs=count) == words


def test_axes_are_written_as_the_language_does():
    for code, signs in (("en", ".,"), ("de", ",.")):
        with speaking(code):
            scene = Scene("two_colours", LIGHT, rare="blau")
            scene.panel("share", "generation", x={"range": [0, 1]}, y=share_axis())
            layout = scene.figure().layout
        assert layout["separators"] == signs
    assert layout["yaxis"]["tickvals"] == [0.0, 0.25, 0.5, 0.75, 1.0]
    assert layout["yaxis"]["ticktext"] == [f"{n}{NARROW}%" for n in (0, 25, 50, 75, 100)]


@pytest.mark.parametrize(
    ("axis", "marks"),
    [
        (
            {"range": [0.0, 0.3], "tickformat": ".0%", "nticks": 6},
            [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3],
        ),
        ({"range": [-0.02, 0.41], "tickformat": ".0%"}, [0, 0.1, 0.2, 0.3, 0.4]),
        ({"range": [0, 0.9], "tickformat": "~p", "nticks": 6}, [0, 0.2, 0.4, 0.6, 0.8]),
        (
            {"range": [-3, 0], "type": "log", "tickformat": ".2~%", "dtick": 1},
            [0.001, 0.01, 0.1, 1],
        ),
    ],
)
def test_percentages_stand_where_plotly_would_put_them(axis, marks):
    german = in_percent(axis, written_in("de"))
    assert german["tickvals"] == pytest.approx(marks)
    assert all(text.endswith(f"{NARROW}%") for text in german["ticktext"])
    assert german["range"] == axis["range"]
    assert in_percent(axis, written_in("en")) == axis
    plain = {"range": [0, 5], "tickformat": ".2f"}
    assert in_percent(plain, written_in("de")) == plain


def test_marks_keep_their_sign_and_hovering_between_them_has_percentages():
    axis = {"range": [-0.4, 0.4], "tickformat": "+.0%", "nticks": 5}
    german = in_percent(axis, written_in("de"))
    assert german["ticktext"] == [f"{n}{NARROW}%" for n in ("-40", "-20", "0", "+20", "+40")]
    assert german["hoverformat"] == "+.0%"


def test_percentages_in_pythons_format_are_written_as_the_language_does():
    for code, words in (("en", "+32.4 %"), ("de", f"+32,4{NARROW}%")):
        assert written_in(code).plain(0.3244, "+.1%") == words
        assert written_in(code).plain(0.3244, ".0%").startswith("32")


@pytest.mark.parametrize(
    ("value", "german"),
    [
        (0.25, "0,25"),
        (12.0, "12"),
        (1234.56789, "1234,5679"),
        (2.6e-7, "0,0000003"),
        (-0.5, "-0,5"),
    ],
)
def test_a_table_has_the_decimal_sign_of_the_language(value, german):
    assert written_in("de").in_a_table(value) == german


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("run: %{y:.1%}<extra></extra>", "run: %{y:$.1%}<extra></extra>"),
        ("%{y:+.0%}, %{x:,.0f}", "%{y:+$.0%}, %{x:,.0f}"),
        ("%{x:~p} of 90 %, 5% %{text}", "%{x:$~p} of 90 %, 5% %{text}"),
        (["%{y:.1%}", "%{y}"], ["%{y:$.1%}", "%{y}"]),
    ],
)
def test_the_player_tells_percentages_as_money_whose_sign_is_that_of_the_language(english, german):
    assert as_money({"hovertemplate": english}) == {"hovertemplate": german}
    assert as_money({"hovertemplate": german}) == {"hovertemplate": german}
    layout = {"xaxis": {"tickformat": ".0%"}, "yaxis2": {"hoverformat": "+.1%"}, "title": "1%"}
    told = as_money(layout)
    assert told["xaxis"] == {"tickformat": "$.0%"}
    assert told["yaxis2"] == {"hoverformat": "+$.1%"}
    assert (told["title"], layout["xaxis"]) == ("1%", {"tickformat": ".0%"})


def test_only_the_player_is_told_so_and_only_where_the_sign_is_another():
    for code, sign in (("en", None), ("de", ("", f"{NARROW}%"))):
        with speaking(code):
            scene = Scene("two_colours", LIGHT, rare="blau")
            panel = scene.panel("share", x={"range": [0, 1]}, y=share_axis(), hover="%{y:.1%}")
            panel.line("mean", [0.1, 0.2], [0.0, 1.0])
            figure = scene.figure()
            packed = figure.picture().packed().decode(errors="replace")
        assert "%{y:.1%}" in figure.traces[-1]["hovertemplate"]
        assert ("%{y:$.1%}" in packed) == (sign is not None)
        assert written_in(code).around_percent == sign


# ------------------------------------------------------------------- messages on own data


def examples():
    """Return the table, the name and the gaps of every message."""
    return [
        pytest.param(table, name, gaps_of(text), id=f"{table}.{name}")
        for table, words in read_lesson("messages").tables.items()
        if table != "nouns"
        for name, text in words.items()
    ]


@pytest.mark.parametrize(("table", "name", "gaps"), examples())
def test_every_message_is_said_in_every_language(table, name, gaps):
    facts = {gap: "x" if not form else 1234 for gap, form in gaps.items()}
    english = message(table, name, **facts)
    with speaking("de"):
        german = message(table, name, **facts)
    assert "{" not in english + german
    assert english != german or " " not in english
    assert not set(gaps.values()) & set(FORMATS), "English is said without Babel"


def test_a_refusal_is_said_in_the_language_of_who_reads_it():
    with pytest.raises(RefusedError) as refused:
        parse_counts("apples 12\npears")
    assert 'Line 2: "pears" has a name or a count only.' in str(refused.value)
    with speaking("de"):
        assert "Zeile 2: „pears“ hat nur einen Namen oder nur eine Anzahl." in str(refused.value)
        again = pickle.loads(pickle.dumps(refused.value))
        assert str(again).startswith("Zeile 2")
    assert isinstance(again, ValueError)
    assert str(again).startswith("Line 2")


def test_counts_in_messages_have_the_forms_of_the_language():
    with speaking("de"):
        assert str(Message("own_text", "too_few_words", count=1, least=50)).startswith(
            "Der Text hat 1 Wort, und mindestens 50"
        )
        assert message("points", "too_many", count=12345, least=10, most=5000).startswith(
            "Es sind 12.345 Punkte: erlaubt sind 10 bis 5.000."
        )
        with pytest.raises(ValueError, match="nennt 1 Sorte, nicht 2"):
            parse_jar("9 gelb")


def test_no_message_needs_babel(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "babel", None)
    assert (
        message("points", "columns", line="L", count=1, remedy="R")
        == "L has 1 column instead of 2. R"
    )
    assert message("own_text", "too_few_words", count=3, least=50).startswith(
        "The text has 3 words"
    )
    with pytest.raises(ValueError, match="The list is empty"):
        parse_counts("")
    assert math.isclose(parse_counts("a 1\nb 3").probabilities[0], 0.25)
