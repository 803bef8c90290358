"""Plans, worksheet, key and cures: each link opens and shows what the sheet says."""

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from urllib.parse import parse_qsl, urlsplit

import pytest
from opened import clocks, entry_named, open_page, said, told_of_guess

from collapse_core.lessons.language import speaking
from collapse_core.lessons.lesson import read_lesson
from collapse_core.topics.mitigation_lab.failures import failures_of
from collapse_core.topics.teach.plans import lesson_plans
from collapse_core.topics.teach.steps import Stop, stop_of
from collapse_core.topics.teach.told import TOLD_PAGES, told
from collapse_core.topics.teach.worksheet import worksheet
from ui.topics.teach.stops import address_of

LESSON = read_lesson("teach")
HERE = "http://school.test:8501/app/teach?view=worksheet"
SEEDS = (1, 7, 20261127)
TASKS = range(len(LESSON.words("worksheet")["tasks"]))
ALWAYS = {(1, task) for task in TASKS} | {(7, 0), (7, 3), (7, 6), (20261127, 1), (20261127, 4)}
NUMBER = re.compile(r"\d[\d,.]*(?: %)?")
PLANS = {plan.minutes: plan for plan in lesson_plans(LESSON, 1)}
STEPS = [(minutes, place) for minutes, plan in PLANS.items() for place in range(len(plan.steps))]
CURES = LESSON.words("cures")["entries"]
LIGHT = {*TOLD_PAGES, "teach", "exponential_families", "mitigation_lab"}

pytestmark = pytest.mark.usefixtures("first_part_only")


@cache
def tasks(seed):
    return worksheet(LESSON, seed)


def link_of(stop, **more):
    """Return what a reader's browser sends when the link is followed, as it stands on paper."""
    return dict(parse_qsl(urlsplit(address_of(stop, HERE)).query)) | more


def numbers(text):
    """Return the numbers of a text as they are written."""
    return [found.rstrip(".,") for found in NUMBER.findall(text.replace("*", ""))]


@pytest.mark.parametrize(
    ("seed", "task"),
    [
        pytest.param(seed, task, marks=[] if (seed, task) in ALWAYS else [pytest.mark.full])
        for seed in SEEDS
        for task in TASKS
    ],
)
def test_the_answer_is_what_the_page_shows(seed, task):
    asked = tasks(seed)[task]
    at = open_page(
        entry_named(asked.stop.page), link_of(asked.stop), state={"more_precisely": True}
    )
    assert not at.exception
    assert not at.warning, at.warning[0].value
    shown = clocks(at)[asked.stop.page]
    assert shown["start"] == asked.stop.generation
    caption = shown["captions"][asked.stop.generation]
    assert caption == asked.says
    seen = numbers(caption + said(at))
    assert numbers(asked.answer), "an answer has a number"
    assert set(numbers(asked.answer)) <= set(seen), "each number of the answer is on the page"


def test_another_seed_has_other_answers():
    first, second = (
        [task.answer for task in tasks(seed) if task.stop.settings.get("estimator") != "ml"]
        for seed in SEEDS[:2]
    )
    assert all(one != other for one, other in zip(first, second, strict=True))
    exact = [task.answer for seed in SEEDS[:2] for task in tasks(seed) if "ml" in str(task.stop)]
    assert len(set(exact)) == 1, "an exact answer does not depend on the seed"


def test_each_of_the_four_pages_is_asked_twice():
    pages = [task.stop.page for task in tasks(1)]
    assert sorted(pages) == sorted([*TOLD_PAGES, *TOLD_PAGES])


@pytest.mark.parametrize("plan", PLANS.values(), ids=str)
def test_a_plan_fills_its_minutes(plan):
    ends = [(step.first, step.last) for step in plan.steps]
    assert ends[0][0] == 0
    assert ends[-1][1] == plan.minutes
    assert all(before[1] == after[0] for before, after in pairwise(ends))
    assert plan.goals
    assert sum(step.stop is not None for step in plan.steps) >= 3


def test_there_is_a_plan_for_each_length():
    assert list(PLANS) == [20, 45, 90]
    assert set(LESSON.words("controls")["minutes"]["options"]) == {str(key) for key in PLANS}


@cache
def opened(page, link):
    """Return a page that several plans lead to: nobody may change it."""
    return open_page(entry_named(page), dict(link))


def queries(at):
    """Return what the address holds, each value in a list."""
    return {
        name: value if isinstance(value, list) else [value]
        for name, value in at.query_params.items()
    }


