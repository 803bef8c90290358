"""The command line: what it makes is what the pages show, and what it cannot do it says."""

import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typed import ALWAYS, TOPICS, as_options, small, typed

from collapse_core.command import main as command
from collapse_core.command.link import read_link
from collapse_core.command.options import spelled
from collapse_core.topics.registry import topic_named
from ui.catalogue import EXPERIMENTS

ROOT = Path(__file__).resolve().parents[2]
JAR = ("two_colours", "--sample-size", "30", "--generations", "40", "--anchors", "1")
LINK = "https://a.test/two_colours?sample_size=30&generations=40&anchors=1&generation=12"
# Pages that have no description without the screen yet.
NOT_YET: set[str] = set()
MOST_BYTES = 2_500_000

topics = pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.key)
some_topics = pytest.mark.parametrize(
    "topic",
    [
        pytest.param(topic, id=topic.key, marks=[] if topic.key in ALWAYS else [pytest.mark.full])
        for topic in TOPICS
    ],
)


def test_every_page_is_known():
    known = {topic.page or topic.key for topic in TOPICS}
    assert {entry.key for entry in EXPERIMENTS} - NOT_YET <= known


def test_the_list_names_every_page_its_question_and_its_settings(capsys):
    code, told, _ = typed(capsys, "list")
    assert code == 0
    for entry in EXPERIMENTS:
        if entry.key not in NOT_YET:
            assert f"{entry.key}: {entry.question}" in told
    for topic in TOPICS:
        assert all(f"  {spelled(name)}: " in told for name in topic.settings())
    code, told, _ = typed(capsys, "list", "two_colours")
    assert "--sample-size: 2 to 1,000,000 marbles (default 100)" in told
    assert "vanishing" not in told


@topics
def test_help_says_range_and_default_of_every_setting(capsys, topic):
    code, told, _ = typed(capsys, "figure", topic.key, "--help")
    assert code == 0
    for name, kind in topic.settings().items():
        assert spelled(name) in told
        if name in kind.params:
            said = " ".join(told.split(spelled(name) + " ")[1].split())
            low = f"{kind.params[name].low:,g}" if kind.params[name].low < 1e6 else ""
            assert low in said.split("(default")[0]


# ------------------------------------------------------------------------------- what is made


def test_a_link_makes_what_its_settings_make(capsys, tmp_path):
    by_link, by_name = tmp_path / "link.json", tmp_path / "name.json"
    assert typed(capsys, "figure", "--link", LINK, "-o", by_link)[0] == 0
    code, said, told = typed(capsys, "figure", *JAR, "--generation", 12, "-o", by_name)
    assert code == 0
    assert by_link.read_text() == by_name.read_text()
    assert said.startswith("In generation 12 ")
    assert "computing" not in said
    assert "written: " in told
    made = json.loads(by_link.read_text())
    assert made["settings"]["anchors"] == 1
    assert made["caption"].replace("**", "") == said.strip()
    assert len(made["captions"]) == 41
    assert {len(column) for column in made["table"].values()} == {41}
    assert made["figure"]["data"]


def test_names_may_be_written_as_in_links(capsys):
    lines = [
        typed(capsys, "run", "two_colours", *options, "--runs=2", "--generations=3")[1]
        for options in (("--sample_size=9",), ("--sample-size", "9"), ("--link", "sample_size=9"))
    ]
    assert lines[0] == lines[1] == lines[2]
    assert "# sample_size: 9" in lines[0]


def test_it_speaks_the_language_of_an_option_or_of_a_link(capsys, tmp_path):
    options, path = ("--runs=9", "--generations=4", "--quiet"), tmp_path / "a.html"
    _, german, _ = typed(capsys, "figure", "two_colours", *options, "--language=de", "-o", path)
    assert "Durchläufen" in german
    assert '<html lang="de">' in path.read_text(encoding="utf-8")
    assert "lang=de" in hand_out_link(capsys, tmp_path, "--language", "de")
    link = ("--link", "two_colours?lang=de")
    assert typed(capsys, "figure", *link, *options, "-o", path)[1] == german
    _, english, _ = typed(capsys, "figure", *link, *options, "--lang=en", "-o", path)
    assert "runs" in english
    assert "Stichprobengröße: 2 to" in typed(capsys, "run", *link, "--help")[1]
    code, _, told = typed(capsys, "figure", "two_colours", "--language", "xx", "-o", path)
    assert code == 2
    assert "language='xx' has no lessons: choose en or de" in told


def hand_out_link(capsys, tmp_path, *options):
    path = tmp_path / "a.ipynb"
    typed(capsys, "notebook", "two_colours", *options, "--generations=2", "-o", path)
    return "".join(json.loads(path.read_text(encoding="utf-8"))["cells"][0]["source"])


