"""Language: what happens to text?"""

import streamlit as st

from collapse_core.lessons.table_text import table_as_csv
from collapse_core.topics.language.figure import SIGNS, language_figure, language_python
from collapse_core.topics.language.question import Language
from collapse_core.topics.language.report import report_language
from collapse_core.topics.language.sentences import LanguageSentences
from ui import controls, long_run, predict, sections, share
from ui.player.clock import TICK, clock, clock_tick
from ui.shell import open_page
from ui.topics.language.views import chosen_text, draw_text_and_words, follow_choice

KEY = "language"
ASKED, EMBEDDED_SIGNS = 10, 105
MODELS = ("words1", "words2", "words3", "words4", "letters1", "letters2", "letters3", "letters4")
FOLLOWED = tuple(f"w{place}" for place in range(1, 17))
CHOICES = {**Language.choices, "model": MODELS, "policy": Language.choices["policy"][1:]}
CHOICES |= {"follow": FOLLOWED}

page = open_page(KEY)
lesson, label = page.lesson, page.lesson.words("controls")
params = {name: param for name, param in Language.params.items() if name != "order"}
defaults = {name: param.default for name, param in params.items()}
defaults |= {"corpus": "story", "model": "words3", "policy": "real_sentences"}
defaults |= {"smoothing": "none", "follow": "w1"}

controls.report_ignored((*params.values(), TICK), CHOICES, ())
waiting = predict.is_waiting(KEY, page.embedded)
question = st.container()

# Controls: six in view, the rest under "More".
values: dict[str, object] = {}
columns = controls.row([3, 3.5, 2.8, 2.8, 3, 3.1, 2.3])
with columns[0]:
    values["corpus"] = controls.choice(
        "corpus", label["corpus"], lesson.words("corpora"), help_text=label["corpus_help"]
    )
with columns[1]:
    values["model"] = controls.choice(
        "model", label["model"], lesson.words("models"), help_text=label["model_help"],
        default="words3",
    )  # fmt: skip
for column, name in zip(columns[2:4], ("sample_size", "generations"), strict=True):
    with column:
        values[name] = controls.number(params[name])
with columns[6].popover("More", icon=":material/tune:", width="stretch"):
    for name in ("policy", "smoothing"):
        values[name] = controls.choice(
            name, label[name], lesson.words(name), help_text=label[f"{name}_help"]
        )
    for name in ("temperature", "top_p", "corpus_words"):
        values[name] = controls.number(params[name])
    values["seed"] = controls.new_seed(
        params["seed"], "Seed", label["new_seed"], label["new_seed_help"]
    )
amount = {"real_sentences": "real_sentences", "same_sentences": "real_sentences"}
amount |= {"real_share": "real_share"}
if values["policy"] in amount:
    with columns[4]:
        name = amount[str(values["policy"])]
        values[name] = controls.number(params[name])
messages = st.container()
unit, order = str(values["model"])[:-1], int(str(values["model"])[-1])
text = chosen_text(lesson, messages, str(values["corpus"]), unit, int(values["corpus_words"]))
with columns[5]:
    values["follow"], word = follow_choice(lesson, text)
current = {**defaults, **values}
comment = "" if page.embedded else controls.presets(lesson.presets, defaults, current)
if comment and not waiting:
    st.caption(comment)

# Run.
asked = {name: value for name, value in values.items() if name not in ("model", "follow")}
asked |= {"corpus": text.corpus, "text": text.text, "unit": unit, "order": order}
experiment = Language(**asked)
progress = st.empty()
with progress.container():
    run = long_run.long_run(experiment, key=KEY)
if run.finished:
    progress.empty()
report = report_language(experiment, run.steps)
spoken = LanguageSentences(lesson, report, word, waiting)

# Predict first.
by = min(ASKED, experiment.generations)
with question:
    if waiting:
        predict.ask(KEY, lesson, spoken.question(by))
    elif not page.embedded and run.done >= by:
        predict.show_reveal(KEY, lesson, lambda guess: spoken.reveal(guess, by))

# One figure, one clock.
guess = predict.guess_of(KEY)
moving = language_figure(
    report,
    word,
    look=page.look,
    guess=None if guess is None else (by, guess),
    hidden=lesson.say("predict", "hidden") if waiting else None,
    signs=EMBEDDED_SIGNS if page.embedded else SIGNS,
    alt=spoken.alt(),
)
tick = clock_tick(KEY, run.total, 0 if waiting else by, done=run.done)
clock(moving, spoken.captions(), tick, key=KEY, filename=f"language-generation-{tick}")

# Words, text, lists, table, formulas, sharing.
if not page.embedded:
    sections.say(
        spoken.notes(),
        [] if waiting else spoken.summary(),
    )
    draw_text_and_words(page, report, spoken, tick)
    table = spoken.columns()
    if not waiting:
        sections.table(table)
        sections.limits(lesson)
    sections.why(lesson)
    sections.try_next(lesson)
    corner = page.corner.container(horizontal=True, vertical_alignment="center")
    if text.corpus == "own":
        corner.caption(label["not_in_the_link"])
    kept = {} if text.corpus == "own" else {"corpus": values["corpus"], "follow": values["follow"]}
    unlinked = {name: value for name, value in current.items() if name not in ("corpus", "follow")}
    share.share_button(
        corner,
        share.Shared(
            parameters={**unlinked, **kept, "generation": tick},
            csv=lambda: table_as_csv(table, {**current, "corpus": text.corpus}),
            html=lambda: moving.html(lesson.title, tick),
            python=language_python(experiment, word, tick),
            filename="language",
            title=lesson.title,
        ),
    )
long_run.go_on(run)
