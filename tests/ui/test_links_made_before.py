"""Links that were made before the rooms were moved restore the same picture, number by number.

`links_made_before.json` was written by `what_it_shows` below from the pages as they were then.
Run this file as a program to write it anew, after a change of the numbers that is meant.
"""

import json
import re
from pathlib import Path

import numpy as np
import pytest
from first_always import first_always
from opened import charts, clocks, entry_named, numbers, open_page, pictures, said

from ui.catalogue import EXPERIMENTS

FILE = Path(__file__).with_name("links_made_before.json")
LINKS = (
    "two_colours?sample_size=10&generations=30&seed=3",
    "two_colours?anchors=1&fresh=false&sample_size=10&generations=200&generation=150",
    "two_colours?policy=prior&prior_strength=2&percentile=80&generation=20",
    "two_colours?jar=9+apples%2C+3+pears&sample_size=20&temperature=0.9&doubled=true",
    "vanishing_tails?sample_size=200&generations=20&kinds=100&exponent=1.5",
    "vanishing_tails?start=own&counts=5+apples%2C+3+pears%2C+1+plum&generations=8&log_axes=true",
    "vanishing_tails?anchors=5&fresh=false&finite=false&generations=12&sample_size=500",
    "vanishing_tails?view=density&generations=12",
    "bell_curve?sample_size=12&generations=40&seed=5",
    "bell_curve?picture=kernel&sample_size=50&generations=10",
    "bell_curve?policy=accumulate&estimator=unbiased&generations=30&generation=9",
    "exponential_families?family=poisson&sample_size=20&generations=60",
    "exponential_families?family=gamma&anchors=1&percentile=20&generations=40",
    "exponential_families?family=binomial&policy=accumulate&generations=30",
    "any_model?model=kernel&sample_size=60&generations=3",
    "any_model?data=moons&model=mixture&policy=accumulate&sample_size=80&generations=2",
    "language?model=words2&generations=3&smoothing=interpolation&generation=2",
    "language?model=letters3&policy=real_share&generations=2&temperature=0.8",
    "digits_photographs?model=pca&generations=3&sample_size=60",
    "digits_photographs?model=vae&loop=retraining&generations=1&sample_size=50",
    "room?generations=6&room=three&sound=noise&generation=3",
    "photocopier?picture=drawing&generations=4&shift=one_way&blur=0.5",
    "mixer_squeeze?mixing=0.5&contraction=0.8&generations=12",
    "mixer_squeeze?chain=surfer&web=islands&generations=8&sample_size=100",
    "network?model=pca&code=4&noise=1&generations=3",
    "eight_patterns?pattern=wrinkled_expansion&sample_size=100&generations=3",
    "early_warning?history=stationary&generations=3&sample_size=100",
    "mitigation_lab?generations=8&runs=20&remedies=fresh-judge&bias=0.1",
    "polluted_web?generations=8&runs=20&content=normal",
    "one_real_point?family=poisson&anchors=3&generations=40",
    "one_real_point?view=map&generations=30",
    "one_real_point?family=exponential&sample_size=30&generations=50&generation=10",
)


def opened_link(link):
    page, _, query = link.partition("?")
    parts = dict(part.split("=") for part in query.split("&"))
    link = {name: value.replace("+", " ").replace("%2C", ",") for name, value in parts.items()}
    at = open_page(entry_named(page), link, state={"more_precisely": True})
    assert not at.exception
    assert not at.warning, "every value of a link that was made before is known"
    return at


def summed(figure):
    """Return how many numbers each trace has and their sum, by its axes and name."""
    found = {}
    for item in figure["data"]:
        axis, name = item.get("xaxis", "x"), item.get("name", "")
        for part in ("x", "y", "z"):
            if part not in item or isinstance(item[part], str):
                continue
            try:
                values = numbers(item[part])
            except (TypeError, ValueError):  # names, or rows of a picture
                continue
            finite = values[np.isfinite(values)]
            key = f"{axis}|{name}|{part}"
            while key in found:
                key += "'"
            found[key] = [int(finite.size), float(f"{finite.sum():.6g}")]
    return found


def by_name(sums):
    """Return the sums of all traces with a name, in whichever panel of the picture they are."""
    found = {}
    for key, values in sums.items():
        found.setdefault(key.partition("|")[2].rstrip("'"), []).append(values)
    return {name: sorted(values) for name, values in found.items()}


def what_it_shows(link):
    """Return the numbers of a page: those of its pictures, its captions and its sentences."""
    at = opened_link(link)
    return {
        "pictures": [summed(figure) for figure in charts(at)],
        "alt": [picture["alt"] for picture in pictures(at)],
        "captions": {
            key: [clock["captions"][0], clock["captions"][clock["start"]], clock["captions"][-1]]
            for key, clock in clocks(at).items()
        },
        "numbers": re.findall(r"\d[\d,]*(?:\.\d+)?", re.sub(r"\]\([^)]*\)", "]", said(at))),
    }


def test_the_links_cover_every_page_that_a_link_opens():
    pages = {link.partition("?")[0] for link in LINKS}
    assert pages == {entry.key for entry in EXPERIMENTS}
    assert len(LINKS) >= 20


@pytest.mark.parametrize("link", first_always(LINKS, 16))
def test_a_link_shows_what_it_showed(link):
    kept, now = json.loads(FILE.read_text(encoding="utf-8"))[link], what_it_shows(link)
    assert now["captions"] == kept["captions"]
    assert now["alt"] == kept["alt"]
    assert now["numbers"] == kept["numbers"]
    assert len(now["pictures"]) == len(kept["pictures"])
    for drawn, before in zip(now["pictures"], kept["pictures"], strict=True):
        drawn, before = by_name(drawn), by_name(before)
        assert drawn.keys() == before.keys()
        for name, sums in before.items():
            for (size, total), (had, was) in zip(drawn[name], sums, strict=True):
                assert size == had, name
                assert total == pytest.approx(was, rel=2e-4, abs=2e-4), name


def test_another_seed_shows_other_numbers():
    link = LINKS[0]
    kept = json.loads(FILE.read_text(encoding="utf-8"))[link]
    assert what_it_shows(link.replace("seed=3", "seed=4"))["captions"] != kept["captions"]


if __name__ == "__main__":
    shown = {link: what_it_shows(link) for link in LINKS}
    FILE.write_text(json.dumps(shown, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
