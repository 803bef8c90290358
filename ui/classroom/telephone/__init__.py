"""Telephone: chains of learners, each shown a few draws from the answer of the one before."""

from ui.classroom.telephone.phone import phone
from ui.classroom.telephone.settings import settings_form

__all__ = ["phone", "settings_form"]
