"""The lines of Python that redraw a picture of any model."""

from __future__ import annotations

from collapse_core.topics.any_model.question import AnyModel

__all__ = ["any_model_code"]


def any_model_code(experiment: AnyModel, tick: int) -> str:
    """Return the lines that run an experiment and draw it.

    A learner's own points are not in them: the example stands in their place.

    Parameters
    ----------
    experiment : AnyModel
        What to run.
    tick : int
        Where the clock stands.
    """
    changes = [f"{name}={value!r}" for name, value in experiment.changes().items()]
    points = ""
    if experiment.data == "own":
        points = "from collapse_core.data.own_points import EXAMPLE, pasted_points\n"
        changes.append("own=pasted_points(EXAMPLE)  # or your own text\n")
    return f"""\
from collapse_core.topics.any_model import AnyModel, any_model_figure
{points}
experiment = AnyModel({", ".join(changes)})
steps = experiment.run()
print([step.held for step in steps])
figure = any_model_figure(experiment, steps)
figure.playable({tick}).show()
"""
