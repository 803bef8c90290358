"""Writes the site: pictures in several processes, then pages, then what they share."""

from __future__ import annotations

import json
import os
import re
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from collapse_core.assets import asset, static_file
from collapse_core.figures.look import DARK, LIGHT
from collapse_core.figures.player.program import program, style
from collapse_core.figures.player.stand_alone import BUNDLE
from collapse_core.figures.small_picture import in_look
from collapse_core.lessons.language import language
from collapse_core.lessons.lesson import read_lesson
from collapse_core.site.drawn import Drawn, Wanted, draw
from collapse_core.site.home import home
from collapse_core.site.page import page_of
from collapse_core.site.plan import Plan

__all__ = ["LARGEST", "LARGEST_FIRST", "Site", "write_site"]

LARGEST, LARGEST_FIRST = 40_000_000, 2_000_000  # bytes: in all, and until the first picture
LIST = "files.json"
_FOLDER = Path(__file__).parent
# What each page loads before its picture.
_SHARED = ("site.css", "site.js", "player.js", "plotly.js")
_COLOURS = ("text", "muted", "blue", "collapse", "real", "background", "violet", "olive")


@dataclass
class Site:
    """What was written.

    Parameters
    ----------
    folder : Path
        Where.
    sizes : dict of str to int
        Bytes of each file by its place in the folder.
    firsts : dict of str to int
        Bytes until the first picture of each topic.
    troubles : list of str
        What could not be computed, and why.
    """

    folder: Path
    sizes: dict[str, int] = field(default_factory=dict)
    firsts: dict[str, int] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """Bytes of all files."""
        return sum(self.sizes.values())

    def write(self, name: str, text: str) -> None:
        """Write a file; its folder is made where it is not there."""
        path, content = self.folder / name, text.encode()
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            path.write_bytes(content)
        except OSError as error:
            # A full disk names no file.
            raise OSError(error.errno, error.strerror, str(path)) from error
        self.sizes[name] = len(content)

    def too_large(self) -> list[str]:
        """Return a sentence for each limit that is not kept."""
        said = [
            f"{key}: its first picture needs {size / 1e6:.1f} MB, and {LARGEST_FIRST / 1e6:g} MB "
            "is the limit."
            for key, size in self.firsts.items()
            if size > LARGEST_FIRST
        ]
        if self.total > LARGEST:
            said.append(
                f"the site has {self.total / 1e6:.1f} MB, and {LARGEST / 1e6:g} MB is the limit: "
                "name fewer pages."
            )
        return said


def write_site(
    folder: Path,
    plans: Sequence[Plan],
    app: str = "",
    workers: int = 1,
    told: Callable[[int, int], object] = lambda done, pictures: None,
) -> Site:
    """Write the pages of some topics, in the language of the moment.

    Parameters
    ----------
    folder : Path
        Where to; made if it is not there. Files of an earlier edition in it are replaced.
    plans : sequence of Plan
        Which pictures.
    app : str
        Address of the full app, with "/" at its end; empty if there is none to lead to.
    workers : int
        Processes, from 1.
    told : callable
        Hears how many pictures are done, of how many.

    Raises
    ------
    ValueError
        If the folder holds something else.
    OSError
        If it cannot be written.
    """
    _clear(folder)
    site = Site(folder)
    _write_shared(site)
    wanted = [
        Wanted(plan.topic.key, number, settings, language(), app)
        for plan in plans
        for number, settings in enumerate(plan.pictures)
    ]
    told(0, len(wanted))
    drawn: dict[tuple[str, int], Drawn] = {}
    for one in _drawn(wanted, workers):
        # A script is on the disk at once, and no longer needed here.
        if one.script:
            site.write(one.wanted.file, one.script)
        else:
            site.troubles.append(f"{one.wanted.key}, picture {one.wanted.number}: {one.trouble}")
        drawn[one.wanted.key, one.wanted.number] = one
        told(len(drawn), len(wanted))
    site.troubles.sort()
    _write_pages(site, plans, drawn, app)
    return site


