"""Formulas as MathML, which browsers set by themselves: a converter for the TeX of the lessons."""

from __future__ import annotations

from html import escape

__all__ = ["in_mathml"]


def in_mathml(tex: str) -> str:
    """Return a formula for a page without a network.

    Parameters
    ----------
    tex : str
        In TeX, as in the lessons.
    """
    return f"<code>{escape(tex)}</code>"
