"""What is known against the packages of the app is looked up, or it is said that it was not."""

import importlib.util
import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = ROOT / ".ci" / "audited.py"
spec = importlib.util.spec_from_file_location("audited", SCRIPT)
audited = importlib.util.module_from_spec(spec)
sys.modules["audited"] = audited
spec.loader.exec_module(audited)

CLEAN = {"name": "numpy", "version": "2.4.0", "vulns": []}
FOUND = {"id": "PYSEC-2000-1", "fix_versions": ["9.1"], "aliases": [], "description": "bad"}
VULNERABLE = {"name": "pillow", "version": "9.0", "vulns": [FOUND]}
UNMENDED = {"name": "scipy", "version": "1.0", "vulns": [FOUND | {"fix_versions": []}]}
# What pip-audit 2.10 says of a package where its database gave no answer; it then ends with 0.
SKIPPED = {"name": "segno", "skip_reason": "Dependency not found and could not be audited"}
pytestmark = pytest.mark.skipif(os.name == "nt", reason="programs are written as shell scripts")


def report(*packages):
    return json.dumps({"dependencies": packages, "fixes": []})


def program(folder, **answers):
    """Write a program that answers as pip-audit does, differently for each database."""
    path = folder / "pip-audit"
    lines = ["#!/bin/sh"]
    for service, text in answers.items():
        (folder / service).write_text(text, encoding="utf-8")
        lines.append(f'test "$2" = {service} && cat "{folder / service}" && exit 0')
    path.write_text("\n".join([*lines, "echo lost >&2", "exit 1"]), encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def run(*command):
    return subprocess.run(
        [sys.executable, SCRIPT, *command], capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """Return a Python whose packages do not contradict each other."""
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    return str(folder / "bin" / "python")


def test_a_report_is_read():
    found = audited.read_report(report(CLEAN, VULNERABLE, UNMENDED, SKIPPED))
    assert (found.looked_up, found.unknown, found.whole) == (3, ("segno",), False)
    assert found.known == (
        "pillow 9.0: PYSEC-2000-1 (mended in 9.1)",
        "scipy 1.0: PYSEC-2000-1 (mended in no version yet)",
    )
    assert audited.read_report(report(CLEAN)).whole


@pytest.mark.parametrize("text", ["", "[]", "{}", "lost", '{"dependencies": [1]}', report()])
def test_what_is_no_report_looked_nothing_up(text):
    assert audited.read_report(text) == audited.Audit()
    assert not audited.Audit().whole


def test_every_package_is_looked_up_and_nothing_is_known(environment, tmp_path):
    done = run(environment, program(tmp_path, pypi=report(CLEAN)))
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 packages looked up, 0 findings" in done.stdout


def test_what_is_known_is_told_and_the_exit_code_is_1(environment, tmp_path):
    done = run(environment, program(tmp_path, pypi=report(CLEAN, VULNERABLE)))
    assert done.returncode == 1
    assert "known: pillow 9.0: PYSEC-2000-1 (mended in 9.1)" in done.stdout


def test_the_second_database_is_asked_where_the_first_does_not_answer(environment, tmp_path):
    done = run(environment, program(tmp_path, pypi=report(SKIPPED), osv=report(CLEAN)))
    assert done.returncode == 0
    assert "NOT AUDITED" not in done.stdout


@pytest.mark.parametrize("answers", [{}, {"pypi": report(SKIPPED), "osv": "lost"}])
def test_no_answer_is_no_clean_bill(environment, tmp_path, answers):
    done = run(environment, program(tmp_path, **answers))
    assert done.returncode == 2
    assert "NOT AUDITED: no package could be looked up (pypi, osv)" in done.stdout
    assert "pip check: No broken requirements found." in done.stdout
    assert re.search(r"^  pip \d[\d.]* +MIT", done.stdout, flags=re.M)


def test_what_is_known_counts_also_where_others_were_not_looked_up(environment, tmp_path):
    done = run(environment, program(tmp_path, pypi=report(VULNERABLE, SKIPPED)))
    assert done.returncode == 1
    assert "known: pillow 9.0" in done.stdout
    assert "nothing is known of segno" in done.stdout
