"""A reader does anything, in any order: nothing breaks, and every control keeps its value.

``WALK_SEED`` and ``WALK_STEPS`` in the environment repeat a walk, whose seed a failure names.
"""

import logging
import os
import random

import pytest
from looked_over import faults_of_page
from opened import (
    ENTRIES,
    JUNK_TEXTS,
    bound,
    controls,
    name_of,
    open_page,
    values_at_the_ends,
)

from collapse_core.lessons.language import languages

pytestmark = pytest.mark.usefixtures("first_part_only")

# Nothing that takes long: what is to be found is not how long it takes.
LARGE = {"sample_size": 2000, "kinds": 500, "runs": 50, "generations": 30, "anchors": 100}
NUMBERS = ("1e309", "-1e309", "nan", "1e400", "9" * 400, "", "٣", "0x10", "1_0", "2.5", "-1", "1")
NAMES = ("sample_sise", "x`y", "http://x.y", ":material/home:", "a b", "\0", "a@b.cd", "جهاز")
TEXTS = (
    *JUNK_TEXTS,
    "http://x.y 5\nwww.x.y 3\n:material/home: 2",
    "a@b.cd, 1\n:red[x], 2\n**b**; 3",
    "1 2\n3 4\n" * 40,
    "1,5;2,5\n" * 30,
    "x;y\n1;2\n;",
    "The old sailor told a short tale of the sea. Nobody in the inn listened. " * 9,
    "\0\n\t",
    "",
    " ",
    "0",
    "#" * 50,
    "09999990\n" * 8,
)
FILES = (
    (
        "own.csv",
        b"generation,x,y\n" + b"".join(b"%d,%d,%d\n" % (n % 2, n, n % 7) for n in range(80)),
    ),
    ("own.txt", b"The old sailor told a tale. Nobody listened. " * 30),
    ("own.csv", b"\xff\xfe1;2\n"),
    ("own.png", b"<svg></svg>"),
    ("own.wav", b"RIFF\0\0\0\0WAVE"),
    ("own.csv", b""),
)
GUESSES = ("0.3", "12.0", "0.6_0.4", "500_200_100_50", "0.5_0.5_2.0", "0", "1e8", "-1")

NO_SCRIPT = "Thread 'MainThread': missing ScriptRunContext"  # of the test itself


