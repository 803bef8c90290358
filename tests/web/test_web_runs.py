"""Sampled webs against what is known of them without sampling."""

import math
from dataclasses import replace

import numpy as np
import pytest
from law_check import seeds

from collapse_core.theory.mixed_generations import mixed_generations
from collapse_core.web import (
    MinorityContent,
    NormalContent,
    Web,
    ZipfContent,
    composition,
    expected_web,
    simulate_web,
    worth_of_reserve,
)

LIMIT = 4.0
FEW = (1, 2, 3, 6, 12)
CONTENTS = (MinorityContent(0.1), NormalContent(0.1), ZipfContent(12, 1.0, 4))
SETTINGS = {
    "append": {"retention": "append"},
    "window": {"retention": "window", "window": 3},
    "replace": {"retention": "replace"},
    "detector": {"true_positive": 0.9, "false_positive": 0.05},
    "strict": {"true_positive": 0.95, "false_positive": 0.6, "refill": False},
    "labels": {"labelled": 0.6, "honest": 0.5, "true_positive": 0.7, "retention": "append"},
    "reserve": {"reserve": 6, "retention": "replace"},
    "reserve and filter": {"reserve": 3, "true_positive": 0.9, "false_positive": 0.1},
    "no humans": {"human": 0.0, "labelled": 1.0, "retention": "replace"},
}


def web_of(content, setting="window", **more):
    return Web(content, **{"years": 12, "crawl": 25, **SETTINGS[setting], **more})


def apart(runs, law, fields=("diversity", "error", "measured", "contamination")):
    """Return every field and year at which the average of the runs is too far from the law."""
    found = []
    for name in fields:
        values, expected = getattr(runs, name)[:, FEW], getattr(law, name)[list(FEW)]
        error = values.std(axis=0, ddof=1) / math.sqrt(len(values))
        off = np.abs(values.mean(axis=0) - expected) > LIMIT * error + 1e-9
        found += [f"{name} in year {year}" for year in np.array(FEW)[off]]
    return found


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("content", CONTENTS, ids=lambda content: type(content).__name__)
def test_runs_agree_with_the_exact_averages(content, setting):
    web = web_of(content, setting)
    assert apart(simulate_web(web, 800, seeds(1)[0]), expected_web(web)) == []


@pytest.mark.full
@pytest.mark.parametrize("seed", seeds(3))
@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("content", CONTENTS, ids=lambda content: type(content).__name__)
def test_many_runs_agree_with_the_exact_averages(content, setting, seed):
    web = web_of(content, setting)
    assert apart(simulate_web(web, 5000, seed), expected_web(web)) == []


def test_a_sharpened_normal_law_is_exact_too():
    web = web_of(NormalContent(), temperature=0.8)
    assert expected_web(web).exact
    assert apart(simulate_web(web, 1000, 3), expected_web(web)) == []


