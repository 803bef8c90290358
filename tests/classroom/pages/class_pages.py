"""Pages of a class opened without a browser, and what they show."""

import json

from opened import hands, open_page, pictures, said

from ui.catalogue import CLASSROOM

ENTRIES = {entry.key: entry for entry in CLASSROOM}
TWO = {"kind": "guess", "page": "two_colours", "link": ""}

__all__ = ["ENTRIES", "TWO", "asked_on", "labels", "linked", "opened_page", "press", "words_on"]


def opened_page(page, /, **query):
    """Open "join", "wall" or "desk"; ``code`` is the query's ``class``."""
    query = {"class" if name == "code" else name: value for name, value in query.items()}
    return open_page(ENTRIES[page], query)


def press(at, label):
    """Press the button with a label, and run the page."""
    next(button for button in at.button if button.label == label).click()
    return at.run()


def labels(at):
    return [button.label for button in at.button]


def linked(at, name):
    """Return what the page's link holds under a name; None where it holds nothing."""
    held = at.query_params.get(name)
    return held[0] if isinstance(held, list) else held


def words_on(at):
    """Return all words of a page, headings too."""
    return "\n".join([said(at), *(header.value for header in at.header)])


def asked_on(at):
    """Return what the player of a page asks or says, and what guess it draws."""
    sent = next((hand for hand in hands(at).values() if "ask" in hand), {})
    return sent.get("ask"), sent.get("guess")


def everything_sent(at):
    """Return all that a page sends, as text: what is not in it no phone can know."""
    return words_on(at) + json.dumps([pictures(at), list(hands(at).values())])
