"""Panels of a figure: titles, words, axes, and the layout that they share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from collapse_core.figures.curves import Panel, words_below
from collapse_core.figures.look import Look, transparent

__all__ = ["add_panel", "empty_layout", "words_above", "words_over"]


def empty_layout(
    look: Look, height: float, *, left: float = 46, bottom: float = 64, top: float = 26
) -> dict[str, Any]:
    """Return a layout without panels, with its legend along the lower edge.

    Parameters
    ----------
    look : Look
        Colours and sizes.
    height : float
        In pixels, at a scale of 1.
    left, bottom, top : float
        Margins in pixels, at a scale of 1.
    """
    scale, font = look.scale, 12 * look.scale
    return {
        "height": round(height * (1 + (scale - 1) * (0.0 if look.narrow else 0.5))),
        "margin": {"l": left * scale, "r": 10, "t": top * scale, "b": bottom * scale},
        "font": {"size": font, "color": look.text},
        "plot_bgcolor": "rgba(0,0,0,0)",
        "paper_bgcolor": "rgba(0,0,0,0)",
        "hovermode": "x",
        "dragmode": False,
        "legend": {
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "xref": "container",
            "y": 0,
            "yref": "container",
            "yanchor": "bottom",
            "font": {"size": font * 0.95, "color": look.text},
            "itemclick": False,
            "itemdoubleclick": False,
        },
        "annotations": [],
    }


def add_panel(
    layout: dict[str, Any],
    panel: Panel,
    domains: tuple[Sequence[float], Sequence[float]],
    look: Look,
    *,
    title: str,
    below: str = "",
    x: Mapping[str, Any] | None = None,
    y: Mapping[str, Any] | None = None,
) -> None:
    """Add a panel's axes, its title above it and the words below it to a layout.

    Parameters
    ----------
    layout : dict
        Changed in place.
    panel : Panel
        Which axes.
    domains : pair of pairs
        Its place in the figure, across and up, each from 0 to 1.
    look : Look
        Colours and sizes.
    title, below : str
        Words above the panel and under its horizontal axis.
    x, y : mapping, optional
        Entries of its axes, in Plotly's schema.
    """
    across, up = domains
    font = 12 * look.scale
    common = {
        "fixedrange": True,
        "zeroline": False,
        "automargin": False,
        "gridcolor": look.faint(0.12),
        "tickfont": {"color": look.muted, "size": font * 0.95},
    }
    suffix = panel.suffix
    layout[f"xaxis{suffix}"] = common | {"domain": across, "anchor": f"y{suffix}"} | dict(x or {})
    layout[f"yaxis{suffix}"] = common | {"domain": up, "anchor": f"x{suffix}"} | dict(y or {})
    layout["annotations"].append(words_above(title, across, up, look))
    if below:
        layout["annotations"].append(words_below(panel, below, look))


def words_above(
    text: str, across: Sequence[float], up: Sequence[float], look: Look
) -> dict[str, Any]:
    """Return a panel's title, as an annotation above its upper left corner."""
    return {
        "text": f"<b>{text}</b>",
        "showarrow": False,
        "x": across[0],
        "y": up[1],
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "bottom",
        "font": {"size": 12.6 * look.scale},
    }


def words_over(panel: Panel, text: str, look: Look, *, y: float = 0.5) -> dict[str, Any]:
    """Return words over a panel, as an annotation; ``y`` is their height in it, 0 to 1."""
    return {
        "text": text,
        "showarrow": False,
        "x": 0.5,
        "y": y,
        "xref": f"x{panel.suffix} domain",
        "yref": f"y{panel.suffix} domain",
        "bgcolor": transparent(look.background, 0.8),
        "font": {"size": 13 * look.scale, "color": look.muted},
    }
