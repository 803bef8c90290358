"""The Python that redraws a picture of the bell curve, and its runs as a table of text."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from collapse_core.topics.bell_curve.question import BellCurve, View

__all__ = ["bell_curve_code", "runs_as_csv"]

_LINES = {
    "one": (
        "from collapse_core.topics.bell_curve.report import run_bell_curve\n"
        "from collapse_core.topics.bell_curve import bell_curve_figure",
        "paths, report = run_bell_curve(experiment, percentile={percentile})\n"
        "figure = bell_curve_figure(paths, report)",
    ),
    "several": (
        "from collapse_core.topics.bell_curve.spectrum import report_spectrum\n"
        "from collapse_core.topics.bell_curve import bell_spectrum_figure",
        "report = report_spectrum(experiment, percentile={percentile})\n"
        "figure = bell_spectrum_figure(report)",
    ),
    "kernel": (
        "from collapse_core.topics.bell_curve.kernel import report_kernel\n"
        "from collapse_core.topics.bell_curve import bell_kernel_figure",
        "report = report_kernel(experiment, percentile={percentile})\n"
        "figure = bell_kernel_figure(report)",
    ),
}


def bell_curve_code(experiment: BellCurve, view: View, percentile: float, tick: int) -> str:
    """Return the lines that run an experiment and draw it.

    Parameters
    ----------
    experiment : BellCurve
        What to run.
    view : str
        Which of its three pictures.
    percentile : float
        Which run is highlighted.
    tick : int
        Where the clock stands.
    """
    changes = ", ".join(f"{name}={value!r}" for name, value in experiment.changes().items())
    imports, lines = _LINES[view]
    return f"""\
from collapse_core.topics.bell_curve import BellCurve
{imports}

experiment = BellCurve({changes})
{lines.format(percentile=repr(percentile))}
figure.playable({tick}).show()
"""


def runs_as_csv(experiment: BellCurve, quantity: str, values: NDArray[np.float64]) -> str:
    """Return a table as text: one row per generation, one column per run.

    Parameters
    ----------
    experiment : BellCurve
        Its parameters stand in lines that begin with ``#``.
    quantity : str
        What the numbers are.
    values : ndarray, shape (runs, generations + 1)
    """
    lines = [f"# {quantity}", f"# {experiment!r}", "# generation 0: the truth"]
    lines.append(",".join(["generation", *(f"run_{run + 1}" for run in range(len(values)))]))
    for generation, row in enumerate(values.T.tolist()):
        lines.append(f"{generation}," + ",".join(f"{value:.6g}" for value in row))
    return "\n".join(lines) + "\n"
