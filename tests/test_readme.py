"""The README tells the truth: its pages, its snippet, its commands, its links."""

import os
import re
import struct
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from PIL import Image

from ui.catalogue import PAGES

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
COMMANDS = (
    "pip install -r requirements.txt && streamlit run app.py",
    "pip install -r tests/requirements.txt && pytest",
)


def page_list(text):
    """Return the lines between the two marks of the list of pages."""
    return text.split("<!-- pages: begin -->\n")[1].split("<!-- pages: end -->")[0].splitlines()


def fenced(text, language):
    """Return the contents of the fenced blocks in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


def links(text):
    """Return the targets of links and pictures that lie in this project; code has none."""
    targets = re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]+`", "", text))
    return [item.split("#")[0] for item in targets if not re.match(r"[a-z]+:|#", item)]


def printed(program):
    """Return what a program prints in a fresh process that starts in the project's folder."""
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_list_of_pages_is_the_catalogue():
    written = [f"- [{page.title}]({page.file}): {page.question}" for page in PAGES]
    assert page_list(README) == written


def test_every_page_asks_a_question():
    assert all("?" in line.split("): ")[1] for line in page_list(README))


SNIPPETS = list(zip(fenced(README, "python"), fenced(README, "text"), strict=True))


@pytest.mark.parametrize(("program", "output"), SNIPPETS, ids=["loop", "monitor"])
def test_each_snippet_prints_what_the_readme_says(program, output):
    assert printed(program) == output


def test_a_changed_snippet_is_noticed():
    program, output = SNIPPETS[0]
    assert printed(program.replace("seed=1", "seed=2")) != output
    program, output = SNIPPETS[1]
    assert printed(program.replace("0.96", "1.0")) != output


@pytest.mark.parametrize("program", fenced(README, "python"), ids=["loop", "monitor"])
def test_each_snippet_has_five_lines(program):
    assert len([line for line in program.splitlines() if line.strip()]) == 5


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_is_one_line_and_names_files_that_exist(command):
    assert README.splitlines().count(f"    {command}") == 1
    files = [word for word in command.split() if "." in word]
    assert files
    assert all((ROOT / name).is_file() for name in files)


def test_ci_reads_the_command_from_the_readme():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert "README.md" in script
    assert "requirements.txt" not in script
    candidates = [
        line for line in README.splitlines() if re.search(r"pip install .* && pytest", line)
    ]
    assert candidates == [f"    {COMMANDS[1]}"]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_relative_links_lead_somewhere(document):
    missing = [
        target
        for target in links((ROOT / document).read_text(encoding="utf-8"))
        if not (ROOT / target).exists()
    ]
    assert missing == []


def test_the_check_of_links_sees_them():
    assert {"assets/screenshot.png", "LICENSE", "pages/two_colours.py"} <= set(links(README))
    assert links("[a](b/c.md#d) [e](https://f.org) [g](#h) ![i](j.png) `[k](l)`") == [
        "b/c.md",
        "j.png",
    ]


def test_the_screenshot_is_a_small_png_of_a_laptop_screen():
    content = (ROOT / "assets" / "screenshot.png").read_bytes()
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", content[16:24])
    assert (width, height) == (1400, 800)
    assert 20_000 < len(content) < 200_000


def test_the_moving_picture_is_small_and_moves():
    path = ROOT / "assets" / "moving_picture.gif"
    assert path.stat().st_size < 400_000
    with Image.open(path) as picture:
        assert picture.n_frames > 20
        first = picture.convert("RGB").tobytes()
        picture.seek(picture.n_frames - 1)
        last = picture.convert("RGB").tobytes()
    assert first != last


def test_the_citation_has_the_version_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.findall(r"^version: (.+)$", citation, re.MULTILINE) == [project["version"]]
    assert re.findall(r"^cff-version: (.+)$", citation, re.MULTILINE) == ["1.2.0"]
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.findall(r"^## (\S+), ", changes, re.MULTILINE)[0]
    assert newest == project["version"]


def test_both_licences_are_there_and_named():
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License\n")
    notice = (ROOT / "LICENSE-CC-BY-4.0").read_text(encoding="utf-8")
    assert notice.startswith("Creative Commons Attribution 4.0 International")
    assert "https://creativecommons.org/licenses/by/4.0/" in notice


def test_references_are_written_once_and_link_to_what_they_say():
    shown = re.findall(r"\[(doi:|arXiv:)([^\]]+)\]\(https://([^)]+)\)", README)
    assert len(shown) >= 9
    assert len({name for _, name, _ in shown}) == len(shown)
    for kind, name, target in shown:
        host = "doi.org/" if kind == "doi:" else "arxiv.org/abs/"
        assert target == host + name