def _drawn(wanted: Sequence[Wanted], workers: int) -> Iterator[Drawn]:
    """Compute the pictures, in the order in which they are done."""
    if workers == 1:
        yield from map(draw, wanted)
        return
    # Forked processes would share the locks of whatever threads there are.
    with ProcessPoolExecutor(workers, get_context("spawn"), initializer=_leave_ctrl_c) as processes:
        try:
            for done in as_completed([processes.submit(draw, one) for one in wanted]):
                yield done.result()
        except BaseException:
            processes.shutdown(wait=False, cancel_futures=True)
            raise


def _leave_ctrl_c() -> None:
    """Leave Ctrl-C to the process that others work for: it stops them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _write_shared(site: Site) -> None:
    looks = {"": LIGHT, "DARK_": DARK}
    css = (_FOLDER / "site.css").read_text(encoding="utf-8")
    for before, look in looks.items():
        for name, colour in (
            ("TEXT", look.text),
            ("GROUND", look.background),
            ("BLUE", look.blue),
            ("MUTED", look.muted),
        ):
            css = css.replace(f"__{before}{name}__", colour)
    site.write("site.css", f"{css}\n{style()}")
    script = (_FOLDER / "site.js").read_text(encoding="utf-8")
    site.write("site.js", script.replace("__COLOURS__", json.dumps(_dark_colours())))
    site.write("player.js", program())
    site.write("plotly.js", static_file(BUNDLE).read_text(encoding="utf-8"))
    site.write("plotly-LICENSE.txt", static_file("plotly-LICENSE.txt").read_text(encoding="utf-8"))


def _dark_colours() -> dict[str, str]:
    """Return what each colour of a light picture is on a dark ground, opaque and transparent."""
    found = {}
    for name in _COLOURS:
        light, dark = getattr(LIGHT, name), getattr(DARK, name)
        for shade in (light, LIGHT.words(light)):
            found[shade.lower()] = dark
            for kind in ("rgb", "rgba"):
                found[f"{kind}({_channels(shade)}"] = f"{kind}({_channels(dark)}"
    return found


def _channels(colour: str) -> str:
    return ",".join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5))


def _write_pages(
    site: Site, plans: Sequence[Plan], drawn: Mapping[tuple[str, int], Drawn], app: str
) -> None:
    found = {
        plan.topic.key: [drawn[plan.topic.key, n] for n in range(len(plan.pictures))]
        for plan in plans
    }
    made = [plan for plan in plans if found[plan.topic.key][plan.first].script]
    titles = {plan.topic.key: read_lesson(plan.topic.key).title for plan in made}
    for plan in made:
        key = plan.topic.key
        site.write(f"{key}.html", page_of(plan, found[key], app, titles))
        needed = [*_SHARED, f"{key}.html", found[key][plan.first].wanted.file]
        site.firsts[key] = sum(site.sizes[name] for name in needed)
    pictured = [key for key in titles if _write_small(site, key)]
    missing = [plan.topic.key for plan in plans if plan.topic.key not in titles]
    site.write("index.html", home(titles, missing, pictured, app))
    site.write(LIST, json.dumps(sorted([*site.sizes, LIST]), indent=1) + "\n")


def _write_small(site: Site, key: str) -> bool:
    """Write the small picture of a page for home, for both grounds; return whether there is one."""
    try:
        picture = asset(f"map/{key}.svg").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    site.write(f"pictures/{key}.svg", picture)
    site.write(f"pictures/{key}-dark.svg", in_look(picture, DARK))
    return True


def _clear(folder: Path) -> None:
    """Take away the files of an earlier edition; refuse a folder that holds anything else."""
    if not folder.exists() or not any(folder.iterdir()):
        return
    try:
        names = json.loads((folder / LIST).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError) as error:
        raise ValueError(
            f"-o {folder}: the folder holds other files: name an empty or a new one."
        ) from error
    for name in names:
        # Only what an edition may have written, whatever the list says.
        if isinstance(name, str) and re.fullmatch(r"(?:[\w-]+/)*[\w-]+\.\w+", name):
            (folder / name).unlink(missing_ok=True)
    for inner in sorted((path for path in folder.rglob("*") if path.is_dir()), reverse=True):
        if not any(inner.iterdir()):
            os.rmdir(inner)
