"""The report as one page of HTML, which loads nothing: verdict, reasons, pictures, table."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from html import escape

from collapse_core.drift.columns import columns_of, settings_of
from collapse_core.drift.drawing import Curve, chart
from collapse_core.drift.findings import Findings
from collapse_core.drift.sentences import say
from collapse_core.lessons.language import language

__all__ = ["page_of"]

Table = dict[str, list[float]]

STYLE = """
:root { --text: #1a1a1a; --back: #fff; --soft: #5a5a5a; --grid: #dcdcdc; --seen: #0072B2;
  --second: #007a5a; --mark: #b84a00; --band: #dfe8ee; }
@media (prefers-color-scheme: dark) { :root { --text: #ececec; --back: #14171a; --soft: #b5b5b5;
  --grid: #3a3f44; --seen: #56B4E9; --second: #2fc79a; --mark: #ff9248; --band: #26333c; } }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--text); background: var(--back);
  max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem; }
.verdict { font-size: 1.25rem; border-left: 5px solid var(--seen); padding-left: .8rem; }
.verdict.loud { border-color: var(--mark); }
.pictures { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 1rem; }
h3 { margin: 0; font-size: 1rem; } figure { margin: 0; }
svg text { font-size: 14px; fill: var(--soft); } svg text.mark { fill: var(--mark); }
svg polyline { fill: none; stroke-width: 2.2; }
.grid { stroke: var(--grid); } .band { fill: var(--band); }
polyline.seen, .dot.seen { stroke: var(--seen); } .dot.seen { fill: var(--seen); }
polyline.second, .dot.second { stroke: var(--second); } .dot.second { fill: var(--second); }
polyline.chance { stroke: var(--soft); stroke-dasharray: 6 4; }
polyline.limit, line.mark { stroke: var(--mark); stroke-dasharray: 2 4; stroke-width: 2; }
figcaption { display: flex; flex-wrap: wrap; gap: .2rem 1rem; color: var(--soft); }
.sign { width: 32px; height: 14px; margin-right: .4rem; vertical-align: middle; }
.wide { overflow-x: auto; } table { border-collapse: collapse; font-size: .85rem; }
th, td { padding: .2rem .6rem; text-align: right; border-bottom: 1px solid var(--grid); }
th { white-space: nowrap; } footer { color: var(--soft); margin-top: 2rem; }
"""


def page_of(found: Findings, reasons: Sequence[str], title: str = "") -> str:
    """Return the page.

    Parameters
    ----------
    found : Findings
        What it is about.
    reasons : sequence of str
        The first one is the verdict.
    title : str
        Shown as it is, never as markup.
    """
    heading = escape(title or say("page", "title"))
    table = columns_of(found)
    loud = "" if found.alarm is None and found.jump is None else " loud"
    pictures = "".join(_pictures(found, table, reasons[0]))
    listed = "".join(f"<li>{escape(reason)}</li>" for reason in reasons[1:])
    return (
        f'<!doctype html>\n<html lang="{language()}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{heading}</title><style>{STYLE}</style></head><body><main><h1>{heading}</h1>"
        f'<p class="verdict{loud}">{escape(reasons[0])}</p><div class="pictures">{pictures}</div>'
        f"<h2>{_word('reasons')}</h2><ul>{listed}</ul>"
        f"<h2>{_word('table')}</h2>{_table(table)}<h2>{_word('settings')}</h2>{_settings(found)}"
        f"</main><footer>{_word('about')}</footer></body></html>\n"
    )


def _word(name: str) -> str:
    return escape(say("page", name))


def _pictures(found: Findings, table: Table, verdict: str) -> Iterator[str]:
    """Yield what is drawn: two distances, the rank, and what is covered."""
    axis = _word("generation")
    mark = None if found.alarm is None else (found.alarm, _word("alarm"))
    for name, pair in (("distance", "cumulative"), ("step", "local")):
        curves = [
            Curve(say("page", "seen"), table[f"{pair}_tested"], "seen"),
            Curve(say("page", "chance"), table[f"{pair}_chance"], "chance"),
        ]
        if pair == "cumulative":
            curves.append(Curve(say("page", "limit"), table["cumulative_limit"], "limit"))
        facts = {"last": curves[0].values[-1], "chance": curves[1].values[-1]}
        base = say("base", found.reference)
        alt = say("page", f"{name}_alt", base=base, verdict=verdict, **facts)
        yield _headed(name, chart(curves, alt, axis, mark=mark))
    ranks = table["effective_rank"]
    band = (
        table["effective_rank_chance_low"],
        table["effective_rank_chance_high"],
        say("page", "range"),
    )
    alt = say("page", "rank_alt", first=ranks[0], last=ranks[-1])
    curves = [Curve(say("page", "seen"), ranks, "seen")]
    yield _headed("rank", chart(curves, alt, axis, band, mark))
    names = {"coverage": "seen", "tail_coverage": "second"}
    curves = [Curve(say("page", name), table[name], style) for name, style in names.items()]
    ends = {"coverage": table["coverage"][-1], "tail": table["tail_coverage"][-1]}
    chance = (
        table["coverage_chance_low"],
        table["coverage_chance_high"],
        say("page", "range"),
    )
    yield _headed("kept", chart(curves, say("page", "kept_alt", **ends), axis, chance, mark))


def _headed(name: str, picture: str) -> str:
    return f"<section><h3>{_word(name)}</h3>{picture}</section>"


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in table)
    rows = zip(*table.values(), strict=True)
    body = "".join(f"<tr>{''.join(f'<td>{_cell(v)}</td>' for v in row)}</tr>" for row in rows)
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{_word("table")}"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cell(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.4g}"


def _settings(found: Findings) -> str:
    pairs = settings_of(found).items()
    items = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td>{escape(str(value))}</td></tr>'
        for name, value in pairs
    )
    return f"<table>{items}</table>"
