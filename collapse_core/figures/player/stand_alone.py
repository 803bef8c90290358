"""A picture as one page that plays in any browser, without a network and without the app."""

from __future__ import annotations

import base64
import json
import sys
import tempfile
import webbrowser
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from collapse_core.assets import static_file
from collapse_core.figures.player.picture import Picture
from collapse_core.figures.player.program import frame, program, style
from collapse_core.lessons.language import language
from collapse_core.lessons.lesson import read_lesson, shell_words

__all__ = ["BUNDLE", "Playable", "table_of"]

BUNDLE = "plotly-cartesian-4.1.1.min.js"

_PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ margin: 1rem; font-family: system-ui, sans-serif; color: {text}; background: {ground};
  --st-font: system-ui, sans-serif; --st-text-color: {text}; --st-background-color: {ground};
  --st-secondary-background-color: {second}; --st-border-color: {edge}; }}
h1 {{ font-size: 1.4rem; }} table {{ border-collapse: collapse; }}
.numbers {{ overflow-x: auto; }}
td, th {{ padding: 0.1rem 0.8rem; text-align: right; font-variant-numeric: tabular-nums; }}
{style}</style></head><body>
{heading}{frame}{about}{table}
<script>{plotly}</script>
<script>{program}
const bytes = Uint8Array.from(atob("{picture}"), (sign) => sign.charCodeAt(0));
const place = document.querySelector(".player");
const player = new modelCollapse.Player(place, {{ load: async () => Plotly }});
player.steer({{
  seek: 0, tick: {tick}, guess: {guess}, panels: {panels}, fits: innerWidth > 640, anywhere: true,
}});
player.show(modelCollapse.unpack(bytes));
</script></body></html>
"""


@dataclass(frozen=True, eq=False)
class Playable:
    """A picture that plays in a file or in a notebook.

    Parameters
    ----------
    picture : Picture
        The picture.
    tick : int
        Index of the frame shown first.
    table : mapping
        Columns of equal length by their heading, to stand below it.
    panels : str
        Numbers of the panels that are shown besides those that lead, joined by "-".
    guess : sequence of float, optional
        A reader's guess, drawn where it was made.
    """

    picture: Picture
    tick: int = 0
    table: Mapping[str, Any] = field(default_factory=dict)
    panels: str = ""
    guess: Sequence[float] | None = None

    def html(self) -> str:
        """Return a page of about 2 MB that plays offline: what draws is inside it."""
        picture, look = self.picture, self.picture.moving.meta
        title, text = escape(picture.title), look.get("text", "#1B1F24")
        return _PAGE.format(
            language=language().replace("_", "-"),
            title=title or "Model collapse",
            text=text,
            ground=look.get("background", "#FFFFFF"),
            second=f"color-mix(in srgb, {text} 8%, transparent)",
            edge=f"color-mix(in srgb, {text} 25%, transparent)",
            style=style(),
            heading=f"<h1>{title}</h1>" if title else "",
            frame=frame(),
            about="".join(f"<p>{escape(line)}</p>" for line in picture.about),
            table=table_of(self.table),
            plotly=static_file(BUNDLE).read_text(encoding="utf-8"),
            program=program(),
            picture=base64.b64encode(picture.packed()).decode(),
            tick=self.tick,
            panels=json.dumps(self.panels),
            guess=json.dumps(None if self.guess is None else list(self.guess)),
        )

    def write_html(self, path: str | Path) -> None:
        """Write the page to a file."""
        Path(path).write_text(self.html(), encoding="utf-8")

    def show(self) -> None:
        """Show it: in a notebook below the cell, else in a browser."""
        # A notebook has IPython loaded already.
        notebook = sys.modules.get("IPython")
        if notebook is not None and notebook.get_ipython() is not None:
            notebook.display.display(self)
            return
        folder = Path(tempfile.mkdtemp(prefix="model-collapse-"))
        self.write_html(folder / "picture.html")
        webbrowser.open((folder / "picture.html").as_uri())

    def _repr_html_(self) -> str:
        height = self.picture.moving.layout.get("height", 450) + 200
        page = escape(self.html(), quote=True)
        return (
            f'<iframe srcdoc="{page}" title="{escape(self.picture.moving.alt, quote=True)}" '
            f'width="100%" height="{height}" style="border:0"></iframe>'
        )


def table_of(columns: Mapping[str, Any]) -> str:
    """Return numbers as a table in HTML that is opened by a press; nothing if there are none.

    Parameters
    ----------
    columns : mapping
        Columns of equal length by their heading; those that are None are left out.
    """
    kept = {name: list(values) for name, values in columns.items() if values is not None}
    if not kept:
        return ""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in kept)
    rows = "".join(
        f"<tr>{''.join(f'<td>{_cell(value)}</td>' for value in row)}</tr>"
        for row in zip(*kept.values(), strict=True)
    )
    heading = escape(shell_words("sections")["table"])
    # A wide table is moved sideways in its own frame, by keys as well.
    region = f'<div class="numbers" role="region" aria-label="{heading}" tabindex="0">'
    table = f"{region}<table><tr>{head}</tr>{rows}</table></div>"
    return f"<details><summary>{heading}</summary>{table}</details>"


def _cell(value: Any) -> str:
    numbers = read_lesson("shell").numbers
    return escape(value) if isinstance(value, str) else numbers.plain(value, ".6g")
