"""The pages, as data. A new page is one entry here, one file in ``pages/``, one lesson."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from collapse_core.lessons.lesson import read_lesson

__all__ = ["CLASSROOM", "EXPERIMENTS", "HOME", "PAGES", "SECTIONS", "PageEntry", "PageKind"]

PageKind = Literal["experiment", "guide", "class"]


@dataclass(frozen=True)
class PageEntry:
    """One page of the app.

    Parameters
    ----------
    key : str
        Name of its lesson, ``assets/lessons/en/<key>.toml``, and of its script, ``pages/<key>.py``.
    section : str
        Where it stands in the menu: one of ``SECTIONS``.
    icon : str
        A Material symbol.
    kind : {"experiment", "guide", "class"}
        What it is made of: an experiment asks for a guess and answers in a picture that is shared
        (`ui.page.Page`); a guide leads to experiments, in words (`ui.guide.Guide`). One of a live
        class stands in no section of the menu, and has its words from the lesson ``classroom``.
    """

    key: str
    section: str
    icon: str
    kind: PageKind = "experiment"

    @property
    def file(self) -> str:
        """Path of its script from the top of the project."""
        return "app.py" if self.key == "home" else f"pages/{self.key}.py"

    @property
    def title(self) -> str:
        """Entry in the menu."""
        if self.kind == "class":
            return read_lesson("classroom").text("pages", self.key)
        return read_lesson(self.key).menu

    @property
    def question(self) -> str:
        """What the page answers, for its card."""
        if self.kind == "class":
            return read_lesson("classroom").text("asks", self.key)
        return read_lesson(self.key).question


# Keys of the headings in the menu, in its order: [menu_sections] in shell.toml.
SECTIONS: tuple[str, ...] = ("see", "why", "hear", "prevent", "class", "visit")

HOME = PageEntry("home", "", ":material/home:")

PAGES: tuple[PageEntry, ...] = (
    PageEntry("two_colours", "see", ":material/bubble_chart:"),
    PageEntry("vanishing_tails", "see", ":material/trending_down:"),
    PageEntry("bell_curve", "why", ":material/show_chart:"),
    PageEntry("exponential_families", "why", ":material/family_history:"),
    PageEntry("any_model", "why", ":material/deployed_code:"),
    PageEntry("language", "why", ":material/menu_book:"),
    PageEntry("digits_photographs", "why", ":material/grid_view:"),
    PageEntry("room", "hear", ":material/graphic_eq:"),
    PageEntry("photocopier", "hear", ":material/print:"),
    PageEntry("mixer_squeeze", "hear", ":material/cyclone:"),
    PageEntry("network", "hear", ":material/hub:"),
    PageEntry("eight_patterns", "hear", ":material/texture:"),
    PageEntry("one_real_point", "prevent", ":material/anchor:"),
    PageEntry("mitigation_lab", "prevent", ":material/science:"),
    PageEntry("polluted_web", "prevent", ":material/travel_explore:"),
    PageEntry("early_warning", "prevent", ":material/notifications_active:"),
    PageEntry("teach", "class", ":material/school:", "guide"),
    PageEntry("link_builder", "class", ":material/add_link:", "guide"),
    PageEntry("references", "class", ":material/library_books:", "guide"),
    PageEntry("your_guesses", "visit", ":material/target:", kind="guide"),
)

# The pages with a picture to ask about: what is promised of a picture is promised of these.
EXPERIMENTS: tuple[PageEntry, ...] = tuple(entry for entry in PAGES if entry.kind == "experiment")

# The pages of a live class: of a phone, of the projector, of the teacher.
CLASSROOM: tuple[PageEntry, ...] = (
    PageEntry("join", "", ":material/login:", "class"),
    PageEntry("wall", "", ":material/cast_for_education:", "class"),
    PageEntry("desk", "", ":material/co_present:", "class"),
)
