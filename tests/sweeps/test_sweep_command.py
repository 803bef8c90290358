"""``python -m collapse_core sweep``: what it writes, what it says, and its exit code."""

import pytest

from collapse_core.command.main import main
from collapse_core.sweeps.figure import sweep_figure
from collapse_core.topics import swept

SMALL = ("--vary", "anchors=0:5", "--vary", "sample-size=10,40", "--runs", "50", "--workers", "1")


def typed(capsys, *arguments):
    code = main([*map(str, arguments)])
    told = capsys.readouterr()
    return code, told.out, told.err


def test_a_sweep_writes_a_table_and_a_picture_and_goes_on(capsys, tmp_path):
    table, page = tmp_path / "s.csv", tmp_path / "s.html"
    code, _, told = typed(capsys, "sweep", "two_colours", *SMALL, "-o", table, "-o", page)
    assert code == 0
    assert "cells: 12 of 12" in told
    assert "left" in told
    assert "<table>" in page.read_text(encoding="utf-8")
    figure = sweep_figure(table)
    assert "exact law" in figure.layout.meta["alt"]
    before = table.read_bytes()
    code, _, told = typed(capsys, "sweep", "two_colours", *SMALL, "-o", table)
    assert (code, table.read_bytes()) == (0, before)
    assert "12 were finished before" in told


def test_a_failed_cell_is_told_and_the_exit_code_is_1(capsys, tmp_path, monkeypatch):
    def fails(self, name):
        if name == "measure":
            raise ArithmeticError("no such luck")
        return object.__getattribute__(self, name)

    monkeypatch.setattr(swept.Swept, "__getattribute__", fails)
    code, _, told = typed(
        capsys, "sweep", "two_colours", "--vary", "anchors=1", "-o", tmp_path / "s.csv"
    )
    assert code == 1
    assert "anchors=1: ArithmeticError: no such luck" in told


@pytest.mark.parametrize(
    ("page", "options", "complaint"),
    [
        ("room", ("--vary", "seed=1"), "cannot be swept"),
        ("two_colours", ("--vary", "anchors"), "has no values"),
        ("two_colours", ("--vary", "anchors=0:200"), "anchors=200 is out of range"),
        ("two_colours", ("--vary", "anchors=1", "--runs", "many"), "runs='many'"),
        ("two_colours", ("--vary", "anchors=1", "-o", "s.xls"), "the ending .xls is not known"),
    ],
)
def test_what_cannot_be_done_is_said_with_exit_code_2(capsys, page, options, complaint):
    code, _, told = typed(capsys, "sweep", page, *options)
    assert code == 2
    assert complaint in told
