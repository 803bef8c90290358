"""What axe-core finds on a page, without what is Streamlit's own markup."""

from dataclasses import dataclass

import pytest

axe = pytest.importorskip("axe_playwright_python.base")

WANTED = ("serious", "critical")
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


@dataclass(frozen=True)
class Excused:
    """A finding in markup that Streamlit makes, and that no style or option of ours can mend."""

    rule: str
    within: str
    reason: str


# A selector that the element itself matches.
STREAMLITS: tuple[Excused, ...] = (
    Excused(
        "scrollable-region-focusable",
        '[data-testid="stSidebarContent"]',
        "the folded menu scrolls, and Streamlit takes its links from it until it is opened",
    ),
    Excused(
        "scrollable-region-focusable",
        ".katex-display",
        "a formula wider than its place scrolls in Streamlit's block; browsers reach it by keys",
    ),
)

FINDINGS = """async ({ tags, excused }) => {
    const { violations } = await axe.run(document, {
        resultTypes: ["violations"], runOnly: tags,
    });
    const ours = (rule, node) => !excused.some((known) => known.rule === rule
        && node && node.matches(known.within));
    return violations.flatMap(({ id, impact, nodes }) => nodes.map(({ target, html }) => {
        const selector = target.flat().join(" ");
        return { id, impact, selector, html: html.slice(0, 160),
            ours: ours(id, document.querySelector(selector)) };
    }));
}"""


def findings(page):
    """Return our own serious and critical findings, as `rule (impact): selector, markup`."""
    page.evaluate(f"() => {{ if (!window.axe) {{ {axe.AXE_SCRIPT} }} }}")
    excused = [{"rule": known.rule, "within": known.within} for known in STREAMLITS]
    found = page.evaluate(FINDINGS, {"tags": list(TAGS), "excused": excused})
    return [
        f"{one['id']} ({one['impact']}): {one['selector']}\n    {one['html']}"
        for one in found
        if one["ours"] and one["impact"] in WANTED
    ]
