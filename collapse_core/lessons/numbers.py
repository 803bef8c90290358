"""Numbers as a reader wants them, in a language: few digits, no exponents, never nine decimals.

How a language writes digits, percentages and millions, and how it counts things, comes from CLDR,
by way of Babel; how many digits are worth showing is decided here, in one place. A gap in a lesson
names one of ``FORMATS``, for example ``{lost:percent}``; a noun of the lessons, for example
``{runs:run}``, which is counted; or one of Python's own formats for numbers, for example
``{error:.2f}``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from collapse_core.extras import extra
from collapse_core.lessons.typed import in_markdown

__all__ = ["FORMATS", "PLAIN_ENGLISH", "Numbers", "numbers_in"]

_SCALES = (10**12, 10**9, 10**6)
# With a space, as ISO 80000-1 has it for every language. CLDR has none in English.
_ENGLISH_PERCENT = "{number} %"


class Numbers:
    """Writes the numbers of one language.

    Parameters
    ----------
    language : str
        A CLDR code, for example ``"en"`` or ``"pt_BR"``.
    words : mapping of str to str
        The words that numbers need: ``unknown``, ``under``, ``over`` and so on; where there is a
        number in it, its gap is ``{number}``.

    Attributes
    ----------
    language : str
        Its code without a region, for example ``"pt"``.
    separators : str
        The signs for decimals and between thousands, as Plotly's ``layout.separators``.
    percent_sign : str
        What stands behind the number of a percentage.
    around_percent : tuple of str, optional
        What stands before and behind it in a picture; None where that is a bare "%" behind it, as
        in English.
    """

    def __init__(self, language: str, words: Mapping[str, str]) -> None:
        with extra("figures"):
            from babel import Locale

        locale = Locale.parse(language)
        symbols = locale.number_symbols[locale.default_numbering_system]
        self._words, self.language = words, str(locale.language)
        self._plural: Callable[[float], str] = locale.plural_form
        self.separators = f"{symbols['decimal']}{symbols['group']}"
        self._signs = str.maketrans({",": symbols["group"], ".": symbols["decimal"]})
        self._percent = _ENGLISH_PERCENT if self.language == "en" else _percent_in(locale)
        before, _, self.percent_sign = self._percent.partition("{number}")
        bare = self.language == "en" or (before, self.percent_sign) == ("", "%")
        self.around_percent = None if bare else (before, self.percent_sign)
        self._scales = locale.compact_decimal_formats["long"]
        self._goes_on_small = self.language == "en"

    def plain(self, value: float | Decimal, form: str) -> str:
        """Return a number in one of Python's formats, with the signs of the language."""
        if form.endswith("%"):
            return self.percentage(100.0 * float(value), f"{form[:-1]}f")
        return self.written(format(value, form))

    def written(self, number: str) -> str:
        """Return a number that is written as in Python, with the signs of the language."""
        return number.translate(self._signs)

    def several(self, values: Iterable[float], form: str) -> str:
        """Return numbers in one of Python's formats, with a sign between them that none has."""
        between = "; " if self.separators.startswith(",") else ", "
        return between.join(self.plain(value, form) for value in values)

    def counted(self, value: float, forms: Mapping[str, str]) -> str:
        """Return a count with its noun.

        Parameters
        ----------
        forms : mapping of str to str
            By CLDR's plural category, ``"one"`` or ``"other"`` in English; the gap is ``{n}``.
            ``"none"`` may say it without a number.
        """
        kind = "none" if value == 0 and "none" in forms else self._plural(value)
        form = forms.get(kind, forms["other"])
        return form.format(n=self.count(value))

    def count(self, value: float) -> str:
        """Return a whole number with thousands apart: ``count(1000000) == "1,000,000"``."""
        return self.plain(value, ",.0f")

    def average(self, value: float) -> str:
        """Return an average of counts: whole where it is large or whole, else one decimal."""
        whole = value >= 999.5 or value == round(value)
        return self.count(value) if whole else self.plain(value, ".1f")

    def percent(self, share: float, digits: int = 1) -> str:
        """Return a share as a percentage, never a false 0 or 100: ``percent(0.1) == "10 %"``."""
        if not math.isfinite(share):
            return self._words["unknown"]
        rounded = round(100.0 * share, digits)
        if rounded == 0.0 and share > 0.0:
            return self._say("under", self.percentage(10.0**-digits, "g"))
        if rounded == 100.0 and share < 1.0:
            return self._say("over", self.percentage(100.0 - 10.0**-digits, "g"))
        return self.percentage(rounded, "g")

    def percentage(self, hundredths: float, form: str) -> str:
        """Return a number of hundredths, in one of Python's formats, as a percentage."""
        return self._percent.format(number=self.plain(hundredths, form))

    def on_an_axis(self, share: float) -> str:
        """Return a share as a percentage beside an axis: in English as Plotly writes it."""
        hundredths = round(100.0 * share, 9) + 0.0
        plain = f"{hundredths:,g}%"
        return plain if self.language == "en" else self.percentage(hundredths, ",g")

    def in_a_table(self, value: float) -> str:
        """Return a number as a table has it: with four decimals at most, unless it is tiny."""
        if not math.isfinite(value):
            return self._words["unknown"] if math.isnan(value) else self.short(value)
        tiny = 0.0 < abs(value) < 1e-4
        digits = math.ceil(-math.log10(abs(value))) if tiny else 4
        plain = f"{value:.{digits}f}"
        return self.written(plain.rstrip("0").rstrip("."))

    def whole_percent(self, share: float) -> str:
        """Return a share as a percentage without decimals."""
        return self.percent(share, 0)

    def fine_percent(self, share: float) -> str:
        """Return a share as a percentage with two decimals."""
        return self.percent(share, 2)

    def any_percent(self, share: float) -> str:
        """Return a share that may be far above 1, or without bound, as a percentage."""
        if math.isinf(share):
            return self._words["unbounded"]
        return self.percentage(100 * share, ",.0f") if share >= 10.0 else self.percent(share)

    def chance(self, probability: float) -> str:
        """Return a probability with three decimals, never a false 0 or 1."""
        if not math.isfinite(probability):
            return self._words["unknown"]
        if 0.0 < probability < 0.0005:
            return self._say("under", self.plain(0.001, "g"))
        if 0.9995 < probability < 1.0:
            return self._say("over", self.plain(0.999, "g"))
        return self.plain(probability, "g" if probability in (0.0, 1.0) else ".3f")

    def short(self, value: float) -> str:
        """Return a number with three significant digits, or in words where it is huge."""
        if math.isnan(value):
            return self._words["unknown"]
        size = abs(value)
        if math.isinf(value) or size >= 1e15:
            return self._words["huge" if value > 0 else "huge_negative"]
        for limit in _SCALES:
            if size >= 0.9995 * limit:  # what would be rounded up to the limit
                return self._scaled(float(f"{value / limit:.3g}"), limit)
        return self.count(value) if size >= 999.5 else self.plain(value, ".3g")

    def multiple(self, value: float) -> str:
        """Return a number of 0 or more as `short` does, but never with an exponent."""
        if 0.0 < value < 0.0005:
            return self._say("under", self.plain(0.001, "g"))
        return self.short(value)

    def any_multiple(self, value: float) -> str:
        """Return a number as `multiple` does, or that it has no bound."""
        return self._words["unbounded"] if math.isinf(value) else self.multiple(value)

    def ratio(self, value: float) -> str:
        """Return a ratio as `multiple` does, with enough digits to tell it from 1."""
        if 0.0 < abs(value - 1.0) < 0.005:
            return self.plain(float(f"{value:.5f}"), ".7g")
        return self.multiple(value)

    def small(self, value: float) -> str:
        """Return a number with three decimals, or as `short` does where it is large."""
        if math.isnan(value):
            return self._words["unknown"]
        if abs(value) >= 100:
            return self.short(value).replace("-", "−")
        return self.plain(round(value, 3) + 0.0, "g").replace("-", "−")

    def signed(self, value: float) -> str:
        """Return a number with three significant digits and a true minus sign."""
        return self.plain(value, ".3g").replace("-", "−")

    def term(self, value: float) -> str:
        """Return a number with three significant digits as what is added: ``"− 0.5"``."""
        return f"{'−' if value < 0 else '+'} {self.plain(abs(value), '.3g')}"

    def logarithm(self, value: float) -> str:
        """Return a number as `signed` does, but never with an exponent; in words for ln 0."""
        if not math.isfinite(value):
            return self._words["logarithm_of_0"] if value < 0 else self.short(value)
        if abs(value) >= 999.5:
            return self.count(value).replace("-", "−")
        return self.plain(Decimal(f"{value + 0.0:.3g}"), "f").replace("-", "−")

    def hundredths(self, value: float) -> str:
        """Return a number with two decimals and a true minus sign."""
        return self.plain(value, ".2f").replace("-", "−")

    def apart(self, errors: float) -> str:
        """Return how far a count is from its chance, in standard errors; nothing if it is not."""
        if errors == 0.0 or not math.isfinite(errors):
            return ""
        name = "apart_above" if errors > 0 else "apart_below"
        return self._say(name, self.plain(abs(errors), ".1f"))

    def apart_inside(self, errors: float) -> str:
        """Return the same, to stand inside a parenthesis; nothing for less than 0.05."""
        if abs(errors) < 0.05 or not math.isfinite(errors):
            return ""
        name = "apart_inside_above" if errors > 0 else "apart_inside_below"
        return self._say(name, self.plain(abs(errors), ".1f"))

    def within(self, error: float) -> str:
        """Return a standard error in a parenthesis; nothing if there is none."""
        return self._say("within", self.plain(error, ".2g")) if error > 0.0 else ""

    def within_percent(self, error: float) -> str:
        """Return the same of a share, as a percentage."""
        return self._say("within", self.percent(error)) if error > 0.0 else ""

    def typed(self, text: str) -> str:
        """Return what a reader typed, so that Markdown shows it as it is."""
        return in_markdown(text)

    def continued(self, sentence: str) -> str:
        """Return a sentence as it goes on after a colon: in English with a small letter."""
        return sentence[:1].lower() + sentence[1:] if self._goes_on_small else sentence

    def _scaled(self, value: float, scale: int) -> str:
        """Return a number of millions, or of more, in words."""
        forms = self._scales.get(self._plural(value), self._scales["other"])
        return str(forms[str(scale)].pattern).replace("0", self.plain(value, "g"))

    def _say(self, name: str, number: str) -> str:
        return self._words[name].format(number=number)


