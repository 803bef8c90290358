"""Where readers bring text or files: every page, with every choice that opens a place."""

import re
from functools import cache

from opened import ENTRIES, ROOT, controls, entry_named, name_of, open_page, small_link

from collapse_core.lessons.lesson import read_lesson

OPENERS = ("own", "drawing", "upload")  # options that open a place


@cache
def openings(keys=tuple(entry.key for entry in ENTRIES)):
    """Return the links that may open places on some pages, each with its page."""
    found = []
    for entry in map(entry_named, keys):
        small = small_link(entry)
        told = read_lesson(entry.key).tables.get("controls", {})
        for view in ({}, *views_of(entry)):
            found.append((entry, small | view))
            for control in controls(open_page(entry, small | view)):
                if control.type in ("selectbox", "radio", "button_group"):
                    name = name_of(control)
                    offered = told.get(name, {}).get("options", {})
                    found += [
                        (entry, small | view | {name: opener})
                        for opener in OPENERS
                        if opener in offered
                    ]
    return found


def views_of(entry):
    """Return links to the views of a page: the options of what its link calls "view"."""
    topics = (ROOT / "ui" / "topics" / entry.key).glob("*.py")
    found = re.findall(
        r'Choice\.of\(\s*"view",\s*\(([^)]*)\)', "".join(path.read_text("utf-8") for path in topics)
    )
    names = re.findall(r'"(\w+)"', "".join(found))
    return [{"view": name} for name in names[1:]]