def opens(stop, **more):
    at = opened(stop.page, tuple(link_of(stop, **more).items()))
    assert not at.exception
    assert not at.warning, at.warning[0].value
    assert at.title[0].value == read_lesson(stop.page).title
    return at


@pytest.mark.parametrize(
    ("minutes", "place"),
    [
        pytest.param(
            minutes,
            place,
            marks=[]
            if (stop := PLANS[minutes].steps[place].stop) is None or stop.page in LIGHT
            else [pytest.mark.full],
        )
        for minutes, place in STEPS
    ],
)
def test_each_step_opens_and_shows_what_the_plan_says(minutes, place):
    step = PLANS[minutes].steps[place]
    assert min(map(len, (step.heading, step.do, step.ask, step.expect))) > 5
    if step.stop is None:
        return
    at = opens(step.stop)
    if step.stop.page == "teach":
        assert at.button_group[0].value == step.stop.settings["view"]
        return
    # A link that the page rewrites would be one more step of Back, each time it is come to.
    assert {name: value[-1] for name, value in queries(at).items()} == link_of(step.stop)
    asking = told_of_guess(at)
    assert (asking is not None and asking["state"] == "asking") == step.stop.asks
    if step.stop.generation is None:
        return
    told_at = opens(step.stop, guess="skip") if step.stop.asks else at
    shown = clocks(told_at)[step.stop.page]
    assert shown["start"] == step.stop.generation
    caption = shown["captions"][step.stop.generation]
    assert caption == step.stop.told().sentence
    assert set(numbers(caption)) & set(numbers(step.expect)), "the plan quotes the page"


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param(entry, id=entry["wrong"][:30], marks=[] if light else [pytest.mark.full])
        for entry in CURES
        if (light := entry["page"] in LIGHT) or True
    ],
)
def test_each_misconception_has_a_page_that_opens(entry):
    opens(stop_of(entry, 1))


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_cure_of_more_filtering_quotes_the_lab(language):
    with speaking(language):
        entries = read_lesson("teach").words("cures")["entries"]
        (entry,) = (entry for entry in entries if entry["page"] == "mitigation_lab")
        at = opens(stop_of(entry, 1), lang=language)
    preset = failures_of(read_lesson("mitigation_lab"))["filter"].values
    assert entry["settings"] == preset
    rates = [f"{preset[name]:.0%}" for name in ("false_positive", "true_positive")]
    kept = at.dataframe[0].value.to_string()
    of_real, of_made, left, left_without = re.findall(r"[\d.,]+\s%", entry["right"])
    assert ["".join(share.split()) for share in (of_real, of_made)] == rates
    assert f"({left})" in kept, "what is exact stands in brackets"
    assert f"({left_without})" in kept


@pytest.mark.parametrize("entry", CURES, ids=lambda entry: entry["wrong"][:30])
def test_a_cure_is_on_a_page_that_there_is(entry):
    assert entry_named(entry["page"]).kind == "experiment"


def test_the_german_key_quotes_the_german_page():
    with speaking("de"):
        task = worksheet(read_lesson("teach"), 1)[0]
    assert "In 158 von 200 Durchläufen" in task.answer
    assert "exakt: **80,6" in task.says
    at = open_page(entry_named(task.stop.page), link_of(task.stop, lang="de"))
    assert clocks(at)["two_colours"]["captions"][task.stop.generation] == task.says


def test_links_on_paper_are_whole_and_those_in_texts_are_not():
    stop = Stop("two_colours", {"fresh": False, "anchors": 1}, 3, 50)
    query = "two_colours?fresh=false&anchors=1&seed=3&generation=50&guess=skip"
    assert address_of(stop) == query
    asking = address_of(replace(stop, asks=True))
    assert asking == query.replace("generation=50&guess=skip", "guess=ask"), (
        "the page has its own place"
    )
    assert address_of(stop, HERE) == f"http://school.test:8501/app/{query}"


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("language", {}, 1, 3), "page='language'"),
        (("two_colours", {"generations": 9}, 1, 10), "generation=10 is not among"),
        (("two_colours", {"share": 7.0}, 1, 1), "share=7"),
        (("two_colours", {}, -1, 1), "seed=-1"),
    ],
)
def test_what_no_page_can_tell(arguments, complaint):
    with pytest.raises(ValueError, match=complaint):
        told(*arguments)
