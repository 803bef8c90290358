"""Sheets that print well on A4 and on Letter: plans, worksheet, key, quiz, recording table.

Each is one HTML file that loads nothing. The paper's size is left to the printer; what belongs
together is not torn apart at the end of a page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape

from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.teach.by_hand import HumanChains
from collapse_core.topics.teach.plans import Plan, Step
from collapse_core.topics.teach.quiz import Question
from collapse_core.topics.teach.steps import Stop
from collapse_core.topics.teach.worksheet import Task

__all__ = ["printed_plan", "printed_quiz", "printed_table", "printed_worksheet"]

Address = Callable[[Stop], str]

STEPS = ("first", "second", "third", "fourth", "fifth")
STYLE = """
@page { margin: 12mm 15mm; }
:root { color-scheme: light; }
body { font: 10.5pt/1.35 "Helvetica Neue", Arial, system-ui, sans-serif; color: #1a1a1a;
  background: #fff; max-width: 180mm; margin: 0 auto; padding: 8mm; }
@media print { body { max-width: none; padding: 0; } }
h1 { font-size: 17pt; line-height: 1.2; margin: 0 0 2mm; }
h2 { font-size: 12pt; margin: 5mm 0 1mm; break-after: avoid; }
p { margin: 0.8mm 0; }
ol { padding-left: 7mm; margin: 3mm 0; } ol > li { margin-bottom: 4mm; }
ul { padding-left: 7mm; margin: 1mm 0; }
ol > li, section, tr { break-inside: avoid; }
.head { display: flex; justify-content: space-between; gap: 6mm; margin: 3mm 0; }
.line { border-bottom: 0.3mm solid #767676; height: 8.5mm; }
.link { font-size: 8.5pt; color: #4a4a4a; overflow-wrap: anywhere; }
.says { border-left: 0.8mm solid #0072B2; padding-left: 3mm; color: #333; font-size: 10pt; }
section { border-top: 0.3mm solid #b0b0b0; padding-top: 1.5mm; margin-top: 2mm; }
section h2 { margin-top: 0; }
.when { float: right; color: #4a4a4a; }
ul.options { list-style: none; padding: 0; margin: 1mm 0; columns: 2;
  column-gap: 6mm; }
ul.options li { margin: 0.4mm 0; }
table { border-collapse: collapse; width: 100%; margin: 4mm 0; table-layout: fixed; }
th, td { border: 0.3mm solid #767676; text-align: center; padding: 1mm; }
td { height: 11mm; } th { font-size: 9.5pt; }
.plan { font-size: 10pt; }
footer { margin-top: 4mm; font-size: 8.5pt; color: #4a4a4a; }
"""


def printed_plan(lesson: Lesson, plan: Plan, seed: int, address: Address) -> str:
    """Return a lesson plan as a page to print.

    Parameters
    ----------
    lesson : Lesson
        The words of the page on teaching.
    plan : Plan
        The plan.
    seed : int
        That its links hold.
    address : callable
        From a stop to its link.
    """
    goals = "".join(f"<li>{_html(goal)}</li>" for goal in plan.goals)
    needs = lesson.say("plans", "needs", needs=plan.needs)
    steps = "".join(_step(lesson, step, address) for step in plan.steps)
    head = f"<p>{_html(needs)}</p><p>{_word(lesson, 'plans', 'goals')}</p><ul>{goals}</ul>"
    body = f'<div class="plan">{head}{steps}</div>'
    return _sheet(lesson, plan.title, body, lesson.say("print", "about", seed=seed))


def _step(lesson: Lesson, step: Step, address: Address) -> str:
    when = lesson.say("plans", "time", first=step.first, last=step.last)
    told = "".join(
        f"<p>{_html(lesson.say('plans', name, text=getattr(step, name)))}</p>"
        for name in ("do", "ask", "expect")
    )
    link = "" if step.stop is None else _link(lesson, address(step.stop))
    heading = f'<h2><span class="when">{_html(when)}</span>{_html(step.heading)}</h2>'
    return f"<section>{heading}{told}{link}</section>"


def printed_worksheet(
    lesson: Lesson, tasks: Sequence[Task], seed: int, address: Address, *, key: bool = False
) -> str:
    """Return the worksheet, or its answer key, as a page to print.

    Parameters
    ----------
    lesson : Lesson
        The words of the page on teaching.
    tasks : sequence of Task
        From `worksheet`.
    seed : int
        That they are computed for.
    address : callable
        From a stop to its link.
    key : bool
        Whether it has the answers instead of lines to write on.
    """
    told = _answered if key else _open
    items = "".join(f"<li>{told(lesson, task, address)}</li>" for task in tasks)
    head = f"<p>{_html(lesson.say('print', 'seed', seed=seed))}</p>" if key else _head(lesson)
    intro = "" if key else f"<p>{_word(lesson, 'worksheet', 'intro')}</p>"
    title = lesson.text("worksheet", "key_title" if key else "title")
    about = lesson.say("print", "about", seed=seed)
    return _sheet(lesson, title, f"{head}{intro}<ol>{items}</ol>", about)


def _open(lesson: Lesson, task: Task, address: Address) -> str:
    lines = '<div class="line"></div>' * task.lines
    return f"<p>{_html(task.question)}</p>{_link(lesson, address(task.stop))}{lines}"


def _answered(lesson: Lesson, task: Task, address: Address) -> str:
    answer = lesson.say("worksheet", "answer", text=task.answer)
    why = lesson.say("worksheet", "why", text=task.why)
    says = lesson.say("print", "page_says", sentence=task.says)
    return (
        f"<p>{_html(task.question)}</p><p>{_html(answer)}</p><p>{_html(why)}</p>"
        f'<p class="says">{_html(says)}</p>{_link(lesson, address(task.stop))}'
    )


def printed_quiz(lesson: Lesson, questions: Sequence[Question], *, key: bool = False) -> str:
    """Return the quiz as a page to print; with its answers and why they are right, if asked.

    Parameters
    ----------
    lesson : Lesson
        The words of the page on teaching.
    questions : sequence of Question
        The questions.
    key : bool
        Whether the answers are told.
    """
    items = []
    for question in questions:
        options = "".join(
            f"<li>☐ {letter}. {_html(option)}</li>"
            for letter, option in zip(question.letters, question.options, strict=True)
        )
        answer = lesson.say("quiz", "answer", letter=question.letter, why=question.why)
        told = f"<p>{_html(answer)}</p>" if key else ""
        text = f"<p><strong>{_html(question.question)}</strong></p>"
        items.append(f'<li>{text}<ul class="options">{options}</ul>{told}</li>')
    head = "" if key else _head(lesson)
    body = f"{head}<ol>{''.join(items)}</ol>"
    return _sheet(lesson, lesson.text("quiz", "title"), body, lesson.text("print", "about_any"))


def printed_table(lesson: Lesson, asked: HumanChains) -> str:
    """Return the table in which a class records its chains, with how to play, to print.

    Parameters
    ----------
    lesson : Lesson
        The words of the page on teaching.
    asked : HumanChains
        How many chains, people and marbles.
    """
    facts, people = asked.settings(), range(1, asked.people + 1)
    steps = "".join(
        f"<li>{_html(lesson.say('unplugged_steps', name, facts))}</li>" for name in STEPS
    )
    names = [lesson.say("unplugged", "person", number=number) for number in people]
    start, half, fixed = (
        lesson.text("unplugged", name) for name in ("start", "half", "fixed_column")
    )
    head = "".join(f"<th>{_html(name)}</th>" for name in ("", start, *names, fixed))
    blank = "<td></td>" * (asked.people + 1)
    rows = "".join(
        f"<tr><th>{_html(lesson.say('unplugged', 'chain', number=number))}</th>"
        f"<td>{_html(half)}</td>{blank}</tr>"
        for number in range(1, asked.chains + 1)
    )
    body = (
        f"{_head(lesson)}<h2>{_word(lesson, 'unplugged', 'steps_heading')}</h2><ol>{steps}</ol>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )
    title = lesson.text("unplugged", "table_heading")
    return _sheet(lesson, title, body, lesson.text("print", "about_any"))


def _sheet(lesson: Lesson, title: str, body: str, about: str) -> str:
    return (
        f'<!doctype html>\n<html lang="{escape(lesson.language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body>"
        f"<main><h1>{escape(title)}</h1>{body}</main><footer>{escape(about)}</footer>"
        "</body></html>\n"
    )


def _head(lesson: Lesson) -> str:
    """Return the place for a name and a date."""
    places = (lesson.text("print", name) for name in ("name", "date"))
    return f'<div class="head">{"".join(f"<span>{escape(text)}</span>" for text in places)}</div>'


def _link(lesson: Lesson, address: str) -> str:
    """Return a link whose address can be read on paper."""
    anchor = f'<a href="{escape(address)}">{escape(address)}</a>'
    said = escape(lesson.text("print", "open")).replace("{link}", anchor)
    return f'<p class="link">{said}</p>'


def _word(lesson: Lesson, table: str, name: str) -> str:
    return _html(lesson.text(table, name))


def _html(text: str) -> str:
    """Return a text of a lesson as HTML: nothing in it is markup but two stars for bold."""
    return re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", escape(text))
