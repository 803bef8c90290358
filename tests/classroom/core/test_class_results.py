"""Rounds side by side, guesses of a class, results as own data, judges that are simulated."""

import numpy as np
import pytest
from scipy import stats

from collapse_core.classroom.calibration import calibration, histogram, result
from collapse_core.classroom.chain_law import chain_law
from collapse_core.classroom.copiers import COPIERS, copier_named, play, verdict
from collapse_core.classroom.games import GAMES, game_named
from collapse_core.classroom.games.jar import JarGame
from collapse_core.classroom.games.line import LineGame
from collapse_core.classroom.mean_interval import mean_interval
from collapse_core.classroom.own_data import as_own_data, own_settings, read_chains
from collapse_core.classroom.paired import paired
from collapse_core.loop import ClosedLoop
from collapse_core.topics.bell_curve.question import BellCurve
from collapse_core.topics.two_colours.own_jar import parse_jar
from collapse_core.topics.two_colours.question import TwoColours


def models(game, variant, seed, chains=12):
    asked = {"game": game.key, "variant": variant, "seed": seed, "chains": chains}
    played = play(game, asked, [COPIERS["ideal"]])
    return [[copied.model for copied in chain] for chain in played]


@pytest.mark.parametrize("key", ["jar", "line"])
def test_the_paired_interval_holds_what_a_real_point_adds(key):
    game = game_named(key)
    laws = [chain_law(game, {"variant": variant}) for variant in ("alone", "anchor")]
    added = laws[1].mean[-1] - laws[0].mean[-1]
    inside, narrow = [], []
    for seed in range(60):
        found = paired(game, models(game, "alone", seed), models(game, "anchor", 500 + seed))
        low, high = found.difference.low, found.difference.high
        inside.append(low <= added <= high)
        narrow.append(abs(found.difference.value - added) <= 0.3 * (high - low) / 2)
    assert np.mean(inside) >= 50 / 60
    assert np.mean(narrow) < 50 / 60


def test_pairs_stop_where_the_shorter_chain_does():
    half, one = {"share": 0.5}, {"share": 1.0}
    found = paired(JarGame(), [[half, one], [one], []], [[half], [half, one], [half]])
    assert found.differences == (0.0, 1.0)
    assert (found.first, found.second) == (0.5, 1.0)
    assert (found.fixed_first, found.fixed_second) == (1, 0)
    assert found.difference.value == 0.5


def test_pairs_that_are_all_alike_have_no_interval():
    one = [[{"share": 1.0}]] * 6
    assert paired(JarGame(), one, one).difference is None
    assert paired(JarGame(), [], []).differences == ()
    assert paired(JarGame(), one[:1], one).difference is None


def test_differences_that_are_alike_but_for_rounding_have_no_interval():
    first, second = (
        [[{"share": share}] for share in shares] for shares in ((0.3, 0.7), (0.5, 0.5))
    )
    found = paired(JarGame(), first, second)
    assert found.differences[0] != found.differences[1]
    assert found.difference is None


def test_two_that_say_opposite_things_say_nothing_of_others():
    assert calibration([result(0.2, [0.5] * 3), result(0.6, [0.5] * 3)]).bias is None
    assert calibration([result(0.2, [0.45] * 3), result(0.5, [0.75] * 3)]).bias is None


def test_the_interval_of_a_mean_is_students():
    found = mean_interval([0.1, 0.2, 0.4])
    known = stats.ttest_1samp([0.1, 0.2, 0.4], 0.0).confidence_interval(0.95)
    np.testing.assert_allclose(found[1:], known)


def test_a_class_that_guesses_too_high_is_said_to():
    rng = np.random.default_rng(1)
    questions = [
        result(truth, np.clip(truth + 0.2 + rng.normal(0.0, 0.05, 30), 0.0, 1.0))
        for truth in (0.1, 0.3, 0.4, 0.6)
    ]
    found = calibration(questions)
    assert found.bias.low > 0.1
    assert found.bias.low <= 0.2 <= found.bias.high
    assert questions[0].guesses == 30
    assert questions[0].lower < questions[0].middle < questions[0].upper
    assert calibration(questions[:1]).bias is None
    fair = [
        result(t, np.clip(t + rng.normal(0.0, 0.1, 30), 0.0, 1.0)) for t in (0.3, 0.5, 0.6, 0.7)
    ]
    assert calibration(fair).bias.low < 0.0 < calibration(fair).bias.high


