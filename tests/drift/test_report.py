"""The report as a table, as a page, and as a command prints it."""

import csv
import io
import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import numpy as np
import pytest
from series import normal, series

from collapse_core.drift import monitor
from collapse_core.drift.command import main

VOID = {"meta", "br"}


class Page(HTMLParser):
    """Reads a page, and holds that every tag is closed in its order."""

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.attributes = [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += attributes
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += attributes

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def report():
    return monitor(series("retrained", 10).generations)


def test_the_table_has_every_number(report):
    text = report.to_csv()
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    rows = list(csv.DictReader(io.StringIO("\n".join(lines))))
    assert len(rows) == 11
    assert float(rows[4]["cumulative"]) == pytest.approx(report.cumulative[4], rel=1e-5)
    assert float(rows[4]["local"]) == pytest.approx(report.local[4], rel=1e-5)
    assert rows[0]["local"] == "nan"
    for name in ("effective_rank", "precision", "recall", "density", "coverage", "tail_coverage"):
        assert {name, f"{name}_chance_low", f"{name}_chance_high"} <= set(rows[0])
        assert float(rows[9][name]) == pytest.approx(getattr(report, name)[9], rel=1e-5)
    assert f"# alarm: {report.alarm}" in text
    assert "# permutations: 399" in text


def test_the_page_opens_offline(report):
    text = report.to_html()
    page = Page(text)
    assert page.open == []
    assert "script" not in page.tags
    assert not {name for name, _ in page.attributes} & {"src", "href", "srcset", "action"}
    assert not re.search(r"https?:|url\(|@import", text)
    assert page.tags.count("figure") == 4
    alts = [value for name, value in page.attributes if name == "aria-label"]
    assert len(alts) == 5
    assert all(len(alt) > 5 and "{" not in alt for alt in alts)
    for picture in re.findall(r"<svg.*?</svg>", text):
        ElementTree.fromstring(picture)
    assert "nan" not in re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)
    assert len(text) < 100_000


def test_what_is_typed_is_shown_as_it_is(report):
    text = report.to_html("<script>alert(1)</script> & “mine”")
    assert "<script" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; “mine”" in text


@pytest.mark.parametrize(
    "rows",
    [
        [normal(20, 1, n) for n in range(2)],
        [np.zeros((20, 2))] * 3,
        [1e-9 * normal(30, 2, n) for n in range(4)],
        [1e9 + 1e6 * normal(30, 2, n) for n in range(4)],
    ],
    ids=["two", "points", "tiny", "huge"],
)
def test_odd_series_have_a_page_and_a_table(rows):
    report = monitor(rows)
    assert Page(report.to_html()).open == []
    assert report.to_csv().count("\n") > len(rows)
    assert all(reason.endswith(".") and "{" not in reason for reason in report.reasons)


# ----------------------------------------------------------------------------------- the command


def written(path, rows):
    lines = ["generation,a,b"]
    lines += [f"{n},{a:.6f},{b:.6f}" for n, part in enumerate(rows) for a, b in part]
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


def test_the_command_reads_and_writes(tmp_path, capsys):
    calm = written(tmp_path / "calm.csv", [normal(60, 2, n) for n in range(4)])
    page, table = tmp_path / "report.html", tmp_path / "report.csv"
    outputs = ("-o", str(page), "-o", str(table))
    assert main([calm, *outputs, "--title", "Mine <3"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("No alarm up to generation 3.\n")
    assert "generation 3 of 3" in said.err
    assert "Mine &lt;3" in page.read_text(encoding="utf-8")
    assert "# alarm: None" in table.read_text(encoding="utf-8")
    shrinking = written(tmp_path / "loud.csv", [normal(60, 2, n) * 0.5**n for n in range(4)])
    assert main([shrinking, "--quiet"]) == 1
    assert "collapse" in capsys.readouterr().out
    assert main([shrinking, "--quiet", "--reference", shrinking]) == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["missing.csv"], "missing.csv cannot be used: No such file or directory."),
        (["calm.csv", "-o", "report.pdf"], "report.pdf is neither .html nor .csv"),
        (["calm.csv", "--false-alarm", "2"], "false_alarm=2.0 is out of range"),
        (["calm.csv", "--planned", "1"], "planned=1 is out of range"),
        (["one.csv"], "one.csv holds only one generation"),
        (["text.csv"], "which is no number"),
    ],
)
def test_the_command_refuses_in_a_sentence(arguments, said, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    written(tmp_path / "calm.csv", [normal(60, 2, n) for n in range(3)])
    written(tmp_path / "one.csv", [normal(60, 2)])
    (tmp_path / "text.csv").write_text("generation,a\n0,1\n0,b\n1,c", encoding="utf-8")
    assert main([*arguments, "--quiet"]) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert told.out == ""
    assert "Traceback" not in told.err


def test_the_command_helps_itself(capsys):
    for arguments, code in ((["--help"], 0), ([], 2), (["a.csv", "--seed", "x"], 2)):
        with pytest.raises(SystemExit) as left:
            main(arguments)
        assert left.value.code == code
    assert "collapse-drift" in capsys.readouterr().out


def test_the_command_can_be_stopped(tmp_path, capsys, monkeypatch):
    def interrupted(*given, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr("collapse_core.drift.command.monitor", interrupted)
    calm = written(tmp_path / "calm.csv", [normal(60, 2, n) for n in range(3)])
    assert main([calm, "--quiet"]) == 130
    assert "stopped; no report was written." in capsys.readouterr().err
