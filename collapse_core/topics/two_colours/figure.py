"""Two colours on one clock: the share of blue, the chance that blue is lost, and the jar."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from collapse_core.figures.guess_place import FIRST_LOOK, GuessPlace
from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.panel import Panel
from collapse_core.figures.scene import Scene, share_axis, time_axis
from collapse_core.law import Law
from collapse_core.measures.monte_carlo import wilson_interval
from collapse_core.topics.class_chains import Chains, draw_chains
from collapse_core.topics.two_colours.jar_panel import blue_places, jar
from collapse_core.trajectory import Trajectory

__all__ = ["two_colours_figure"]


def two_colours_figure(
    paths: Trajectory,
    law: Law,
    highlighted: int,
    *,
    look: Look = LIGHT,
    names: tuple[str, str] = ("yellow", "blue"),
    words: Mapping[str, str] | None = None,
    compared: Law | None = None,
    guess: GuessPlace | None = None,
    hidden: str | None = None,
    chains: Chains | None = None,
    alt: str = "",
) -> MovingFigure:
    """Draw runs of two colours with their exact law over them.

    Parameters
    ----------
    paths : Trajectory
        Runs of a Bernoulli family.
    law : Law
        The law of the same loop; fields that are None are left out.
    highlighted : int
        Number of the run whose jar is shown.
    look : Look
        Colours and sizes.
    names : tuple of str
        The common colour and the rare one.
    words : mapping of str to str, optional
        Words of the figure, instead of those of the lesson.
    compared : Law, optional
        A law to draw under this one, with its time axis stretched to the same length.
    guess : GuessPlace, optional
        Where the chance of loss is guessed.
    hidden : str, optional
        Words to show in place of the chance of loss, while it is still to be guessed.
    chains : tuple of tuple of float, optional
        Shares of the rare colour that the chains of a class had, to be drawn over the law.
    alt : str
        The picture in one sentence.
    """
    scene = Scene("two_colours", look, words, common=names[0], rare=names[1])
    own = paths.mean[highlighted]
    x, y = time_axis(paths.generations), share_axis()
    share = scene.panel("share", "generation", x=x, y=y, leads=True, hover="%{y:.1%}")
    if hidden is None:
        _shares(share, paths, law, own)
        draw_chains(share, [(own[0], *chain) for chain in chains or ()])
    else:
        share.line("highlighted", own[: FIRST_LOOK + 1])
    share.hand(own)

    _lost(scene, paths, law, compared, guess, hidden)
    jar(scene, "jar", names, [*map(blue_places, own.tolist())], button="jar_button")
    return scene.figure(alt)


def _shares(share: Panel, paths: Trajectory, law: Law, own: NDArray[np.float64]) -> None:
    """Add what all runs do, with the one that is followed and the law over them."""
    known = "band" if law.is_exact("distribution") else "band_approximation"
    share.band(known, law.quantile(0.1), law.quantile(0.9))
    share.runs(paths.mean)
    share.lines(highlighted=own)
    share.lines(median=paths.quantiles(0.5), mean=paths.mean.mean(axis=0), at_curve=True)
    share.law(law, "mean")


def _lost(
    scene: Scene,
    paths: Trajectory,
    law: Law,
    compared: Law | None,
    guess: GuessPlace | None,
    hidden: str | None,
) -> None:
    """Add the panel of the chance that blue is lost, or is absent where it may come back."""
    x, y = time_axis(paths.generations), share_axis()
    title = "absent" if paths.loop.policy.recipe(2).fresh > 0 else "lost"
    lost = scene.panel(title, "generation", x=x, y=y, leads=True, hover="%{y:.3f}", hidden=hidden)
    counts = paths.lost.sum(axis=0)
    shares, interval = counts / paths.replicates, wilson_interval(counts, paths.replicates)
    lost.band("simulated", *interval, "collapse", 0.2, showlegend=False)
    lost.line("simulated", shares)
    lost.law(law, "lost")
    if compared is not None:
        stretched = np.linspace(0.0, paths.generations, compared.generations + 1)
        lost.line("compared", compared.lost, stretched)
    lost.guess(guess)
    lost.hand(shares, tint="collapse")
