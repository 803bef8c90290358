"""A room: why does the voice turn into a hum?"""

from collapse_core.topics.experiment import Experiment
from collapse_core.topics.room.question import SoundInARoom
from collapse_core.topics.room.shown import show_room
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
shown = show_room(page.lesson, experiment, Experiment(), report, page.waiting)

page.ask(shown.asked)
tick = page.show(shown, experiment)
page.tell(shown)
listen(page, experiment, shown.spoken, tick)
page.finish(shown)
