"""A room: why does the voice turn into a hum?"""

from collapse_core.topics.python_code import shared_python
from collapse_core.topics.room.figure import room_figure
from collapse_core.topics.room.guess import ASKED, room_prediction
from collapse_core.topics.room.question import SoundInARoom
from collapse_core.topics.room.report import to_csv
from collapse_core.topics.room.sentences import RoomSentences
from ui.page import Page
from ui.topics.room.listen import listen
from ui.topics.room.own_recording import own_recording
from ui.topics.room.runs import room_report

page = Page("room", SoundInARoom)
boxed = page["room"] not in ("three", "own")
page.controls(
    ("room", "sound", "generations", "fresh", "microphone" if boxed else None),
    ("through_room", *(("walls",) if boxed else ()), "seed"),
)
experiment = page.experiment(
    own_sound=own_recording(page, "own_sound") if page["sound"] == "own" else None,
    own_response=own_recording(page, "own_response") if page["room"] == "own" else None,
)
report = room_report(experiment)
spoken = RoomSentences(page.lesson, experiment, report, page.waiting)

first = min(ASKED, experiment.generations)
asked = room_prediction(page.lesson, report, spoken.facts(first))
page.ask(asked)
tick = page.picture(
    lambda: room_figure(
        report, look=page.look, guess=asked.place, hidden=page.hidden, alt=spoken.alt()
    ),
    spoken.captions,
    experiment,
    start=first,
    last=experiment.generations,
    filename="{name}-recording-{tick}",
    first_look=2,
)
page.say(spoken.notes(), lambda: spoken.details(tick))
listen(page, experiment, spoken, tick)
page.end(
    columns=spoken.columns,
    csv=lambda: to_csv(experiment, report),
    python=shared_python(
        experiment, "room_figure", ["report = report_room(experiment)"], "report", tick,
        names=("report_room",),
    ),
)  # fmt: skip
