"""The static edition: what is computed for it, what is written, and what is refused."""

import base64
import gzip
import re

import pytest

from collapse_core.command.main import main
from collapse_core.lessons.language import speaking
from collapse_core.lessons.lesson import read_lesson
from collapse_core.site import build
from collapse_core.site.build import write_site
from collapse_core.site.plan import _GRIDS, ONLY_IN_THE_APP, SECTIONS, plan_of
from collapse_core.site.text import blocks, inline
from collapse_core.topics.handout import hand_out
from collapse_core.topics.registry import all_topics, topic_named
from ui.catalogue import PAGES

SMALL = {"sample_size": (10, 100)}


@pytest.fixture
def few_presets(monkeypatch):
    """Leave the presets out: they are many."""
    monkeypatch.setattr("collapse_core.site.plan.read_lesson", lambda key: _Without())


class _Without:
    presets = ()


def test_the_sections_are_those_of_the_menu():
    for section, keys in SECTIONS.items():
        assert [page.key for page in PAGES if page.section == section] == list(keys)
    guides = {page.key for page in PAGES} - {key for keys in SECTIONS.values() for key in keys}
    assert guides == set(ONLY_IN_THE_APP)


@pytest.mark.parametrize("topic", all_topics(), ids=lambda topic: topic.key)
def test_every_page_has_a_plan_with_its_defaults_and_all_presets(topic):
    plan = plan_of(topic)
    assert topic.key in _GRIDS
    assert len(plan.grid) == 2
    assert all(len(values) >= 2 for values in plan.grid.values())
    assert plan.first in plan.cells
    assert len(plan.presets) == len(read_lesson(topic.key).presets)
    asked = [topic.ask(settings).settings() for settings in plan.pictures]
    assert len({tuple(sorted(settings.items())) for settings in asked}) == len(asked)


def test_a_topic_that_nobody_planned_has_its_first_two_numbers(monkeypatch):
    monkeypatch.setattr("collapse_core.site.plan._GRIDS", {})
    plan = plan_of(topic_named("two_colours"))
    assert plan.grid == {"sample_size": (2, 100, 1_000_000), "generations": (1, 100, 500)}


def test_a_seed_is_that_of_every_picture():
    assert {picture["seed"] for picture in plan_of(topic_named("two_colours"), 7).pictures} == {7}


def test_a_site_of_one_page_and_two_values(few_presets, tmp_path):
    topic = topic_named("two_colours")
    plan = plan_of(topic, grid=SMALL)
    assert len(plan.pictures) == 2
    told = []
    site = write_site(tmp_path / "site", [plan], "https://a.org/", told=lambda *t: told.append(t))
    assert told[-1] == (2, 2)
    assert site.troubles == site.too_large() == []
    written = [path for path in (tmp_path / "site").rglob("*") if path.is_file()]
    assert site.total == sum(path.stat().st_size for path in written)
    assert site.firsts["two_colours"] < 2_000_000
    page = (tmp_path / "site" / "two_colours.html").read_text(encoding="utf-8")
    lesson = read_lesson("two_colours")
    assert inline(lesson.title) in page
    assert page.count('type="radio"') == 2
    assert "<math" in page
    assert not re.findall(r'(?:src|href)="(?:https?:)?//(?!a\.org)', page)
    script = (tmp_path / "site" / "data" / "two_colours" / "1.js").read_text(encoding="utf-8")
    packed = gzip.decompress(base64.b64decode(re.findall(r'"([^"]+)"\);', script)[0]))
    other = hand_out(topic, topic.ask(plan.pictures[1]))
    assert packed == other.picture().packed()
    home = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert 'href="two_colours.html"' in home
    assert all(read_lesson(key).question in home for key in ONLY_IN_THE_APP)
    before = {path: path.read_bytes() for path in written}
    again = write_site(tmp_path / "site", [plan], "https://a.org/")
    assert again.sizes == site.sizes
    assert before == {path: path.read_bytes() for path in written}


def test_what_cannot_be_computed_is_said_on_the_first_page(few_presets, tmp_path, monkeypatch):
    def fail(*args, **more):
        raise ImportError("a part is missing")

    monkeypatch.setattr("collapse_core.site.drawn.hand_out", fail)
    site = write_site(tmp_path, [plan_of(topic_named("two_colours"), grid=SMALL)])
    assert site.troubles == [f"two_colours, picture {n}: a part is missing" for n in (0, 1)]
    assert not (tmp_path / "two_colours.html").exists()
    home = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert read_lesson("site").words("home")["missing"] in home
    assert read_lesson("two_colours").question.replace(" %", "\u00a0%") in home


def test_a_limit_that_is_not_kept_ends_with_an_error(few_presets, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(build, "LARGEST", 1_000_000)
    monkeypatch.setattr(build, "LARGEST_FIRST", 1_000_000)
    monkeypatch.setattr("collapse_core.site.plan._GRIDS", {"two_colours": SMALL})
    options = ["site", "two_colours", "-o", str(tmp_path), "--workers", "1", "--language", "de"]
    assert main(options) == 1
    told = capsys.readouterr().err
    assert "pictures: 2 of 2" in told
    assert "1 MB is the limit" in told
    with speaking("de"):
        title = read_lesson("two_colours").menu
    assert title in (tmp_path / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["nothing"], "page="),
        (["--app", "nowhere"], "--app 'nowhere' is no address"),
        (["--seed", "-1"], "seed='-1' is not a whole number"),
        (["--seed", "x"], "seed='x' is not a whole number"),
        (["--workers", "0"], "workers=0"),
        (["--wrokers", "2"], "did you mean --workers"),
    ],
)
def test_what_cannot_be_done_is_refused_before_anything_is_written(
    tmp_path, capsys, options, complaint
):
    try:
        code = main(["site", *options, "-o", str(tmp_path / "site")])
    except SystemExit as left:
        code = left.code
    assert code == 2
    assert complaint in capsys.readouterr().err
    assert not (tmp_path / "site").exists()


def test_a_folder_with_other_files_is_left_alone(tmp_path, capsys):
    (tmp_path / "mine.txt").write_text("mine")
    assert main(["site", "two_colours", "-o", str(tmp_path), "--quiet"]) == 2
    assert "holds other files" in capsys.readouterr().err
    (tmp_path / "files.json").write_text('["../outside.txt", "gone.html", 3]')
    outside = tmp_path.parent / "outside.txt"
    outside.write_text("stays")
    write_site(tmp_path, [])
    assert outside.exists()
    assert (tmp_path / "mine.txt").read_text() == "mine"
    assert main(["site", "-o", str(tmp_path / "mine.txt")]) == 2
    assert main(["site", "-o", str(tmp_path / "none" / "site")]) == 2


def test_markup_of_lessons_becomes_html_and_nothing_else_does():
    assert inline("**a** *b* `c` <d>") == "<strong>a</strong> <em>b</em> <code>c</code> &lt;d&gt;"
    assert inline("2 * 3 * 4") == "2 * 3 * 4"
    assert blocks("a\n\n* b\n* c") == "<p>a</p><ul><li>b</li><li>c</li></ul>"
