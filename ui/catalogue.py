"""The pages, as data. A new page is one entry here, one file in ``pages/``, one lesson."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["HOME", "PAGES", "SECTIONS", "PageEntry"]


@dataclass(frozen=True)
class PageEntry:
    """One page of the app.

    Parameters
    ----------
    key : str
        Name of its lesson, ``assets/lessons/<key>.toml``.
    file : str
        Path of its script from the top of the project.
    section : str
        Heading in the menu, one of ``SECTIONS``.
    title : str
        Entry in the menu.
    question : str
        What the page answers, for its card.
    icon : str
        A Material symbol.
    """

    key: str
    file: str
    section: str
    title: str
    question: str
    icon: str


SECTIONS: tuple[str, ...] = ("See it", "Why", "Prevent")

HOME = PageEntry(
    key="home",
    file="app.py",
    section="",
    title="Home",
    question="Why do models that learn from models forget?",
    icon=":material/home:",
)

PAGES: tuple[PageEntry, ...] = (
    PageEntry(
        key="two_colours",
        file="pages/two_colours.py",
        section="See it",
        title="Two colours",
        question="What happens to the 10 % blue?",
        icon=":material/bubble_chart:",
    ),
    PageEntry(
        key="vanishing_tails",
        file="pages/vanishing_tails.py",
        section="See it",
        title="Vanishing tails",
        question="Who disappears first?",
        icon=":material/trending_down:",
    ),
    PageEntry(
        key="bell_curve",
        file="pages/bell_curve.py",
        section="Why",
        title="Bell curve",
        question="Why does a Gaussian shrink when every fit is fair?",
        icon=":material/show_chart:",
    ),
    PageEntry(
        key="exponential_families",
        file="pages/exponential_families.py",
        section="Why",
        title="Exponential families",
        question="Is it only Gaussians?",
        icon=":material/family_history:",
    ),
    PageEntry(
        key="any_model",
        file="pages/any_model.py",
        section="Why",
        title="Any model",
        question="Is it only simple families?",
        icon=":material/deployed_code:",
    ),
    PageEntry(
        key="language",
        file="pages/language.py",
        section="Why",
        title="Language",
        question="What happens to text?",
        icon=":material/menu_book:",
    ),
    PageEntry(
        key="digits_photographs",
        file="pages/digits_photographs.py",
        section="Why",
        title="Digits and photographs",
        question="Why do photos go first?",
        icon=":material/grid_view:",
    ),
    PageEntry(
        key="one_real_point",
        file="pages/one_real_point.py",
        section="Prevent",
        title="One real point",
        question="How much reality is enough?",
        icon=":material/anchor:",
    ),
)
