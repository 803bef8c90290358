"""What the app serves from static/: pinned, with its licence, found where it is looked for."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from collapse_core.assets import static_file
from collapse_core.figures.player.stand_alone import BUNDLE

ROOT = Path(__file__).resolve().parents[1]
PINNED = json.loads((ROOT / "static" / "pinned.json").read_text(encoding="utf-8"))


def test_everything_in_static_is_pinned_or_a_licence():
    names = {path.name for path in (ROOT / "static").iterdir()}
    assert names == {"pinned.json", *PINNED, *(entry["licence"] for entry in PINNED.values())}
    assert BUNDLE in PINNED


@pytest.mark.parametrize("name", PINNED)
def test_a_file_is_the_one_that_was_pinned(name):
    content, entry = static_file(name).read_bytes(), PINNED[name]
    assert hashlib.sha256(content).hexdigest() == entry["sha256"]
    assert entry["version"] in name
    assert f"v{entry['version']}".encode() in content[:200], "it says which version it is"
    assert "MIT" in static_file(entry["licence"]).read_text(encoding="utf-8")


def test_a_changed_file_is_noticed():
    changed = static_file(BUNDLE).read_bytes() + b" "
    assert hashlib.sha256(changed).hexdigest() != PINNED[BUNDLE]["sha256"]


def test_the_bundle_can_stand_in_a_page():
    text = static_file(BUNDLE).read_text(encoding="utf-8")
    assert not re.search(r"</script", text, re.IGNORECASE)


def test_a_missing_file_is_named():
    with pytest.raises(FileNotFoundError, match=r"nothing\.js"):
        static_file("nothing.js")
