"""What a learner reads is short: captions and stories of two sentences, one name per thing."""

import re

import pytest
from opened import EXPERIMENTS, PAGES, ROOT, clocks, entry_named, open_page
from some_pages import ALWAYS

from collapse_core.lessons.lesson import read_lesson
from ui import long_run

KEYS = [entry.key for entry in PAGES]
EXPERIMENT_KEYS = [entry.key for entry in EXPERIMENTS]
LONGEST_CAPTION, LONGEST_STORY = 200, 165
NEVER_IN_A_CAPTION = ("standard error", "±", "E[", "E (", "tr ")
PERCENT_ONLY = ("two_colours", "one_real_point", "language", "digits_photographs")
CHANCE = re.compile(r"(chance|exact|approximately)[^.]{0,20}\*\*0\.\d{3}\*\*")
SLOW = {
    "any_model": 2,
    "digits_photographs": 2,
    "language": 3,
    "network": 3,
}  # generations are enough here
VIEWS = {
    "any_model": ({"view": "models"}, {"view": "policies"}),
    "one_real_point": ({"view": "side"}, {"family": "normal_mean"}, {"family": "poisson"}),
    "vanishing_tails": ({"view": "density"}, {"view": "density", "model": "kernel"}),
    "language": ({"policy": "accumulate"}, {"smoothing": "backoff"}),
    "bell_curve": ({"dimension": "5"},),
}
FORBIDDEN = {
    "any_model": ("labels alone", "latent numbers", "dead chain"),
    "bell_curve": ("Monte Carlo",),
    "classroom": ("password", "log in", "anonymous"),
    "density_tails": ("Monte Carlo",),
    "digits_photographs": ("perturbation", "squeez", "encoded, pushed", "photos go first"),
    "drift_report": ("eigen", "manifold"),
    "messages": ("invalid", "error", "please"),
    "early_warning": ("eigen", "manifold"),
    "eight_patterns": ("manifold", "topolog"),
    "exponential_families": ("Monte Carlo",),
    "glossary": ("manifold", "topolog"),
    "guided_path": ("Monte Carlo",),
    "home": ("Monte Carlo",),
    "language": ("Text length", "Text per generation", "Careful", "model of the day"),
    "network": ("latent", "attractor"),
    "origins": ("Monte Carlo",),
    "one_real_point": ("half of the way takes", "half of the way there", "louder", ":chance}"),
    "link_builder": ("secure", "password"),
    "mitigation_lab": ("Monte Carlo", "stationar"),
    "mixer_squeeze": ("attractor", "ergodic theor"),
    "photocopier": ("artefact", "artifact"),
    "polluted_web": ("Monte Carlo", "stationar"),
    "references": ("Monte Carlo",),
    "room": ("reverb", "eigen"),
    "shell": ("Monte Carlo",),
    "sweep": ("Monte Carlo", "grid search"),
    "site": ("pre-computed", "static site", "HTML"),
    "teach": ("Monte Carlo", "topolog"),
    "telephone": ("Monte Carlo", "Wright"),
    "two_colours": (":chance}", "Mode-seeking"),
    "vanishing_tails": ("Monte Carlo",),
    "your_guesses": ("Monte Carlo",),
}


def sentences_in(text):
    """Return how many sentences a text has; a decimal point ends none."""
    return len(re.findall(r"[.?!](?=[*”\"]*(?:\s|$))", text))


def plain(text):
    return text.replace("**", "")


def links_of(key):
    """Return links to a page: nothing set, a seed, every preset, and its further views."""
    presets = [preset.values for preset in read_lesson(key).presets]
    for values in ({}, {"seed": 1}, *presets, *VIEWS.get(key, ())):
        link = {name: _in_a_link(value) for name, value in values.items()}
        yield link | ({"generations": str(SLOW[key])} if key in SLOW and values else {})


def _in_a_link(value):
    return str(value).lower() if isinstance(value, bool) else str(value)


@pytest.mark.parametrize(
    "key",
    [
        pytest.param(key, marks=[] if key in ALWAYS else [pytest.mark.full])
        for key in EXPERIMENT_KEYS
    ],
)
def test_captions_are_short(key, first_part_only, monkeypatch):
    monkeypatch.setattr(long_run, "FIRST_WATCH", 1.0)
    for link in links_of(key):
        at = open_page(entry_named(key), link)
        assert not at.exception, link
        shown = clocks(at)
        assert shown, link
        for caption in (text for clock in shown.values() for text in clock["captions"]):
            assert sentences_in(plain(caption)) <= 2, (link, caption)
            assert len(plain(caption)) <= LONGEST_CAPTION, (link, caption)
            assert not [word for word in NEVER_IN_A_CAPTION if word in caption], (link, caption)
            if key in PERCENT_ONLY and "times the truth" not in caption:
                assert not CHANCE.search(caption), (link, caption)


@pytest.mark.parametrize("key", KEYS)
def test_stories_are_short(key):
    story = plain(read_lesson(key).story)
    assert sentences_in(story) <= 2
    assert len(story) <= LONGEST_STORY


@pytest.mark.parametrize("key", EXPERIMENT_KEYS)
def test_every_lesson_leads_on(key):
    onward = read_lesson(key).onward
    assert 1 <= len(onward) <= 2
    assert {place.page for place in onward} <= set(KEYS) - {key}


@pytest.mark.parametrize("key", FORBIDDEN)
def test_words_that_have_a_better_one(key):
    text = (ROOT / "assets" / "lessons" / "en" / f"{key}.toml").read_text(encoding="utf-8").lower()
    assert not [word for word in FORBIDDEN[key] if word.lower() in text]


def test_every_lesson_has_its_forbidden_words():
    files = (ROOT / "assets" / "lessons" / "en").glob("*.toml")
    assert set(FORBIDDEN) == {path.stem for path in files}


@pytest.mark.parametrize("key", KEYS)
def test_one_name_for_the_sample_size_and_the_real_anchor_points(key):
    controls = read_lesson(key).tables.get("controls", {})
    if "sample_size" in controls:
        assert controls["sample_size"]["label"] == "Sample size"
    if "anchors" in controls:
        images = key == "digits_photographs"
        assert controls["anchors"]["label"] == ("Real images" if images else "Real anchor points")


def test_sentences_are_counted():
    assert sentences_in("Half, 0.5 of it, is left. Blue is gone!") == 2
    assert sentences_in("“z” is written once.") == 1
