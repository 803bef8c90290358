"""A link of a page as people paste it: an address, a part of one, or its query alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from collapse_core.reading.quoted import quoted
from collapse_core.topics.registry import all_topics, topic_named
from collapse_core.topics.shown import Topic

__all__ = ["PastedLink", "read_link"]

# What stands for a reader's own data.
OWN_DATA = ("jar", "counts")
LONGEST = 20_000
# What stands around a link in a text, or is pasted with it: quotes of many languages, brackets.
AROUND = "'\"`´<>()[]„“”‟‚‘’«»‹› \t\r\n\u00a0.,;"


@dataclass(frozen=True)
class PastedLink:
    """What a link says.

    Parameters
    ----------
    page : str
        Of which page it is; empty for a query alone.
    values : mapping of str to str
        Its query, by name.
    address : str
        Of the app, with "/" at its end; empty where the link has none.
    """

    page: str
    values: Mapping[str, str]
    address: str = ""

    def topic(self, page: str = "") -> Topic:
        """Return the topic whose picture it shows.

        Parameters
        ----------
        page : str
            The page that was named besides.

        Raises
        ------
        ValueError
            If it is that of another page than the one named, or if none is named.
        """
        if page and self.page and self._view_of(page) != self._view_of(self.page):
            raise ValueError(
                f"--link is of the page {self.page}, not of {page}: leave out {page}, or the link."
            )
        if not (page or self.page):
            raise ValueError("--link names no page: name one before it, for example two_colours.")
        return topic_named(self._view_of(page or self.page))

    def _view_of(self, page: str) -> str:
        """Return the key of the topic that a page shows with these values."""
        if not self.values:
            return page
        for topic in all_topics():
            linked = topic.linked.items() <= self.values.items()
            if topic.page == page and linked:
                return topic.key
        return page

    def settings(self, topic: Topic) -> tuple[dict[str, str], list[str]]:
        """Return the settings of a topic, and what the link holds besides.

        Raises
        ------
        ValueError
            If it holds a reader's own data, which are not read here.
        """
        known = topic.settings()
        own = [name for name in OWN_DATA if self.values.get(name) and name not in known]
        if own:
            raise ValueError(
                f"--link holds data of your own ({own[0]}=...), which are not read here: "
                f"take {own[0]} out of it, or save the picture in the app."
            )
        settings = {name: text for name, text in self.values.items() if name in known}
        used = {*known, *topic.linked, "generation", "panels", "lang"}
        left_out = {name: text for name, text in self.values.items() if name not in used}
        return settings, [quoted(f"{name}={text}") for name, text in left_out.items()]


def read_link(text: str) -> PastedLink:
    """Return what a link says.

    Parameters
    ----------
    text : str
        ``https://host/two_colours?anchors=1``, ``two_colours?anchors=1`` or ``anchors=1&seed=2``.

    Raises
    ------
    ValueError
        If it cannot be read.
    """
    text = text.strip(AROUND).replace("&amp;", "&")
    if len(text) > LONGEST:
        raise ValueError(f"--link has {len(text)} letters: a link of a page has under {LONGEST}.")
    if "?" not in text and "=" in text:
        text = f"?{text}"
    try:
        parts = urlsplit(text)
        values = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=False))
    except ValueError as error:
        raise ValueError(
            f"--link cannot be read ({error}): paste it as the app shows it."
        ) from error
    *folders, page = parts.path.rstrip("/").split("/")
    address = ""
    if parts.scheme and parts.netloc:
        address = urlunsplit((parts.scheme, parts.netloc, "/".join([*folders, ""]), "", ""))
    return PastedLink(page, values, address)
