"""Rare events: when does a count of rare events fall silent?"""

from collapse_core.topics.rare_events import (
    RareEvents,
    columns,
    facts,
    rare_events_figure,
)

from collapse_core.topics.prediction import share_prediction
from collapse_core.topics.python_code import shared_python
from ui.page import Page
from ui.runs import exact_law, sampled_runs

page = Page("rare_events", RareEvents)
page.controls(("sample_size", "generations", "anchors"), ("mean", "runs", "seed"))
experiment = page.experiment()
loop = experiment.loop()
paths, law = sampled_runs(loop, experiment.runs, experiment.seed), exact_law(loop)
run, asked = paths.run_nearest(50), min(30, loop.generations)
known = [facts(paths, law, t) for t in range(loop.generations + 1)]
case = "unknown" if law.lost is None else "exact"

answer = known[asked].get("chance", known[asked]["lost"] / experiment.runs)
prediction = share_prediction(page.lesson, asked, answer, {"t": asked})
page.ask(prediction)
waiting = page.lesson.text("captions", "waiting")
tick = page.picture(
    lambda: rare_events_figure(
        paths,
        law,
        run,
        look=page.look,
        hidden=page.hidden,
        guess=prediction.place,
        alt=page.lesson.alt,
    ),
    lambda: [waiting if page.waiting else page.lesson.say("captions", case, t) for t in known],
    experiment,
    start=asked,
    last=loop.generations,
)
page.say([], [page.lesson.say("sentences", case, known[-1])])
lines = ["loop = experiment.loop()", "paths = loop.simulate(experiment.runs, experiment.seed)"]
lines.append("law = loop.exact(approximate=True)")
page.end(
    columns=lambda: columns(page.lesson, paths, law),
    csv=paths.to_csv,
    python=shared_python(
        experiment, "rare_events_figure", lines, "paths, law, paths.run_nearest(50)", tick
    ),
)