class Walk:
    """A session, what was done in it, and the links that Back leads to."""

    def __init__(self, seed, embedded):
        self.dice, self.embedded = random.Random(seed), embedded
        self.before, self.done, self.entry = [], [], ENTRIES[0]
        self.at = open_page(self.entry, context={"is_embedded": embedded})
        self.checked()

    def step(self):
        acts = (self.control, self.control, self.control, self.button, self.page, self.link,
                self.back, self.text, self.rest, self.fold, self.guess, self.language,
                self.upload)  # fmt: skip
        self.done.append(self.dice.choice(acts)())
        self.checked()

    def run(self):
        self.before.append((self.entry, self.query()))
        self.at.run()

    def control(self):
        offered = controls(self.at)
        if not offered:
            return "nothing"
        control = self.dice.choice(offered)
        value = self.value_for(control)
        kind, key, name = control.type, control.key, name_of(control)
        act = f"{key or name}={value!r}"
        if kind == "selectbox":
            value = control.options[value]
            control.select(value)
        else:
            value = control.options[value] if kind in ("radio", "button_group") else value
            control.set_value(value)
        self.run()
        for now in controls(self.at) if kind not in ("text_input", "button_group") else ():
            if key and now.key == key:
                # The words of these may stand for numbers.
                named = kind in ("selectbox", "radio")
                held = now.options[now.index] if named else now.value
                # A slider with stops gives numbers, and takes their words.
                assert held in (value, type(held)(value)), (
                    f"{act} became {held!r} after {self.done[-5:]}"
                )
        return act

    def value_for(self, control):
        ends = values_at_the_ends(control)
        if control.type == "number_input":
            return self.dice.choice((*ends, 5))
        if control.type == "select_slider":
            most = LARGE.get(name_of(control), 10**9)
            return self.dice.choice(
                [stop for stop in control.options if float(stop.replace(",", ".")) <= most]
            )
        if control.type == "slider":
            low, high = ends[0], min(ends[1], LARGE.get(name_of(control), ends[1]))
            steps = max(0, int((high - low) / control.step))
            return min(high, low + control.step * self.dice.choice((0, 1, steps // 2, steps)))
        return self.dice.choice(ends)

    def button(self):
        if not self.at.button:
            return "nothing"
        button = self.dice.choice([item for item in self.at.button if not item.disabled])
        button.click()
        self.run()
        return f"press {button.key or button.label}"

    def page(self):
        entry = self.dice.choice(ENTRIES)
        self.before.append((self.entry, self.query()))
        self.go(entry, self.query() if self.dice.random() < 0.5 else {})
        return f"go to {entry.key}"

    def link(self):
        names = [name_of(control) for control in bound(self.at).values()]
        names += ["generation", "guess", "panels", "projector", "view", *NAMES]
        texts = (*NUMBERS, "ask", "skip", "0.5", "0.5~seed:1e309", "1-2", "true", *TEXTS[:8])
        link = {
            self.dice.choice(names): self.dice.choice(texts)
            for _ in range(self.dice.randrange(1, 4))
        }
        self.before.append((self.entry, self.query()))
        self.go(self.entry, self.small() | link)
        return f"link {link}"

    def guess(self):
        guess = self.dice.choice(GUESSES)
        self.before.append((self.entry, self.query()))
        self.go(self.entry, {**self.small(), **self.query(), "guess": guess})
        return f"guess {guess}"

    def language(self):
        """Pick a language in the menu."""
        code = self.dice.choice(languages())
        picks = [button for button in self.at.button if button.key == f"language_{code}"]
        for button in picks:
            button.click()
            self.run()
        return f"speak {code}" if picks else "nothing"

    def upload(self):
        if not (places := self.at.get("file_uploader")):
            return "nothing"
        place, (name, content) = self.dice.choice(places), self.dice.choice(FILES)
        endings = list(place.proto.type)
        if endings and not name.endswith(tuple(endings)):
            name = f"own{self.dice.choice(endings)}"
        place.upload(name, content)
        self.run()
        return f"upload {name} {content[:12]!r}"

    def back(self):
        if not self.before:
            return "nothing"
        self.go(*self.before.pop())
        return f"back to {self.entry.key} {self.query()}"

    def text(self):
        if not self.at.text_area:
            return "nothing"
        text = self.dice.choice(TEXTS)
        area = self.dice.choice(self.at.text_area)
        area.set_value(text)
        self.run()
        return f"type {text[:20]!r}"

    def rest(self):
        """Nothing is done: the page is drawn again, and stays as it is."""
        held = {control.key: control.value for control in controls(self.at) if control.key}
        link = self.query()
        self.at.run()
        now = {control.key: control.value for control in controls(self.at) if control.key}
        assert now == held, self.done[-5:]
        assert self.query() == link, self.done[-5:]
        return "rest"

    def fold(self):
        folded = [part for part in (*self.at.get("expander"), *self.at.get("popover")) if part.key]
        if not folded:
            return "nothing"
        part = self.dice.choice(folded)
        self.at.session_state[part.key] = self.dice.random() < 0.8
        self.run()
        return f"unfold {part.key}"

    def go(self, entry, query):
        if entry is not self.entry:
            self.at.switch_page(entry.file)
        self.entry = entry
        self.at.query_params.clear()
        self.at.query_params.update(query)
        self.at.run()

    def query(self):
        link = self.at.query_params.items()
        return {name: value if isinstance(value, str) else value[-1] for name, value in link}

    def small(self):
        """Return a link to little work: nobody waits for a large jar here."""
        return {name: "50" for name in ("sample_size", "runs") if name in bound(self.at)}

    def checked(self):
        told = f"after {self.done[-8:]}"
        assert not self.at.exception, f"{self.at.exception[0].message} {told}"
        faults = faults_of_page(self.at)
        assert not faults, f"{self.entry.key}: {faults} {told}"


@pytest.mark.parametrize(
    ("steps", "seed"),
    [
        pytest.param(60, 1, id="60"),
        *(
            pytest.param(500, seed, id=f"500-{seed}", marks=pytest.mark.full)
            for seed in range(2, 22)  # 10,000 steps in all
        ),
    ],
)
def test_whatever_a_reader_does_nothing_breaks(steps, seed, caplog):
    caplog.set_level(logging.WARNING)
    seed = int(os.environ.get("WALK_SEED", seed))
    walk = Walk(seed, embedded=seed % 3 == 0)
    for _ in range(int(os.environ.get("WALK_STEPS", steps))):
        try:
            walk.step()
        except Exception as error:
            raise AssertionError(f"seed {seed}, step {len(walk.done)}") from error
        warned = [
            said for record in caplog.records if NO_SCRIPT not in (said := record.getMessage())
        ]
        assert not warned, f"seed {seed}: {warned} {walk.done[-8:]}"
