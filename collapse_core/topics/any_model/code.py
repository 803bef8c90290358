"""The lines of Python that redraw a picture of any model."""

from __future__ import annotations

from collapse_core.topics.any_model.question import AnyModel
from collapse_core.topics.python_code import shared_python

__all__ = ["any_model_code"]


def any_model_code(experiment: AnyModel, tick: int) -> str:
    """Return the lines that run an experiment and draw it, with the example as own points."""
    own = experiment.data == "own"
    example = "from collapse_core.data.own_points import EXAMPLE, pasted_points"
    return shared_python(
        experiment,
        "any_model_figure",
        ["steps = experiment.run()", "print([step.held for step in steps])"],
        "experiment, steps",
        tick,
        first=[example, "own = pasted_points(EXAMPLE)  # or your own text", ""] if own else [],
        **({"own": "own"} if own else {}),
    )