class _PlainEnglish(Numbers):
    """Writes and counts numbers in English where there is no Babel; knows no words."""

    def __init__(self) -> None:
        self._words, self.language, self.separators = {}, "en", ".,"
        self._percent, self.around_percent = _ENGLISH_PERCENT, None
        self._signs, self._plural = {}, lambda count: "one" if count == 1 else "other"


PLAIN_ENGLISH = _PlainEnglish()


def _percent_in(locale: Any) -> str:
    """Return how a language writes a percentage, with the gap ``{number}``."""
    pattern = locale.percent_formats[None]
    return f"{pattern.prefix[0]}{{number}}{pattern.suffix[0]}"


FORMATS: Mapping[str, Callable[[Numbers, Any], str]] = {
    "count": Numbers.count,
    "average": Numbers.average,
    "percent": Numbers.percent,
    "whole_percent": Numbers.whole_percent,
    "fine_percent": Numbers.fine_percent,
    "any_percent": Numbers.any_percent,
    "chance": Numbers.chance,
    "short": Numbers.short,
    "multiple": Numbers.multiple,
    "any_multiple": Numbers.any_multiple,
    "ratio": Numbers.ratio,
    "small": Numbers.small,
    "signed": Numbers.signed,
    "term": Numbers.term,
    "logarithm": Numbers.logarithm,
    "hundredths": Numbers.hundredths,
    "apart": Numbers.apart,
    "apart_inside": Numbers.apart_inside,
    "within": Numbers.within,
    "within_percent": Numbers.within_percent,
    "typed": Numbers.typed,
    "continued": Numbers.continued,
}


@lru_cache(maxsize=16)
def _numbers(language: str, words: tuple[tuple[str, str], ...]) -> Numbers:
    return Numbers(language, dict(words))


def numbers_in(language: str, words: Mapping[str, str]) -> Numbers:
    """Return the writer of a language's numbers; the same one when asked again."""
    return _numbers(language, tuple(words.items()))
