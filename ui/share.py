"""Sharing: link, embed code, table, stand-alone page, and the Python that redraws the picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from collapse_core.lessons.lesson import shell_words
from ui import visit

__all__ = [
    "BUILDER",
    "DESK",
    "Shared",
    "beside",
    "embed_code",
    "full_link",
    "share_button",
    "spelled",
]

BUILDER = "link_builder"  # the page where a link is locked
DESK = "desk"  # the page where a class is opened

# An embedded page fills its frame, and all of it is in view from these heights on.
EMBED_HEIGHT, EMBED_HEIGHT_ON_A_PHONE = 600, 640

# In a window of a phone's width the panel is below the picture.
_HEIGHT = f"clamp({EMBED_HEIGHT}px, (640px - 100vw) * 999, {EMBED_HEIGHT_ON_A_PHONE}px)"


@dataclass(frozen=True)
class Shared:
    """What a page has to share.

    Parameters
    ----------
    parameters : mapping
        Every value that the link must carry, the seed and the tick included.
    csv : callable, optional
        Makes the table; None where it is not shared.
    html : callable
        Makes the page that plays offline.
    python : str
        The lines that redraw the picture; nothing where they are not shared.
    notebook : callable
        From the link to a notebook with these lines.
    filename : str
        Name of downloads, without ending.
    title : str
        What the embedded picture is called.
    page : str
        Key of the page, of which a locked link can be built; nothing where none can.
    """

    parameters: Mapping[str, Any]
    csv: Callable[[], str] | None
    html: Callable[[], str]
    python: str
    notebook: Callable[[str], str]
    filename: str
    title: str
    page: str = ""


def beside(address: str | None, key: str) -> str:
    """Return the address of a page of the app, beside that of another one."""
    parts = urlsplit(address or "")
    path = f"{parts.path.rpartition('/')[0]}/{key}"
    return urlunsplit((parts.scheme, parts.netloc, path, "", ""))


def full_link(address: str | None, parameters: Mapping[str, Any], *, embed: bool = False) -> str:
    """Return a link that carries every parameter.

    Parameters
    ----------
    address : str, optional
        Address of the page; its own query is dropped. None gives a link without a host.
    parameters : mapping
        Values by key; True and False are written as Streamlit reads them.
    embed : bool
        Whether the link shows picture and controls only.
    """
    parts = urlsplit(address or "")
    query = spelled(parameters)
    if embed:
        query["embed"] = "true"
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(query), ""))


def spelled(parameters: Mapping[str, Any]) -> dict[str, str]:
    """Return how a link spells these values; what is None or empty is left out."""
    return {
        key: str(value).lower() if isinstance(value, bool) else str(value)
        for key, value in parameters.items()
        if value is not None and value != ""
    }


def embed_code(link: str, title: str, size: tuple[int, int] | None = None) -> str:
    """Return the HTML that shows the picture inside another page.

    Parameters
    ----------
    link, title : str
        Of the page.
    size : tuple of int, optional
        Width and height in pixels; None for a frame that fills its place.
    """
    width, height = size or ("100%", EMBED_HEIGHT)
    style = "border:0" if size else f"border:0;height:{_HEIGHT}"
    return (
        f'<iframe src="{escape(link)}" title="{escape(title)}" width="{width}" '
        f'height="{height}" style="{style}" loading="lazy"></iframe>'
    )


def share_button(place: Any, shared: Shared) -> None:
    """Draw the share button with everything it offers; nothing is made before it is opened."""
    words = shell_words("share")
    popover = place.popover(
        words["share"],
        icon=":material/share:",
        on_change="rerun",
        key="share_popover",
        width="content",
    )
    if not popover.open:
        return
    with popover:
        link = full_link(st.context.url, shared.parameters)
        embedded = full_link(st.context.url, shared.parameters, embed=True)
        st.markdown(words["link"])
        st.code(link, language=None, wrap_lines=True)
        if shared.page:
            to_lock = {"page": shared.page, **shared.parameters}
            builder = full_link(beside(st.context.url, BUILDER), to_lock)
            st.link_button(words["builder"], builder, icon=":material/add_link:")
            desk = full_link(beside(st.context.url, DESK), _first_question(shared))
            st.link_button(
                words["desk"], desk, icon=":material/co_present:", help=words["desk_help"]
            )
        st.markdown(words["download"])
        _downloads(shared, link)
        names = shell_words("share_parts")
        part = st.segmented_control(
            words["more"],
            ["python", "embed"] if shared.python else ["embed"],
            format_func=lambda name: names[name],
            key="share_part" if shared.python else "share_part_embed",
            label_visibility="collapsed",
        )
        if part == "python":
            st.markdown(words["python"])
            st.code(shared.python, language="python")
        if part == "embed":
            st.markdown(words["embed"])
            st.code(embed_code(embedded, shared.title), language="html", wrap_lines=True)
            st.iframe(embedded, height=EMBED_HEIGHT)


def _first_question(shared: Shared) -> dict[str, str]:
    """Return what the desk needs, so that this page becomes the first question of a class."""
    spoken = visit.LANGUAGE.name
    own = {name: text for name, text in shared.parameters.items() if name != spoken}
    link = urlencode(spelled(own))
    return {"page": shared.page, "link": link, spoken: str(shared.parameters.get(spoken, ""))}


def _downloads(shared: Shared, link: str) -> None:
    words = shell_words("share")
    with st.container(horizontal=True):
        if shared.csv is not None:
            st.download_button(
                words["csv"],
                shared.csv,
                file_name=f"{shared.filename}.csv",
                mime="text/csv",
                on_click="ignore",
                icon=":material/table:",
                help=words["csv_help"],
            )
        st.download_button(
            words["html"],
            shared.html,
            file_name=f"{shared.filename}.html",
            mime="text/html",
            on_click="ignore",
            icon=":material/play_circle:",
            help=words["html_help"],
        )
        if shared.python:
            st.download_button(
                words["notebook"],
                lambda: shared.notebook(link),
                file_name=f"{shared.filename}.ipynb",
                mime="application/x-ipynb+json",
                on_click="ignore",
                icon=":material/science:",
                help=words["notebook_help"],
            )
    st.caption(words["pictures"])
