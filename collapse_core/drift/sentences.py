"""The reasons of a report, in sentences; their words are in ``drift_report.toml``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collapse_core.drift.axes import MOST_AXES
from collapse_core.drift.findings import Findings
from collapse_core.drift.judged import Judged
from collapse_core.drift.rows import MOST_ROWS
from collapse_core.lessons.lesson import read_lesson

__all__ = ["reasons_of", "say", "verdict_of"]


def say(table: str, name: str, **facts: Any) -> str:
    """Return a sentence with its gaps filled in by Python's own formats."""
    return read_lesson("drift_report").plainly(table, name, facts)


def verdict_of(report: Findings) -> str:
    """Return what was found, in one sentence."""
    facts = {name: getattr(report, name) for name in ("alarm", "jump", "collapse")}
    if report.alarm is None and report.jump is None:
        return say("verdicts", "quiet", last=report.steps[-1].generation)
    if report.jump is None or (report.alarm is not None and report.alarm < report.jump):
        return say("verdicts", f"alarm_{report.direction}", **facts)
    return say("verdicts", f"jump_{report.direction}", **facts)


def reasons_of(report: Findings) -> tuple[str, ...]:
    """Return what was found, what it rests on, and what was left out."""
    return (verdict_of(report), *_found(report), *_compared(report))


def _found(report: Findings) -> Iterator[str]:
    """Yield what each finding rests on."""
    base = say("base", report.reference)
    if report.alarm is not None and report.steps[report.alarm].effective_rank > 0.0:
        yield say("reasons", "alarm", base=base, **_facts(report.steps[report.alarm]))
    if report.jump is not None:
        yield say("reasons", "jump", base=base, **_facts(report.steps[report.jump]))
    yield from _spread(report)
    if report.closed_loop is not None:
        step = report.steps[report.closed_loop]
        assert step.local is not None
        yield say("reasons", "closed_loop", below=step.local.test.below, **_numbers(step))
    yield from _of_the_reference(report)


def _spread(report: Findings) -> Iterator[str]:
    """Yield what became of the spread."""
    points = [step.generation for step in report.steps if step.effective_rank == 0.0]
    if points:
        yield say("reasons", "point", generation=points[0])
    for name, holds in (("contracting", "contracts"), ("expanding", "expands")):
        found = [step for step in report.steps if getattr(step, holds)(report.level)]
        if found and report.direction == name:
            yield say("reasons", name, **_facts(found[0]))
    if report.direction == "moving":
        yield say("reasons", f"moving_{report.reference}")


def _of_the_reference(report: Findings) -> Iterator[str]:
    """Yield what the reference tells."""
    first = report.steps[0].cumulative
    if first is not None and first.test.above <= report.level:
        yield say("reasons", "apart_at_first", above=first.test.above)
    if report.world_moved is not None:
        world = report.steps[report.world_moved].world
        assert world is not None
        followed = report.alarm is None and report.jump is None
        name = "world_followed" if followed else "world_moved"
        yield say("reasons", name, generation=report.world_moved, above=world.test.above)


def _compared(report: Findings) -> Iterator[str]:
    """Yield how it was compared, and what was left out."""
    yield say(
        "reasons",
        "level",
        level=report.level,
        planned=report.planned,
        permutations=report.permutations,
        false_alarm=100.0 * report.false_alarm,
    )
    pairs = [step.cumulative for step in report.steps if step.cumulative is not None]
    if any(pair.reduced for pair in pairs):
        yield say("reasons", "reduced", axes=min(pair.axes for pair in pairs if pair.reduced))
    if any(pair.axes > pair.test.axes for pair in pairs):
        yield say("reasons", "some_axes", axes=MOST_AXES)
    if any(step.rows > MOST_ROWS for step in report.steps):
        yield say("reasons", "some_rows", most=MOST_ROWS)
    if any(pair.test.units != pair.test.rows for pair in pairs):
        yield say("reasons", "groups")
    if pairs and pairs[-1].extrapolated is not None:  # none while the first is under way
        facts = {"value": pairs[-1].extrapolated, "tested": pairs[-1].test.distance}
        yield say("reasons", "extrapolated", generation=report.steps[-1].generation, **facts)


def _numbers(step: Judged) -> dict[str, int]:
    return {"generation": step.generation, "before": step.generation - 1}


def _facts(step: Judged) -> dict[str, Any]:
    """Return what is known of a generation that is apart."""
    assert step.cumulative is not None
    assert step.local is not None
    test = step.cumulative.test
    return {
        **_numbers(step),
        "distance": test.distance,
        "chance": test.chance,
        "above": test.above,
        "local_p": step.local.test.above,
        "volume": abs(test.volume),
        "axes": test.axes,
        "contraction": test.contraction,
        "expansion": test.expansion,
    }
