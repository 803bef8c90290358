"""What a page shares leads back to the same picture."""

import re
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

import pytest
from opened import (
    ENTRIES,
    HOME,
    PICTURED,
    bound,
    charts,
    clocks,
    entry_named,
    open_page,
    set_control,
)
from some_pages import some_always

from ui import share

TWO = entry_named("two_colours")
PICTURE = {
    "sample_size": "30",
    "generations": "60",
    "anchors": "2",
    "fresh": "false",
    "seed": "11",
    "runs": "50",
    "percentile": "80",
    "generation": "33",
}


def opened_share(entry, link=None, **settings):
    at = open_page(entry, link, state={"share_popover": True})
    for name, value in settings.items():
        set_control(at, name, value)
    return at.run()


def link_of(at):
    return dict(parse_qsl(urlsplit(at.code[0].value).query, keep_blank_values=True))


def sharing_entries():
    return [entry for entry in ENTRIES if len(opened_share(entry).code) > 0]


def with_everything(entry):
    """Open a page with every bound control away from its default, and its link shown."""
    link = {name: str(control.value) for name, control in bound(open_page(entry)).items()}
    link = {name: value for name, value in link.items() if name == "seed"}
    at = open_page(entry, link, state={"share_popover": True})
    for name, control in bound(at).items():
        if control.type == "slider":
            value = control.min + control.step * 2 if control.step else control.max
            set_control(at, name, min(value, control.max))
        elif control.type == "select_slider":
            set_control(at, name, control.options[min(5, len(control.options) - 1)])
        elif control.type in ("toggle", "checkbox"):
            set_control(at, name, not control.value)
        elif control.type == "number_input":
            set_control(at, name, int(control.value) + 4)
    return at.run()


@some_always(PICTURED)
def test_a_shared_link_draws_the_same_picture(entry):
    at = with_everything(entry)
    assert not at.exception
    if not at.code:
        assert entry is HOME or entry not in PICTURED, "every picture but the first can be shared"
        return
    link = link_of(at)
    texts = {name for name, control in bound(at).items() if control.type == "text_input"}
    assert set(bound(at)) - set(link) <= texts, "the link carries every control"
    again = open_page(entry, link)
    assert not again.warning, again.warning[0].value
    for name, control in bound(at).items():
        assert bound(again)[name].value == control.value, name
    assert charts(again) == charts(at)


def test_the_link_carries_the_seed_and_the_generation():
    at = opened_share(TWO, PICTURE)
    link = link_of(at)
    assert {name: link[name] for name in PICTURE} == PICTURE
    again = open_page(TWO, link)
    assert clocks(again)["two_colours"]["start"] == 33
    assert charts(again) == charts(at)
    assert clocks(again)["two_colours"]["captions"] == clocks(at)["two_colours"]["captions"]


def test_a_jar_in_other_letters_survives_the_link():
    at = opened_share(TWO, {"jar": "9 אדום, 1 d'été"})
    again = open_page(TWO, link_of(at))
    assert charts(again) == charts(at)
    assert bound(again)["jar"].value == "9 אדום, 1 d'été"


def test_nothing_is_made_before_the_popover_is_opened():
    assert not open_page(TWO).code


def test_the_embed_code_shows_the_same_picture():
    at = open_page(TWO, PICTURE, state={"share_popover": True, "share_part": "embed"})
    assert not at.exception
    code = next(block.value for block in at.code if block.value.startswith("<iframe"))
    attributes = first_tag(code)
    query = dict(parse_qsl(urlsplit(attributes["src"]).query))
    assert query.pop("embed") == "true"
    assert {name: query[name] for name in PICTURE} == PICTURE
    assert attributes["title"]
    assert "loading" in attributes


def first_tag(html):
    found = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: found.append(dict(attributes))
    parser.feed(html)
    return found[0]


def test_embed_code_escapes_what_a_title_may_hold():
    code = share.embed_code("http://a.test/?x=1&y=%22", '"><script>')
    assert "<script>" not in code
    assert first_tag(code) == {
        "src": "http://a.test/?x=1&y=%22",
        "title": '"><script>',
        "width": "100%",
        "height": str(share.EMBED_HEIGHT),
        "style": "border:0;height:clamp(600px, (640px - 100vw) * 999, 640px)",
        "loading": "lazy",
    }


# --------------------------------------------------------------------------------- downloads


# A frozen map that is iterated has no policy, and not every one has a sample.
WITHOUT_POLICY = {
    "mitigation_lab",
    "early_warning",
    "room",
    "photocopier",
    "mixer_squeeze",
    "network",
    "eight_patterns",
}
WITH_POLICY = {entry.key for entry in ENTRIES} - WITHOUT_POLICY


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.key)
def test_the_table_names_every_parameter(shared, entry):
    open_page(entry)
    for what in shared:
        lines = what.csv().splitlines()
        header = [line for line in lines if line.startswith("# ")]
        named = {line[2:].split(":")[0] for line in header}
        assert named >= {"generations", "seed"}, named
        if entry.key in WITH_POLICY:
            assert named >= {"sample_size", "policy"}, named
        columns = lines[len(header)].split(",")
        assert columns[0] == "generation"
        assert all(len(line.split(",")) == len(columns) for line in lines[len(header) :])


def test_the_table_of_two_colours(shared):
    open_page(TWO, PICTURE)
    lines = shared[-1].csv().splitlines()
    for line in (
        "# family: Bernoulli(share=0.1)",
        "# sample_size: 30",
        "# generations: 60",
        "# temperature: 1.0",
        "# replicates: 50",
        "# seed: 11",
    ):
        assert line in lines
    assert any(line.startswith("# policy: Anchors(") and "2" in line for line in lines)
    assert sum(not line.startswith("#") for line in lines) == 1 + 61


class Loads(HTMLParser):
    """Collects every address that a page would load by itself."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name in ("src", "href", "data", "srcset", "action", "poster") and value:
                self.found.append((tag, name, value))


@some_always(PICTURED)
def test_the_page_that_plays_offline_holds_all_it_needs(shared, entry):
    open_page(entry, {} if entry is HOME else {"guess": "skip"})
    for what in shared:
        html = what.html()
        loads = Loads()
        loads.feed(html)
        assert loads.found == [], "nothing is loaded"
        assert "new modelCollapse.Player" in html
        assert len(html) > 1_000_000, "Plotly itself is inside"
        assert not re.search(r"@import|cdn\.plot\.ly/plotly[^\"']*\.js\"\s*>", html)
        assert "<h1>" in html
        if entry.key == "two_colours":
            assert "<table>" in html
        assert len(html) < 2_500_000
        assert f"<title>{what.title.replace('&', '&amp;')}" in html


def test_the_offline_page_escapes_its_words():
    from collapse_core import Anchors, ClosedLoop, families
    from collapse_core.topics.two_colours.figure import two_colours_figure

    loop = ClosedLoop(families.Bernoulli(0.1), Anchors(0), 10, 3)
    moving = two_colours_figure(loop.simulate(4, 1), loop.exact(), 0, alt="</p><script>x")
    html = moving.playable(
        2, title="<b>title", about=["<script>x"], table={"<script>x": [1]}
    ).html()
    assert "<script>x" not in html
    assert "&lt;b&gt;title" in html
