"""Which pages a slow test opens always, and which in `.ci/full` alone.

What all pages share is seen on a few kinds: the first page, exact laws, a map that is pressed. Long
work has tests of its own.
"""

import pytest

ALWAYS = ("home", "two_colours", "mixer_squeeze")

__all__ = ["ALWAYS", "some_always"]


def some_always(entries):
    """Return a mark for a test of each of these entries; those not in `ALWAYS` are slow ones."""
    return pytest.mark.parametrize(
        "entry",
        [
            pytest.param(
                entry, id=entry.key, marks=[] if entry.key in ALWAYS else [pytest.mark.full]
            )
            for entry in entries
        ],
    )