@pytest.mark.parametrize(
    "around",
    [
        "„{}“",
        "“{}”",
        "»{}«",
        "«\u00a0{}\u00a0»",
        "‚{}‘",
        "`{}`",
        "({}).",
        "<{}>",
        '"{}",',
        "\n{}\n",
    ],
)
def test_what_a_text_puts_around_a_link_is_no_part_of_it(around):
    link = read_link(around.format("https://a.test/two_colours/?anchors=1&amp;lang=de"))
    assert link.page == "two_colours"
    assert link.values == {"anchors": "1", "lang": "de"}
    assert link.address == "https://a.test/"


def test_an_option_outranks_the_link(capsys):
    rows = typed(capsys, "run", "--link", LINK, "--runs", "2", "--generations", "3")[1]
    assert "# sample_size: 30" in rows
    assert rows.splitlines()[-1].startswith("3,")


def test_a_view_with_settings_of_its_own_is_found_by_its_link(capsys):
    pasted = "vanishing_tails?view=density&sample_size=20&generations=2&runs=3"
    assert "# tail_level: 0.97" in typed(capsys, "run", "--link", pasted)[1]
    topic = read_link(pasted).topic()
    assert topic.key == "density_tails"
    assert read_link("vanishing_tails?view=kinds&seed=2").topic().key == "vanishing_tails"


@some_topics
def test_every_page_is_made(capsys, tmp_path, topic):
    paths = [tmp_path / f"made{ending}" for ending in (".html", ".csv", ".json")]
    outputs = [part for path in paths for part in ("-o", path)]
    options = as_options(small(topic))
    assert typed(capsys, "figure", topic.key, *options, *outputs, "--quiet")[0] == 0
    html, csv, made = (path.read_text(encoding="utf-8") for path in paths)
    told = json.loads(made)
    assert 1_000_000 < len(html.encode()) < MOST_BYTES
    assert "://" not in re.sub(r"<script>.*?</script>", "", html, flags=re.DOTALL)
    assert "<table>" in html
    assert told["alt"]
    assert "{" not in told["alt"]
    assert len(told["captions"]) > 1
    rows = [line for line in csv.splitlines() if not line.startswith("#")]
    assert len(rows) == 1 + len(next(iter(told["table"].values())))
    code, table, _ = typed(capsys, "run", topic.key, *options, "--quiet")
    assert code == 0
    assert len(table.splitlines()) > 3


@pytest.mark.full
@topics
def test_every_page_in_its_own_size_is_small_enough_to_carry(tmp_path, capsys, topic):
    path = tmp_path / "page.html"
    assert typed(capsys, "figure", topic.key, "-o", path, "--quiet")[0] == 0
    assert path.stat().st_size < MOST_BYTES


# -------------------------------------------------------------------------------- what is refused

REFUSED = {
    ("figure", "two_colours", "--sampel-size", "5", "-o", "a.html"): "did you mean --sample-size?",
    ("figure", "two_colours", "--sample-size", "1", "-o", "a.html"): "from 2 to 1,000,000",
    ("figure", "two_colours", "--sample-size", "many", "-o", "a.html"): "is not a number",
    ("figure", "two_colours", "--policy", "hope", "-o", "a.html"): "policy='hope' is not known",
    ("figure", "two_colours", "--fresh", "maybe", "-o", "a.html"): "fresh='maybe' is not known",
    ("figure", "two_colours", "-o", "a.pdf"): "the ending .pdf is not known: use .html",
    ("figure", "two_colours", "-o", "nowhere/a.html"): "no folder to write it to",
    ("figure", "two_colours", "-o", "../."): "the ending (none) is not known",
    ("figure", "two_colours", "--p", "1", "-o", "a.csv"): "--p is not known: --help lists",
    ("figure", "two_colours", "--generation", "101", "-o", "a.csv"): "generation=101",
    ("figure", "two_colours", "--generation", "soon", "-o", "a.csv"): "is not a whole number",
    ("figure", "two_colours", "--panels", "x", "-o", "a.csv"): "panels='x'",
    ("figure", "two_colours"): "required: -o",
    ("figure", "two_colors", "-o", "a.html"): "'two_colours'",
    ("figure", "-o", "a.html"): "name a page",
    ("figure", "two_colours", "--link", "network?seed=1", "-o", "a.html"): "of the page network",
    ("figure", "--link", "seed=1", "-o", "a.html"): "names no page",
    ("figure", "--link", "two_colours?jar=9+a,+1+b", "-o", "a.html"): "take jar out",
    ("figure", "photocopier", "--picture", "own", "-o", "a.html"): "data of your own",
    ("figure", "language", "--follow", "w99", "-o", "a.html"): "follow='w99' is not known",
    ("notebook", "two_colours", "-o", "a.html"): "use .ipynb",
    ("paint",): "invalid choice: 'paint'",
    ("list", "two_colors"): "'two_colours'",
}


