"""The lines of Python that a page shares, where one call makes all that is drawn."""

from collapse_core.topics.polluted_web import PollutedWeb, polluted_web_figure, report_web
from collapse_core.topics.python_code import redrawn

LINES = """\
from collapse_core.topics.polluted_web import PollutedWeb, polluted_web_figure, report_web

experiment = PollutedWeb(generations=8)
{made} = report_web(experiment)
figure = polluted_web_figure({arguments})
figure.playable(3).show()
"""


def test_the_lines_name_what_is_called():
    asked = PollutedWeb(generations=8)
    plain = redrawn(asked, polluted_web_figure, report_web)(3)
    assert plain == LINES.format(made="report", arguments="report")
    more = redrawn(asked, polluted_web_figure, report_web, "web", "90.0")(3)
    assert more == LINES.format(made="web", arguments="web, 90.0")
    namespace = {}
    exec(more.replace(".show()", ""), namespace)
    assert len(namespace["figure"].frames) == 9
