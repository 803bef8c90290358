"""Telephone: chains of learners, each shown a few draws from the answer of the one before."""

from ui.classroom.telephone.phone import phone
from ui.classroom.telephone.rehearsal import rehearsal, rehearse
from ui.classroom.telephone.settings import settings_form
from ui.classroom.telephone.wall import wall

__all__ = ["phone", "rehearsal", "rehearse", "settings_form", "wall"]
