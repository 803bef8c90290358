"""Language: what happens to text?"""

from collapse_core.topics.language.question import Language
from collapse_core.topics.language.shown import (
    FOLLOWED,
    MODELS,
    LanguageView,
    model_fields,
    show_language,
)
from ui.page import Page
from ui.settings import Choice
from ui.topics.language.views import draw_text_and_words, follow_choice, real_text

AMOUNTS = {"real_sentences": "real_sentences", "same_sentences": "real_sentences"}
AMOUNTS |= {"real_share": "real_share"}

page = Page(
    "language",
    Language,
    (
        Choice.of("model", MODELS, "words3"),
        Choice.of("policy", Language.choices["policy"][1:]),
        Choice.of("follow", FOLLOWED),
    ),
    without=("unit", "order"),
)
places = page.controls(
    ("corpus", "model", "sample_size", "generations", AMOUNTS.get(page["policy"]), None),
    ("policy", "smoothing", "temperature", "top_p", "corpus_words", "seed"),
)
kind = model_fields(page["model"])
experiment = page.experiment(**kind, **real_text(page, kind["unit"]))
with places[-1]:
    word = follow_choice(page, experiment.source())

run, view = page.work(experiment), page.view(LanguageView)
shown = show_language(page.lesson, experiment, view, run.steps, page.waiting, word=word)

page.ask(shown.asked, known=run.done >= run.total)
tick = page.show(shown, (experiment, word), last=run.total, done=run.done)
page.tell(shown)
own = experiment.corpus == "own"
if not page.embedded:
    draw_text_and_words(page, shown.spoken, tick)
    if own:
        page.corner.caption(page.words("own_text")["not_in_the_link"])
page.finish(shown, unshared=("corpus", "follow") if own else ())
