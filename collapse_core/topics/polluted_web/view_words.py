"""What the further views say: the share of today, seven crawlers, and published figures."""

from __future__ import annotations

from collections.abc import Sequence

from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.polluted_web.crawlers import CrawlerRow
from collapse_core.topics.polluted_web.published import COUNTS, OTHERS, DetectorCount
from collapse_core.web import crossing_rate

__all__ = ["crawler_table", "published_lines", "today_words"]


def today_words(lesson: Lesson, count: DetectorCount) -> tuple[str, str]:
    """Return what a count stands for, in sentences, and the picture in one sentence."""
    found = count.corrected()
    rate = crossing_rate(count.observed, count.false_negative)
    facts = {
        "observed": count.observed,
        "share": found.share,
        "low": found.low,
        "high": found.high,
        "raw": found.raw,
        "false_positive": count.false_positive,
        "false_negative": count.false_negative,
        "texts": count.texts,
        "rate": rate if rate is not None else 0.0,
    }
    verdict = lesson.pick(
        "today",
        facts,
        impossible=not 0.0 <= found.raw <= 1.0,
        inside=found.holds(0.5),
        above=found.low > 0.5,
        below=True,
    )
    turn = lesson.pick("today", facts, turns=rate is not None, turns_nowhere=True)
    words = f"{lesson.say('today', 'corrected', facts)} {verdict} {turn}"
    return words, lesson.say("today", "alt", facts)


def published_lines(lesson: Lesson) -> str:
    """Return the published figures with their dates and sources, as a list."""
    lines = [
        lesson.say(
            "published",
            "line",
            figure=lesson.text("found", key),
            date=lesson.text("dates", key),
            origin=lesson.text("origins", key),
        )
        for key in (*COUNTS, *OTHERS)
    ]
    return "\n".join(lines)


def crawler_table(lesson: Lesson, rows: Sequence[CrawlerRow]) -> dict[str, list[str]]:
    """Return what each crawler keeps, as a table."""
    words, numbers = lesson.words("crawlers"), lesson.numbers
    known = "exact" if rows[0].exact else "course"
    return {
        words["crawler"]: [words[row.name] for row in rows],
        words["training"]: [numbers.percent(row.training) for row in rows],
        words["size"]: [numbers.count(row.size) for row in rows],
        words["looked_at"]: [numbers.count(row.looked_at) for row in rows],
        words["kept"]: [
            f"{numbers.percent(row.kept)}{numbers.within_percent(row.error)}" for row in rows
        ],
        words[known]: [numbers.percent(row.known) for row in rows],
    }