@pytest.mark.parametrize(
    "wrong",
    [{"crawl": 20}, {"retention": "append"}, {"true_positive": 0.6}, {"reserve": 3}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_the_law_of_another_web_is_found_out(wrong):
    web = web_of(MinorityContent())
    assert apart(simulate_web(web, 4000, 1), expected_web(replace(web, **wrong)))


def test_a_simulator_without_noise_is_found_out():
    web = web_of(NormalContent())
    runs = simulate_web(web, 800, 1)
    assert apart(replace(runs, diversity=np.ones_like(runs.diversity)), expected_web(web))


def test_the_group_and_its_error_are_exact():
    for content in (MinorityContent(0.2), ZipfContent(8, 1.0, 3)):
        web = web_of(content, "reserve")
        runs, law = simulate_web(web, 4000, 2), expected_web(web)
        for year in FEW:
            share = runs.group[:, year]
            error = share.std(ddof=1) / math.sqrt(share.size)
            assert abs(share.mean() - law.group[year]) < LIMIT * error
            squares = (share - content.group) ** 2
            error = squares.std(ddof=1) / math.sqrt(squares.size)
            assert abs(squares.mean() - law.group_error[year] ** 2) < LIMIT * error
    assert expected_web(web_of(NormalContent())).group is None


@pytest.mark.parametrize("content", CONTENTS, ids=lambda content: type(content).__name__)
def test_what_is_lost_inside_is_found_outside(content):
    law = expected_web(web_of(content, "reserve and filter"))
    np.testing.assert_allclose(law.diversity + law.error, 1.0, atol=1e-12)


def test_without_noise_endless_crawls_follow_the_course():
    for content in (MinorityContent(0.1), ZipfContent(10, 1.0, 5)):
        web = web_of(content, temperature=0.85, crawl=10**8)
        runs, law = simulate_web(web, 10, 1), expected_web(web)
        assert not law.exact
        for name in ("diversity", "group", "error", "measured", "contamination"):
            expected = np.broadcast_to(getattr(law, name), getattr(runs, name).shape)
            np.testing.assert_allclose(getattr(runs, name), expected, atol=3e-3)
        assert law.group[-1] < law.group[3] < content.group


def test_the_log_odds_of_a_sharpened_minority_grow_by_one_factor():
    # Nothing but the last model's items: logit p_t = logit p_0 / T^(t - 1).
    web = web_of(MinorityContent(0.1), "replace", human=0.0, temperature=0.9)
    odds = np.log(expected_web(web).group / (1 - expected_web(web).group))
    np.testing.assert_allclose(odds[1:], odds[0] / 0.9 ** np.arange(12), rtol=1e-9)


# -------------------------------------------------------------------------------- known laws


def test_a_web_of_the_last_model_alone_is_the_closed_loop():
    law = expected_web(web_of(MinorityContent(), "replace", human=0.0))
    np.testing.assert_allclose(law.diversity, (1 - 1 / 25) ** np.arange(13))
    assert law.measured[1:].max() < 1e-12, "the test set is the model's own"


def test_a_web_that_grows_as_accumulation_does_has_its_law():
    # The pool's mean moves by the newest noise over t + 1: E V_t = V* prod (1 - 1/(n s^2)), (0e).
    amounts = {"human": 0.0, "stock": 1.0, "synthetic": 1.0, "growth": 1.0}
    law = expected_web(web_of(MinorityContent(), "append", **amounts))
    expected = np.cumprod(1.0 - 1.0 / (25 * np.arange(1, 13) ** 2))
    np.testing.assert_allclose(law.diversity[1:], expected)


def test_a_reserve_alone_keeps_its_own_diversity():
    moments = mixed_generations(np.zeros((4, 4)), [0, 0, 0, 0], reserve=10)
    np.testing.assert_allclose(moments.diversity[1:], 0.9)


def test_a_fixed_reserve_in_a_closed_loop_has_the_law_of_fixed_anchors():
    # GROUND TRUTH 0c, in the long run: E V = V* (1 - 1/k)(k^2 + 2nk)/(k^2 + 2nk + n).
    n, k, years = 40, 5, 300
    shares = np.zeros((years + 1, years + 1))
    shares[1, 0] = 1.0
    shares[np.arange(2, years + 1), np.arange(1, years)] = 1.0
    sizes = np.full(years + 1, n)
    moments = mixed_generations(shares, sizes, reserve=k)
    d = k**2 + 2 * n * k
    assert moments.diversity[-1] == pytest.approx((1 - 1 / k) * d / (d + n), abs=1e-9)


@pytest.mark.parametrize(
    "given", [(np.zeros((3, 2)), np.zeros(3)), (np.zeros((3, 3)), np.zeros(4)), ("a", "b")]
)
def test_tables_that_do_not_fit_are_refused(given):
    with pytest.raises(ValueError, match=r"shares|sizes"):
        mixed_generations(*given)


# -------------------------------------------------------------------------------- randomness


def test_the_same_seed_gives_the_same_runs_and_more_runs_leave_the_first_as_they_are():
    for content in CONTENTS:
        web = web_of(content, "reserve and filter")
        few, many = simulate_web(web, 30, 4), simulate_web(web, 250, 4)
        for name in ("diversity", "group", "error", "measured", "contamination"):
            np.testing.assert_array_equal(getattr(few, name), getattr(many, name)[:30])
        assert not np.array_equal(simulate_web(web, 30, 5).diversity, few.diversity)


def test_runs_that_would_not_fit_into_memory_are_refused():
    with pytest.raises(ValueError, match=r"replicates=.* memory"):
        simulate_web(web_of(MinorityContent()), 10**8)
    with pytest.raises(ValueError, match="replicates"):
        simulate_web(web_of(MinorityContent()), 0)


def test_collapse_is_a_result():
    web = Web(MinorityContent(0.5), crawl=2, human=0.0, retention="replace", years=60)
    runs = simulate_web(web, 200, 1)
    assert (runs.diversity[:, -1] == 0.0).mean() > 0.99
    web = replace(web, content=NormalContent(0.5))
    assert np.isfinite(simulate_web(web, 50, 1).group).all()


def test_contents_keep_what_they_draw_from():
    for content in CONTENTS:
        assert content.diversity(content.truth) == pytest.approx(1.0)
        assert content.group_share(content.truth) == pytest.approx(content.group)
        assert composition(web_of(content)).sizes.dtype.kind == "i"


def test_the_worth_of_a_reserve_is_a_paired_difference():
    web = web_of(MinorityContent(0.2), "replace")
    worth = worth_of_reserve(web, 15, 2000, 3)
    off = np.abs(worth.mean - worth.expected) > LIMIT * worth.standard_error + 1e-12
    assert not off.any()
    assert worth.exact
    assert worth.expected[-1] > 0.05
    other = worth_of_reserve(web, 2, 2000, 3)
    assert (np.abs(worth.mean - other.expected) > LIMIT * worth.standard_error)[1:].any()
