"""Notebooks: what they hold, and that they run."""

import json
import re

import pytest
from typed import ALWAYS, TOPICS, as_options, small, typed

from collapse_core.lessons.lesson import read_lesson
from collapse_core.lessons.notebook import notebook

some_topics = pytest.mark.parametrize(
    "topic",
    [
        pytest.param(topic, id=topic.key, marks=[] if topic.key in ALWAYS else [pytest.mark.full])
        for topic in TOPICS
    ],
)


def written(capsys, tmp_path, topic, *options):
    path = tmp_path / "page.ipynb"
    asked = [*as_options(small(topic)), *options, "-o", path, "--quiet"]
    assert typed(capsys, "notebook", topic.key, *asked)[0] == 0
    return json.loads(path.read_text(encoding="utf-8"))


def texts(made):
    return {cell["id"]: "".join(cell["source"]) for cell in made["cells"]}


@some_topics
def test_a_notebook_holds_the_whole_page_and_runs(capsys, tmp_path, topic):
    nbclient, nbformat = pytest.importorskip("nbclient"), pytest.importorskip("nbformat")
    made = written(capsys, tmp_path, topic, "--generation", "1")
    nbformat.validate(nbformat.reads(json.dumps(made), 4))
    lesson, told = read_lesson(topic.key), texts(made)
    assert told["title"].startswith(f"# {lesson.title}\n")
    assert lesson.story in told["title"]
    assert f"`{topic.page or topic.key}?" in told["title"]
    assert "figure.playable(1).show()" in told["picture"]
    assert told["said"].count("\n") > 0
    for reason in lesson.why:
        assert f"$$\n{reason.formula}\n$$" in told["why"]
        assert reason.source in told["why"]
    assert all(tip in told["next"] for tip in lesson.next)
    assert not re.search(r":material/|\{[a-z_]+(:[a-z_]+)?\}", told["title"] + told["said"])
    cell = executed(nbclient, nbformat, made)
    shown = [item["data"]["text/html"] for item in cell["outputs"] if "data" in item]
    assert len(shown) == 1
    assert "<iframe srcdoc=" in shown[0]
    assert "modelCollapse" in shown[0]
    assert not [item for item in cell["outputs"] if item.get("name") == "stderr"]


def executed(nbclient, nbformat, made):
    """Run a notebook in the project's folder, as a reader would; return its cell of Python."""
    from test_command import ROOT

    ready = nbformat.reads(json.dumps(made), 4)
    client = nbclient.NotebookClient(
        ready, timeout=600, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}}
    )
    client.execute()
    return next(cell for cell in ready.cells if cell.cell_type == "code")


def test_it_is_plain_and_names_where_it_is_from(capsys, tmp_path):
    topic = next(topic for topic in TOPICS if topic.key == "two_colours")
    made = written(capsys, tmp_path, topic, "--address", "https://class.test/app")
    assert (made["nbformat"], made["nbformat_minor"]) == (4, 5)
    names = [cell["id"] for cell in made["cells"]]
    assert names == ["title", "lines", "picture", "said", "why", "next"]
    assert [cell["cell_type"] for cell in made["cells"]].count("code") == 1
    assert "(https://class.test/app/two_colours?" in texts(made)["title"]
    assert "generation=2" in texts(made)["title"]


def test_what_is_not_known_is_left_out():
    told = texts(json.loads(notebook(read_lesson("two_colours"), "print(1)\n")))
    assert "said" not in told
    assert told["picture"] == "print(1)"
    assert "://" not in told["title"]
    assert "\n\n\n" not in told["title"]
