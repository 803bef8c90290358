"""Formulas as MathML, which browsers set by themselves: a converter for the TeX of the lessons.

It knows the commands that lessons use, and says which one it does not know.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape

from collapse_core.checks import check_text

__all__ = ["in_mathml"]

_LETTERS: Mapping[str, str] = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "varepsilon": "ε", "kappa": "κ",
    "lambda": "λ", "mu": "μ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "chi": "χ",
    "psi": "ψ", "Gamma": "Γ", "Sigma": "Σ", "infty": "∞", "partial": "∂",
}  # fmt: skip
_SIGNS: Mapping[str, str] = {
    "approx": "≈", "to": "→", "longrightarrow": "⟶", "mid": "∣", "sim": "∼", "le": "≤", "ge": "≥",
    "ll": "≪", "in": "∈", "propto": "∝", "pm": "±", "times": "×", "cdot": "·", "prime": "′",
    "top": "⊤", "lVert": "‖", "rVert": "‖", "{": "{", "}": "}", "%": "%",
}  # fmt: skip
_WIDE: Mapping[str, str] = {"sum": "∑", "prod": "∏", "bigcup": "⋃"}
_SPACES: Mapping[str, str] = {
    "qquad": "2em",
    "quad": "1em",
    ",": "0.17em",
    ";": "0.28em",
    " ": "0.25em",
}
_NAMES = ("ln", "exp", "arg", "min", "max", "log")
_SIZES: Mapping[str, str] = {"big": "1.2em", "Big": "1.8em"}
_ACCENTS: Mapping[str, str] = {"hat": "^", "bar": "¯", "tilde": "~"}
_STYLED: Mapping[str, Mapping[str, str]] = {
    "mathbb": {"1": "𝟙", "E": "𝔼", "R": "ℝ"},
    "mathcal": {"N": "𝒩", "D": "𝒟"},
}
_FUNCTION = "<!--f-->"  # behind the name of a function, until it is known what follows


def in_mathml(tex: str) -> str:
    """Return a formula for a page without a network.

    Parameters
    ----------
    tex : str
        In TeX, as in the lessons.

    Raises
    ------
    ValueError
        If it is no text, holds a command that is not known here, or a brace without its other one.
    """
    reader = _Reader(check_text("tex", tex))
    made = reader.row()
    if reader.place < len(tex):
        raise ValueError(f"tex={tex!r} has {tex[reader.place :]!r} too much: take it out.")
    return f'<math display="block">{made}</math>'


class _Reader:
    """Reads TeX from left to right."""

    def __init__(self, tex: str) -> None:
        self.tex, self.place = tex, 0

    def next(self) -> str:
        """Take the next sign or command, without the space before it; nothing at the end."""
        found = re.compile(r"\s*(\\[A-Za-z]+|\\.|.)", re.DOTALL).match(self.tex, self.place)
        if found is None:
            self.place = len(self.tex)
            return ""
        self.place = found.end()
        return found[1]

    def peek(self) -> str:
        """Return the next sign or command, and leave it."""
        place = self.place
        found = self.next()
        self.place = place
        return found

    def row(self, *ends: str) -> str:
        """Return everything up to one of some ends, which is left."""
        parts: list[str] = []
        while (token := self.peek()) not in (*ends, ""):
            if token in ("}", "&", "\\\\", "\\right", "\\end"):
                break
            parts.append(self.scripted(self.atom(alone=False)))
        return f"<mrow>{''.join(parts)}</mrow>"

    def scripted(self, base: str) -> str:
        """Return something with what stands below and above it."""
        found = {}
        while (token := self.peek()) in ("_", "^") and token not in found:
            self.next()
            found[token] = self.atom()
        named = base.endswith(_FUNCTION)
        base = base.removesuffix(_FUNCTION)
        made = _with_scripts(base, found)
        # A name stands apart from what it is applied to, unless there is a bracket.
        apart = named and self.peek() not in ("(", "\\left", "\\bigl", "\\Bigl", "[", "\\!", "")
        return made + ('<mspace width="0.17em"/>' if apart else "")

    def atom(self, alone: bool = True) -> str:
        """Return the next thing; alone a digit is one number, as in ``\\tfrac12``."""
        token = self.next()
        if token == "{":
            made = self.row("}")
            self.expect("}")
            return made
        if token.startswith("\\"):
            return self.command(token[1:])
        if token.isdigit():
            rest = re.compile(r"\d*(?:\.\d+)?").match(self.tex, self.place)
            if not alone and rest:
                self.place, token = rest.end(), token + rest[0]
            return f"<mn>{token}</mn>"
        if token.isalpha():
            return f"<mi>{token}</mi>"
        return _operator({"-": "−", "*": "∗"}.get(token, token))

    def expect(self, wanted: str) -> None:
        """Take what must stand here."""
        if (token := self.next()) != wanted:
            raise ValueError(f"tex={self.tex!r} has {token!r} where {wanted!r} belongs: write it.")

    def raw(self) -> str:
        """Take a text in braces."""
        self.expect("{")
        end = self.tex.find("}", self.place)
        if end < 0:
            raise ValueError(f"tex={self.tex!r} has a brace that is not closed: close it.")
        text, self.place = self.tex[self.place : end], end + 1
        return text

    def command(self, name: str) -> str:
        """Return what a command makes."""
        if (make := _MAKERS.get(name)) is not None:
            return make(self)
        if name in _LETTERS:
            return f"<mi>{_LETTERS[name]}</mi>"
        if name in _SIGNS:
            return _operator(_SIGNS[name])
        if name in _WIDE:
            return f'<mo movablelimits="false" data-wide="">{_WIDE[name]}</mo>'
        if name in _SPACES:
            return f'<mspace width="{_SPACES[name]}"/>'
        if name in _NAMES:
            return _named(name)
        if name in _ACCENTS:
            return f'<mover accent="true">{self.atom()}<mo>{_ACCENTS[name]}</mo></mover>'
        if name.rstrip("lr") in _SIZES:
            return self.sized(_SIZES[name.rstrip("lr")])
        if name in _STYLED:
            letter = self.raw() if self.peek() == "{" else self.next()
            if letter in _STYLED[name]:
                return f"<mi>{_STYLED[name][letter]}</mi>"
        raise ValueError(f"tex={self.tex!r} has \\{name}, which is not known: write it otherwise.")

    def sized(self, size: str) -> str:
        """Return a bracket of a size."""
        sign = self.next()
        sign = _SIGNS[sign[1:]] if sign.startswith("\\") else sign
        return f'<mo stretchy="true" minsize="{size}" maxsize="{size}">{escape(sign)}</mo>'


def _operator(sign: str) -> str:
    # Strokes stand on either side of something: no space belongs between.
    close = ' lspace="0" rspace="0"' if sign in "|‖" else ""
    return f'<mo stretchy="false"{close}>{escape(sign)}</mo>'


def _named(name: str) -> str:
    wide = ' data-wide=""' if name in ("min", "max") else ""
    return f'<mi mathvariant="normal"{wide}>{escape(name)}</mi>{_FUNCTION}'


def _with_scripts(base: str, found: Mapping[str, str]) -> str:
    if not found:
        return base
    below, above = found.get("_"), found.get("^")
    wide = "data-wide" in base
    if below and above:
        kind = "munderover" if wide else "msubsup"
        return f"<{kind}>{base}{below}{above}</{kind}>"
    if below:
        kind = "munder" if wide else "msub"
        return f"<{kind}>{base}{below}</{kind}>"
    kind = "mover" if wide else "msup"
    return f"<{kind}>{base}{above}</{kind}>"


def _fraction(reader: _Reader) -> str:
    return f"<mfrac>{reader.atom()}{reader.atom()}</mfrac>"


def _small_fraction(reader: _Reader) -> str:
    return f'<mstyle displaystyle="false">{_fraction(reader)}</mstyle>'


def _binomial(reader: _Reader) -> str:
    parts = f'<mfrac linethickness="0">{reader.atom()}{reader.atom()}</mfrac>'
    return f"<mrow><mo>(</mo>{parts}<mo>)</mo></mrow>"


def _fenced(reader: _Reader) -> str:
    first, inside = reader.next(), reader.row("\\right")
    reader.expect("\\right")
    last = reader.next()
    fences = ["" if sign == "." else escape(sign.removeprefix("\\")) for sign in (first, last)]
    left, right = (f'<mo stretchy="true">{sign}</mo>' if sign else "" for sign in fences)
    return f"<mrow>{left}{inside}{right}</mrow>"


def _table(reader: _Reader) -> str:
    reader.raw()
    rows, cells = [], [reader.row()]
    while (token := reader.next()) in ("&", "\\\\"):
        if token == "\\\\":
            rows.append(cells)
            cells = []
        cells.append(reader.row())
    if token != "\\end":
        raise ValueError(f"tex={reader.tex!r} has \\begin without \\end: write it.")
    reader.raw()
    sides = ("right", "left")
    return "".join(
        [
            '<mtable displaystyle="true">',
            *(
                f"<mtr>{''.join(_cell(c, sides[i % 2]) for i, c in enumerate(row))}</mtr>"
                for row in [*rows, cells]
            ),
            "</mtable>",
        ]
    )


def _cell(content: str, side: str) -> str:
    return f'<mtd style="text-align: {side}; padding: 0.2em 0.1em">{content}</mtd>'


_MAKERS: Mapping[str, Callable[[_Reader], str]] = {
    "frac": _fraction,
    "tfrac": _small_fraction,
    "binom": _binomial,
    "sqrt": lambda reader: f"<msqrt>{reader.atom()}</msqrt>",
    "text": lambda reader: f"<mtext>{escape(reader.raw()).replace(' ', '&#160;')}</mtext>",
    "operatorname": lambda reader: _named(reader.raw()),
    "left": _fenced,
    "begin": _table,
    "!": lambda reader: "",
}