@pytest.mark.parametrize("arguments", REFUSED, ids=" ".join)
def test_what_cannot_be_done_is_said(capsys, tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    code, printed, told = typed(capsys, *arguments)
    assert code == 2
    assert printed == ""
    assert REFUSED[arguments] in " ".join(told.split())
    assert "Traceback" not in told
    assert not list(tmp_path.iterdir())


def test_a_page_of_text_as_a_value_is_cut(capsys):
    code, _, told = typed(capsys, "run", "two_colours", f"--seed={'s' * 5000}")
    assert code == 2
    assert f"seed='{'s' * 60}…' is not a number" in told
    assert len(told) < 300
    _, _, told = typed(capsys, "run", "--link", f"two_colours?runs=2&generations=2&x={'9' * 5000}")
    assert len(told) < 300


def test_what_a_link_holds_besides_is_named_and_left_out(capsys):
    link = "two_colours?generations=2&runs=2&embed=true&guess=0.5"
    code, _, told = typed(capsys, "run", "--link", link)
    assert code == 0
    assert "left out of the link: embed=true, guess=0.5" in told


@pytest.mark.parametrize(
    ("error", "code"),
    [(KeyboardInterrupt(), 130), (MemoryError("too much"), 1), (PermissionError(13, "no"), 1)],
    ids=["stopped", "memory", "file"],
)
def test_what_goes_wrong_later_has_a_code_of_its_own(capsys, monkeypatch, error, code):
    def fail(*_, **__):
        raise error

    monkeypatch.setattr(command, "hand_out", fail)
    found, printed, told = typed(capsys, "run", "two_colours")
    assert (found, printed) == (code, "")
    assert told.startswith("\npython -m collapse_core: stopped") is (code == 130)
    assert told.strip()


def test_where_nothing_can_be_written_is_said_before_anything_is_computed(
    capsys, tmp_path, monkeypatch
):
    monkeypatch.setattr(command, "hand_out", None)
    folder, closed = tmp_path / "folder.csv", tmp_path / "closed.csv"
    folder.mkdir()
    code, _, told = typed(capsys, "figure", "two_colours", "-o", folder)
    assert (code, "this is a folder" in told) == (2, True)
    monkeypatch.setattr("os.access", lambda *_: False)
    code, _, told = typed(capsys, "figure", "two_colours", "-o", closed)
    assert (code, "may not be written there" in told) == (2, True)


def test_a_disk_that_is_full_is_named_by_the_file(capsys, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    options = ("--runs=2", "--generations=2", "--quiet")
    path = tmp_path / "a.csv"
    code, _, told = typed(capsys, "run", "two_colours", *options, "-o", path)
    assert code == 1
    assert f"{path}: No space left on device." in told


def test_a_terminal_that_knows_few_letters_shows_the_others_as_question_marks(monkeypatch):
    bytes_of = [io.BytesIO(), io.BytesIO()]
    for name, raw in zip(("stdout", "stderr"), bytes_of, strict=True):
        monkeypatch.setattr(sys, name, io.TextIOWrapper(raw, encoding="ascii"))
    assert command.main(["list", "two_colours"]) == 0
    assert command.main(["figure", "two_colours", "--seed", "größer", "-o", "a.csv"]) == 2
    sys.stdout.flush()
    sys.stderr.flush()
    assert b"two_colours" in bytes_of[0].getvalue()
    assert b"seed='gr??er' is not a number" in bytes_of[1].getvalue()


def test_progress_is_told_beside_the_table(capsys):
    options = as_options(small(topic_named("language")))
    _, table, told = typed(capsys, "run", "language", *options)
    assert "\rcomputing: 100 %" in told
    assert "computing" not in table


def hear_the_keyboard():
    """Have Ctrl-C heard, also where this process was started in the background."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def program(*arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "collapse_core", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=None if os.name == "nt" else hear_the_keyboard,
    )


def test_it_is_a_program():
    running = program("run", "two_colours", "--runs", "2", "--generations", "1", "--seed", "3")
    table, told = running.communicate(timeout=120)
    assert running.returncode == 0, told
    assert table.splitlines()[-2:][0].startswith("0,0.1,")
    assert "streamlit" not in told


@pytest.mark.full
@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent in another way there")
def test_it_is_stopped_by_the_keyboard(tmp_path):
    running = program("figure", "digits_photographs", "-o", str(tmp_path / "a.html"))
    seen = ""
    while "computing" not in seen and running.poll() is None:
        seen += running.stderr.read(1)
        time.sleep(0)
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=120)
    assert running.returncode == 130
    assert "stopped" in told
    assert "Traceback" not in told
    assert not list(tmp_path.iterdir())
