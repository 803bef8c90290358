"""Formulas of the site: every one of every lesson is set, and what is not known is named."""

from xml.etree import ElementTree

import pytest

from collapse_core.lessons.language import languages, speaking
from collapse_core.lessons.lesson import read_lesson
from collapse_core.site.formulas import in_mathml
from collapse_core.topics.registry import all_topics


@pytest.mark.parametrize("language", languages())
def test_every_formula_of_every_lesson_is_set(language):
    found = 0
    with speaking(language):
        for topic in all_topics():
            for reason in read_lesson(topic.key).why:
                tree = ElementTree.fromstring(in_mathml(reason.formula))
                words = "".join(tree.itertext())
                assert words
                assert not {"\\", "{", "}", "&"} & set(words), reason.formula
                found += 1
    assert found > 50


@pytest.mark.parametrize(
    ("tex", "part"),
    [
        (r"\tfrac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>"),
        (r"1.5x", "<mn>1.5</mn><mi>x</mi>"),
        (r"x_t^2", "<msubsup><mi>x</mi><mi>t</mi><mn>2</mn></msubsup>"),
        (r"\sum_i x", "<munder>"),
        (r"a<b", "&lt;"),
        (r"\text{a < b}", "<mtext>a&#160;&lt;&#160;b</mtext>"),
    ],
)  # fmt: skip
def test_tex_becomes_mathml(tex, part):
    assert part in in_mathml(tex)


@pytest.mark.parametrize("tex", [r"\unknown", r"\frac{1", r"a}", r"\mathbb{Q}", r"\text{a"])
def test_what_is_not_known_is_named(tex):
    with pytest.raises(ValueError, match="tex="):
        in_mathml(tex)
