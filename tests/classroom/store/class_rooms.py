"""A class as the tests need it: its clock, its teacher, its phones."""

JAR = {"kind": "telephone", "game": "jar", "chains": 2, "length": 3, "wait": 60}
GUESS = {"kind": "guess", "page": "two_colours", "link": "sample_size=20"}


class Clock:
    """A clock that is set by hand."""

    def __init__(self):
        self.now = 1_800_000_000.0

    def __call__(self):
        return self.now


class Room:
    """A class with its teacher, and phones as they are needed."""

    def __init__(self, store, clock):
        self.store, self.clock = store, clock
        self.of, self.teacher = store.open_class("en")

    def phone(self, **options):
        return self.store.join(self.of.code, **options)

    def begin(self, settings=GUESS):
        return self.store.begin_round(self.of.id, self.teacher, settings)

    def version(self):
        return self.store.pulse(self.of.id).version