def test_close_is_within_a_tenth():
    assert result(0.5, [0.4, 0.6, 0.61]).close == 2
    assert result(0.5, [0.4, 0.6]).crowd == pytest.approx(0.0)


def test_every_guess_is_in_one_bin():
    found = histogram([0.0, 0.05, 0.1, 1.0, 7.0], bins=10)
    assert found.counts == (2, 1, 0, 0, 0, 0, 0, 0, 0, 2)
    assert len(found.edges) == 11
    with pytest.raises(ValueError, match="low"):
        histogram([0.5], 1.0, 0.0)


def test_a_jar_opens_in_two_colours():
    played = [[{"share": 0.25}, {"share": 0.5}], [{"share": 0.1}], []]
    key, text = as_own_data(JarGame(), played)
    jar = parse_jar(text)
    assert key == "two_colours"
    assert (jar.common, jar.rare) == ("blue", "yellow")
    assert jar.share == pytest.approx(0.3)
    assert as_own_data(JarGame(), [[{"share": 1.0}]], ("gelb", "blau"))[1] == "1000 gelb, 0 blau"
    assert parse_jar("1000 gelb, 0 blau").share == 0.0


def test_a_line_opens_in_bell_curve():
    game = LineGame()
    chains = models(game, "alone", 1, chains=3)
    key, text = as_own_data(game, chains)
    read = read_chains(text)
    assert key == "bell_curve"
    assert [rows.shape for rows in read] == [(6, 2)] * 3
    assert read[0][0].tolist() == [0.0, 1.0]
    assert read[2][5, 1] ** 2 == pytest.approx(game.diversity(chains[2][-1]), rel=1e-4)


@pytest.mark.parametrize(
    "text",
    ["", "a,b", "chain,generation,place,spread\n1,0,0,1\n1,2,0,1",
     "chain,generation,place,spread\n1,0,nan,1", "chain,generation,place,spread\n1,0,0"],
)  # fmt: skip
def test_a_table_that_was_changed_is_refused(text):
    with pytest.raises(ValueError, match=r"(line|Line|text).*\.$"):
        read_chains(text)


def test_other_games_and_empty_rounds_open_nowhere():
    with pytest.raises(ValueError, match="game"):
        as_own_data(game_named("words"), [[game_named("words").truth]])
    with pytest.raises(ValueError, match="chains"):
        as_own_data(JarGame(), [[], []])


@pytest.mark.parametrize("variant", ["alone", "anchor"])
@pytest.mark.parametrize(("game", "page"), [(JarGame(), TwoColours), (LineGame(), BellCurve)])
def test_the_law_of_that_page_is_that_of_the_round(game, page, variant):
    controls = own_settings(game, {"variant": variant, "draws": 5})
    more = {"share": 0.5} if page is TwoColours else {}
    loop = page(**controls, **more).loop()
    assert isinstance(loop, ClosedLoop)
    law = loop.exact()
    diversity = np.asarray(law.diversity)
    wanted = chain_law(game, {"variant": variant, "draws": 5}).mean
    assert diversity / diversity[0] == pytest.approx(wanted)


@pytest.mark.parametrize("key", list(GAMES))
def test_a_simulated_judge_refuses_what_is_far_off_and_never_an_ideal_copy(key):
    game, rng = game_named(key), np.random.default_rng(2)
    ideal = copier_named("ideal")
    for _ in range(30):
        draws = game.draw(game.truth, 5, rng)
        assert verdict(game, ideal, draws, game.fit(draws), rng)
    far = {
        "jar": {"share": 1.0},
        "line": {"place": 0.0, "spread": 1.0},
        "plane": {"place": [0.0, 90.0], "spread": 1.0},
        "words": {"words": ["other"]},
        "bars": {"shares": [0.0, 0.0, 0.0, 0.0, 1.0]},
        "melody": {"heights": [8]},
    }[key]
    same = {"jar": ["blue"] * 4, "words": ["lamp"] * 4, "bars": [0] * 4, "melody": [1] * 4}
    assert not verdict(game, ideal, same.get(key, draws), far, rng)
    careless = [
        verdict(game, copier_named("careless"), draws, game.fit(draws), rng) for _ in range(99)
    ]
    assert 0 < careless.count(False) < 40


def test_no_other_learner_is_known():
    with pytest.raises(ValueError, match="kind"):
        copier_named("person")
    with pytest.raises(ValueError, match="copiers"):
        play(JarGame(), {}, [])
