"""The five lines with which the monitor is used without this app."""

from __future__ import annotations

__all__ = ["FIVE_LINES"]

FIVE_LINES = """\
from collapse_core.drift import monitor

report = monitor(generations, reference=None, seed=0, false_alarm=0.05)
print(report.alarm, report.direction, *report.reasons, sep="\\n")
open("report.html", "w", encoding="utf-8").write(report.to_html())
"""
