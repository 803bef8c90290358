"""What is typed after ``python -m collapse_core``, and short work for every page."""

from collapse_core.command.main import main
from collapse_core.topics.registry import all_topics

SMALL = {"generations": 2, "sample_size": 50, "runs": 20, "corpus_words": 1000}
TOPICS = all_topics()
# Of these alone the slow tests are always run: exact laws, and long work with words.
ALWAYS = ("two_colours", "language")


def small(topic):
    """Return settings that make the work of a page short."""
    params = {name: kind.params.get(name) for name, kind in topic.settings().items()}
    return {
        name: str(max(value, params[name].low))
        for name, value in SMALL.items()
        if params.get(name) is not None
    }


def as_options(values):
    """Return settings as they are typed."""
    return [part for name, value in values.items() for part in (f"--{name}", value)]


def typed(capsys, *arguments):
    """Return the exit code, what is printed, and what is told beside it."""
    try:
        code = main([str(argument) for argument in arguments])
    except SystemExit as left:
        code = left.code
    told = capsys.readouterr()
    return code, told.out, told.err
