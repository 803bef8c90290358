"""Settings of every topic over their whole ranges, and what is wrong with what they show."""

from hypothesis import strategies as st
from looked_over import faults_of_picture, faults_of_words, texts_of
from opened import unpacked

from collapse_core.lessons.language import speaking
from collapse_core.lessons.lesson import read_lesson

# The largest that a test takes of what only makes the work longer.
MOST = {"generations": 4, "runs": 12, "corpus_words": 1000}
# Of what draws or fits real points; elsewhere a generation costs the same for every size.
MOST_POINTS = {
    "any_model": 100,
    "digits_photographs": 200,
    "early_warning": 100,
    "eight_patterns": 200,
    "language": 1000,
    "density_tails": 500,
    "two_colours": 400,
    "vanishing_tails": 2000,
}
NEEDS_A_READER = "own"


def offered(topic):
    """Return for each setting of a topic all the values that are tried, both ends included."""
    found = {}
    for name, kind in topic.settings().items():
        if name in kind.params:
            param = kind.params[name]
            most = MOST_POINTS.get(topic.key, 10**6) if name == "sample_size" else MOST.get(name)
            values = (param.low, param.high) if name == "seed" else param.stops()
            most = param.high if most is None else max(most, param.low)
            found[name] = tuple(value for value in values if value <= most)
        elif name in kind.choices:
            found[name] = tuple(item for item in kind.choices[name] if item != NEEDS_A_READER)
        elif name in kind.several:
            options, most = kind.several[name]
            found[name] = ("", *options, "-".join(options[:most]), "-".join(options[-most:]))
        else:
            found[name] = (False, True)
    return found


def short(topic):
    """Return settings that make the work of a topic short; the others are at their defaults."""
    return {
        name: values[-1]
        for name, values in offered(topic).items()
        if name in MOST or (name == "sample_size" and topic.key in MOST_POINTS)
    }


def anywhere(topic):
    """Return a strategy for all settings at once."""
    return st.fixed_dictionaries(
        {name: st.sampled_from(values) for name, values in offered(topic).items()}
    )


@st.composite
def pairs_of_ends(draw, topic):
    """Draw two settings at an end each, with the others at their defaults and the work short."""
    ends = {name: (values[0], values[-1]) for name, values in offered(topic).items()}
    names = draw(st.lists(st.sampled_from(sorted(ends)), min_size=2, max_size=2, unique=True))
    chosen = {name: draw(st.sampled_from(offered(topic)[name])) for name in sorted(MUST & {*ends})}
    return short(topic) | chosen | {name: draw(st.sampled_from(ends[name])) for name in names}


# What other settings are there for is said by these.
MUST = {"family", "model", "policy", "picture", "chain", "remedies"}


def faults_of(topic, values, language="en"):
    """Return what is wrong with what a topic shows for some settings, in a language."""
    with speaking(language):
        shown = topic.shown(read_lesson(topic.key), topic.ask(values))
        captions = list(shown.spoken.captions())
        faults = []
        for asks in (False, True):
            figure = shown.draw(asks=asks)
            faults += faults_of_picture(unpacked(figure.picture(captions, name=topic.key).packed()))
        ticks = sorted({0, shown.start, shown.last})
        words = [shown.spoken.alt(), shown.csv().partition("\n")[0]]
        for tick in ticks:
            words += [*shown.notes(tick), *shown.details(tick)]
            columns = {name: column for name, column in shown.columns(tick).items() if name}
            told = [list(column) for column in columns.values() if column is not None]
            words += [*columns, *texts_of(told)]
            compile(shown.python(tick), "shared", "exec")
        if shown.asked is not None:
            words += [shown.asked.question]
    if len(captions) <= shown.last:
        faults.append(f"{len(captions)} captions for {shown.last + 1} ticks")
    return faults + [fault for text in words for fault in faults_of_words(text)]
