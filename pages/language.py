"""Language: what happens to text?"""

from collapse_core.lessons.table_text import table_as_csv
from collapse_core.topics.language.figure import language_figure, language_python
from collapse_core.topics.language.guess import language_prediction
from collapse_core.topics.language.question import Language
from collapse_core.topics.language.report import report_language
from collapse_core.topics.language.sentences import LanguageSentences
from ui.page import Page
from ui.settings import Choice
from ui.topics.language.views import draw_text_and_words, follow_choice, real_text

ASKED = 10
MODELS = ("words1", "words2", "words3", "words4", "letters1", "letters2", "letters3", "letters4")
AMOUNTS = {"real_sentences": "real_sentences", "same_sentences": "real_sentences"}
AMOUNTS |= {"real_share": "real_share"}

page = Page(
    "language",
    Language,
    (
        Choice.of("model", MODELS, "words3"),
        Choice.of("policy", Language.choices["policy"][1:]),
        Choice.of("follow", [f"w{place}" for place in range(1, 17)]),
    ),
    without=("unit", "order"),
)
places = page.controls(
    ("corpus", "model", "sample_size", "generations", AMOUNTS.get(page["policy"]), None),
    ("policy", "smoothing", "temperature", "top_p", "corpus_words", "seed"),
)
unit, order = page["model"][:-1], int(page["model"][-1])
experiment = page.experiment(unit=unit, order=order, **real_text(page, unit))
with places[-1]:
    word = follow_choice(page, experiment.source())

run = page.work(experiment)
report = report_language(experiment, run.steps)
spoken = LanguageSentences(page.lesson, report, word, page.waiting)
by = min(ASKED, experiment.generations)
asked = language_prediction(page.lesson, report)
page.ask(asked, known=run.done >= run.total)
tick = page.picture(
    lambda: language_figure(
        report,
        word,
        look=page.look,
        guess=asked.place,
        hidden=page.hidden,
        alt=spoken.alt(),
    ),
    spoken.captions,
    (experiment, word),
    start=by,
    last=run.total,
    done=run.done,
)
page.say(spoken.notes(), lambda: spoken.details(tick))
own = experiment.corpus == "own"
if not page.embedded:
    draw_text_and_words(page, report, spoken, tick)
    if own:
        page.corner.caption(page.words("own_text")["not_in_the_link"])
page.end(
    columns=spoken.columns,
    csv=lambda: table_as_csv(spoken.columns(), page.values | {"corpus": experiment.corpus}),
    python=language_python(experiment, word, tick),
    unshared=("corpus", "follow") if own else (),
)
