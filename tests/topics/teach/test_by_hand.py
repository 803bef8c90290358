"""The loop by hand: its exact law, what a class types in, and the picture of both."""

import numpy as np
import pytest
from checked_figures import LOOK, check_frames, validated

from collapse_core.lessons.lesson import read_lesson
from collapse_core.topics.teach.by_hand import HumanChains, chains_law, example_counts
from collapse_core.topics.teach.class_counts import ClassCounts, parse_class_counts
from collapse_core.topics.teach.figure import class_figure
from collapse_core.topics.teach.sentences import ChainsSentences

LESSON = read_lesson("teach")


# Of six chains of five people: diversity left, chains fixed, chance that at least three are.
@pytest.mark.parametrize(
    ("draws", "left", "fixed", "chance"),
    [(4, 0.24, 4.3, 0.94), (6, 0.40, 3.0, None), (10, 0.59, 1.4, None)],
)
def test_known_classes(draws, left, fixed, chance):
    law = chains_law(HumanChains(draws=draws))
    assert law.diversity[-1] == pytest.approx(left, abs=0.005)
    assert law.diversity[-1] == pytest.approx((1.0 - 1.0 / draws) ** 5)
    assert law.fixed[-1] == pytest.approx(fixed, abs=0.05)
    if chance is not None:
        assert law.at_least(3) == pytest.approx(chance, abs=0.005)


def played(draws, classes=400):
    asked = HumanChains(draws=draws)
    counts = np.array([example_counts(asked, seed) for seed in range(classes)])
    return np.isin(counts[:, :, -1], (0, draws)).sum(axis=1)


def errors_apart(fixed, law):
    error = fixed.std(ddof=1) / np.sqrt(fixed.size)
    return abs(fixed.mean() - law.fixed[-1]) / error


@pytest.mark.parametrize("draws", [2, 4, 10])
def test_classes_that_play_agree_with_the_law(draws):
    fixed, law = played(draws), chains_law(HumanChains(draws=draws))
    assert errors_apart(fixed, law) < 4.0
    share = float((fixed >= 3).mean())
    chance = law.at_least(3)
    assert abs(share - chance) < 4.0 * np.sqrt(max(chance * (1 - chance), 1e-3) / fixed.size)


def test_another_law_is_rejected():
    assert errors_apart(played(4), chains_law(HumanChains(draws=5))) > 4.0


def test_the_example_is_a_class_that_could_be():
    asked = HumanChains(draws=3, people=7, chains=30)
    text = "\n".join(" ".join(map(str, row)) for row in example_counts(asked).tolist())
    assert parse_class_counts(text, 3, 7).shares.shape == (30, 8)


@pytest.mark.parametrize(
    "text",
    [
        "2, 1, 0\n3 4 4",
        "2;1;0\r\n3;4;4\r\n",
        "2\t1\t0\n\n3\t4\t4",
        "Chain 1: 2 1 0\nBen, Ada: 3 4 4",
        "# the blue ones\n٢ ١ ٠\n3,4,4",
        "sep=;\n2;1;0\n3;4;4",
    ],
)
def test_counts_are_read_as_people_write_them(text):
    found = parse_class_counts(text, 4, 3)
    assert found.counts == ((2, 1, 0), (3, 4, 4))
    np.testing.assert_array_equal(found.fixed, [0, 0, 1, 2])
    np.testing.assert_allclose(found.shares[0], [0.5, 0.5, 0.25, 0.0])
    assert found.diversity[1] == pytest.approx((0.25 + 0.1875) / 2 / 0.25)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "There are no counts: the text is empty. Write one line per chain"),
        ("2, 1", 'Line 1: "2, 1" has 2 counts instead of 3. Write one count per person'),
        ("2 1 0\n5 1 1", 'Line 2: "5" is not a count of blue marbles. Write a whole number from 0'),
        ("2 1 x", 'Line 1: "x" is not a count'),
        ("2 -1 0", 'Line 1: "-1" is not a count'),
        ("2,5 1 0", "has 4 counts instead of 3"),
        ("2 0 1", "person 2 drew no blue marble, so none was in the jar of person 3, who wrote 1."),
        ("4 3 3", "person 1 drew blue marbles only, so no other one was in the jar of person 2"),
        ("1 1 1\n" * 31, "There are 31 lines: at most 30 chains are allowed. Leave out lines."),
        ("9" * 400 + " 1 1", "has 1 count instead of 3"),
    ],
)
def test_what_no_class_can_draw_is_said(text, complaint):
    with pytest.raises(ValueError, match=r".") as told:
        parse_class_counts(text, 4, 3)
    assert complaint in str(told.value)


@pytest.mark.parametrize(("name", "value"), [("draws", 1), ("people", 1), ("people", 99)])
def test_sizes_out_of_range_are_named(name, value):
    with pytest.raises(ValueError, match=f"{name}={value}"):
        parse_class_counts("1 1", **{"draws": 4, "people": 5, name: value})


COUNTS = ClassCounts(4, ((2, 1, 0), (3, 4, 4)))


@LOOK
@pytest.mark.parametrize("counts", [None, COUNTS], ids=["law", "class"])
def test_the_picture(counts, look):
    asked = HumanChains(people=3, chains=2)
    law = chains_law(asked)
    spoken = ChainsSentences(LESSON, asked, law, counts)
    moving = class_figure(law, counts, look=look, alt=spoken.alt())
    validated(moving)
    check_frames(moving)
    assert len(moving.frames) == 4
    drawn = [trace for trace in moving.traces if trace.get("name") == LESSON.text("figure", "mean")]
    assert len(drawn) == (0 if counts is None else 3)
    if counts is not None:
        assert list(drawn[2]["y"]) == [0, 0, 1, 2]
    table = spoken.columns()
    assert len(table) == (4 if counts is None else 7)
    assert all(len(column) == 4 for column in table.values())


def test_what_is_said_of_a_class():
    asked = HumanChains(people=3, chains=2)
    captions = ChainsSentences(LESSON, asked, chains_law(asked), COUNTS).captions()
    assert captions[0] == LESSON.text("captions", "start")
    assert "your class has **0 %** of the diversity left; exact average: **42.2 %**" in captions[3]
    assert "One colour only in **2** of 2 chains; exact: **1.0**" in captions[3]


def test_what_is_expected_is_computed():
    asked = HumanChains()
    said = ChainsSentences(LESSON, asked, chains_law(asked), None).expected()
    assert "With 6 chains of 5 people and 4 marbles **23.7 %** of the diversity" in said
    assert "**4.3** chains have one colour only" in said
    assert "at least 3 of them do is 94.3 %" in said
    alone = HumanChains(chains=1)
    one = ChainsSentences(LESSON, alone, chains_law(alone), None).expected()
    assert one.startswith("With one chain of 5 people")
    assert "at least" not in one
    shorter = HumanChains(draws=10)
    assert "**59 %**" in ChainsSentences(LESSON, shorter, chains_law(shorter), None).expected()
