"""What a live class holds, in SQLite or PostgreSQL: four tables, and nothing personal in them.

`ClassStore` is all that others need. Each write is one transaction that may be sent again.
"""

from ui.classroom.store.refusals import ClassClosed, RoundClosed
from ui.classroom.store.rows import NAMES, Answer, Class, Pulse, Round, Seat
from ui.classroom.store.store import ClassStore
from ui.classroom.store.sweeping import keep_sweeping
from ui.classroom.store.tokens import ALPHABET, new_token, plain_code

__all__ = [
    "ALPHABET",
    "NAMES",
    "Answer",
    "Class",
    "ClassClosed",
    "ClassStore",
    "Pulse",
    "Round",
    "RoundClosed",
    "Seat",
    "keep_sweeping",
    "new_token",
    "plain_code",
]
