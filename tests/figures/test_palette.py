"""Figures and theme have the same colours, and words stand out from what is behind them."""

import tomllib

import pytest
from opened import ROOT

from collapse_core.figures.look import DARK, LIGHT, YELLOW

THEME = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
SIDES = pytest.mark.parametrize(
    ("look", "theme"), [(LIGHT, THEME["light"]), (DARK, THEME["dark"])], ids=["light", "dark"]
)


def channels(colour):
    return [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]


def luminance(colour):
    """Return the relative luminance of WCAG 2.2."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def blended(colour, behind, opacity):
    mixed = [
        round(255 * (opacity * c + (1 - opacity) * b))
        for c, b in zip(channels(colour), channels(behind), strict=True)
    ]
    return "#{:02X}{:02X}{:02X}".format(*mixed)


def backgrounds(theme):
    return [
        theme["backgroundColor"],
        theme["secondaryBackgroundColor"],
        theme["sidebar"]["backgroundColor"],
        theme["sidebar"]["secondaryBackgroundColor"],
    ]


def test_the_measure_of_contrast_is_the_published_one():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#FFFFFF", "#FFFFFF") == 1
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)


@SIDES
def test_figures_have_the_colours_of_the_theme(look, theme):
    assert look.text == theme["textColor"]
    assert look.background == theme["backgroundColor"]
    assert look.blue == theme["blueColor"]
    assert look.real == theme["greenColor"]
    assert look.collapse == theme["orangeColor"]
    assert theme["yellowColor"] == YELLOW


@SIDES
def test_words_stand_out_by_four_and_a_half_to_one(look, theme):
    for behind in backgrounds(theme):
        for words in (look.text, look.muted, theme["linkColor"], theme["yellowTextColor"]):
            assert contrast(words, behind) >= 4.5, (words, behind)


@SIDES
def test_a_name_is_read_in_the_colour_of_its_curve(look, theme):
    tints = (look.text, look.muted, look.blue, look.collapse, look.real, look.violet, look.olive)
    for line in (*tints, YELLOW):
        assert contrast(look.words(line), look.background) >= 4.5
        assert contrast(line, look.background) < 4.5 or look.words(line) == line
    assert LIGHT.words(YELLOW) != LIGHT.words(LIGHT.collapse) != LIGHT.collapse


@SIDES
def test_captions_stand_out_although_they_are_paler(look, theme):
    for behind in backgrounds(theme):
        assert contrast(blended(look.text, behind, 0.82), behind) >= 4.5


@SIDES
def test_lines_stand_out_by_three_to_one(look, theme):
    for line in (look.text, look.muted, look.blue, look.collapse, look.real):
        assert contrast(line, look.background) >= 3


@SIDES
def test_the_words_on_a_button_stand_out(look, theme):
    assert contrast("#FFFFFF", theme["primaryColor"]) >= 4.5


def test_colours_can_be_made_transparent():
    assert LIGHT.faint(0.5) == "rgba(27,31,36,0.5)"
    assert LIGHT.sized(1.4).scale == 1.4
    assert LIGHT.sized().blue == LIGHT.blue
