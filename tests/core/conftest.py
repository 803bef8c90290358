"""Settings of Hypothesis: no example fails because the machine is busy."""

from hypothesis import settings

settings.register_profile("no_clock", deadline=None)
settings.load_profile("no_clock")
