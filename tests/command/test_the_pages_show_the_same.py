"""A page, the Python that it shares and the command line show the same."""

import json

import pytest
from opened import entry_named, open_page
from typed import ALWAYS, TOPICS, as_options, small, typed

from collapse_core.topics.handout import hand_out

TICK = 1


@pytest.fixture
def shared(monkeypatch):
    """Collect what the pages offer to share, as they are opened."""
    from ui import share

    offered = []
    monkeypatch.setattr(share, "share_button", lambda place, what: offered.append(what))
    return offered


@pytest.mark.parametrize(
    "topic",
    [
        pytest.param(topic, id=topic.key, marks=[] if topic.key in ALWAYS else [pytest.mark.full])
        for topic in TOPICS
    ],
)
def test_the_same_words_numbers_and_lines(shared, capsys, topic):
    values = small(topic)
    link = {**values, **topic.linked, "generation": str(TICK)}
    at = open_page(entry_named(topic.page or topic.key), link)
    assert not at.exception
    assert not at.warning
    offered = shared[-1]
    made = hand_out(topic, topic.ask({n: float(v) for n, v in values.items()}), TICK)
    assert offered.python == made.shown.python(TICK)
    rows = [line for line in offered.csv().splitlines() if not line.startswith("#")]
    assert rows == [line for line in made.shown.csv().splitlines() if not line.startswith("#")]
    notebook = json.loads(offered.notebook(made.link()))
    cells = {cell["id"]: "".join(cell["source"]) for cell in notebook["cells"]}
    own = {cell["id"]: "".join(cell["source"]) for cell in json.loads(made.notebook())["cells"]}
    assert made.caption in cells["said"]
    assert {name: cells[name] for name in cells if name != "said"} == {
        name: own[name] for name in own if name != "said"
    }


def test_a_link_of_the_page_makes_its_table(shared, capsys):
    link = {"sample_size": "30", "generations": "5", "runs": "8", "anchors": "2", "seed": "11"}
    open_page(entry_named("two_colours"), link | {"generation": "3"})
    query = "&".join(f"{name}={text}" for name, text in shared[-1].parameters.items())
    by_link = typed(capsys, "run", "two_colours", "--link", query)
    assert by_link[0] == 0
    assert by_link[1] == shared[-1].csv()
    assert by_link[1] == typed(capsys, "run", "two_colours", *as_options(link))[1]
