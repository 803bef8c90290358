"""What is known against the packages of an environment; what can be said where nobody can be asked.

    python .ci/audited.py PYTHON_OF_THE_ENVIRONMENT PIP_AUDIT

pip-audit says "No known vulnerabilities found", and ends with 0, also where its database answered
for no package at all. So its report is read: a package counts as looked up only if it is told what
was found for it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["SERVICES", "Audit", "audit", "main", "read_report"]

SERVICES = ("pypi", "osv")
CLEAN, TROUBLE, NOT_ASKED = 0, 1, 2
SECONDS = 300
# Told by the environment itself: name, version and licence of each package.
LISTING = """
from importlib.metadata import distributions

def licence(about):
    named = [kind.split(" :: ")[-1] for kind in about.get_all("Classifier") or ()
             if kind.startswith("License :: ")]
    told = about.get("License-Expression") or "; ".join(named) or about.get("License") or ""
    return (told.strip().splitlines() or ["not said"])[0][:60]

lines = {f"{each.metadata['Name']} {each.version}": licence(each.metadata)
         for each in distributions()}
for name in sorted(lines, key=str.lower):
    print(f"  {name:<36} {lines[name]}")
"""


@dataclass(frozen=True)
class Audit:
    """What a database said.

    Parameters
    ----------
    looked_up : int
        Packages for which it answered.
    unknown : tuple of str
        Packages for which it did not.
    known : tuple of str
        What is known against those that were looked up.
    """

    looked_up: int = 0
    unknown: tuple[str, ...] = ()
    known: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether every package was looked up."""
        return self.looked_up > 0 and not self.unknown


def read_report(text: str) -> Audit:
    """Return what a report of pip-audit says; nothing was looked up where it is none.

    Parameters
    ----------
    text : str
        Its output, as JSON.
    """
    try:
        packages = json.loads(text)["dependencies"]
        looked_up = [package for package in packages if "vulns" in package]
        unknown = tuple(package["name"] for package in packages if "vulns" not in package)
        known = tuple(
            f"{package['name']} {package['version']}: {found['id']}"
            f" (mended in {', '.join(found['fix_versions']) or 'no version yet'})"
            for package in looked_up
            for found in package["vulns"]
        )
    except (ValueError, KeyError, TypeError):
        return Audit()
    return Audit(len(looked_up), unknown, known)


def audit(python: str, program: str, service: str) -> Audit:
    """Ask one database about the packages of an environment."""
    folders = said(python, "-c", "import site; print(site.getsitepackages()[0])")[1]
    asked = ("--path", folders.strip(), "--format", "json", "--progress-spinner", "off")
    try:
        return read_report(said(program, "--vulnerability-service", service, *asked)[1])
    except subprocess.TimeoutExpired:
        return Audit()


def said(*command: str) -> tuple[int, str]:
    """Return the exit code and the output of a program; what it complains of is left out."""
    environment = {name: value for name, value in os.environ.items() if name != "PIP_QUIET"}
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=SECONDS, env=environment
    )
    return done.returncode, done.stdout


def main(python: str, program: str, services: Sequence[str] = SERVICES) -> int:
    """Ask one database after the other, until one answers for every package."""
    best = Audit()
    for service in services:
        best = max(best, audit(python, program, service), key=lambda found: found.looked_up)
        if best.whole:
            break
    for trouble in best.known:
        print(f".ci/audit: known: {trouble}")
    if best.whole:
        print(f".ci/audit: {best.looked_up} packages looked up, {len(best.known)} findings")
        return TROUBLE if best.known else CLEAN
    return stand_in(python, best, services)


def stand_in(python: str, best: Audit, services: Sequence[str]) -> int:
    """Say that not everything could be looked up, and what can be said all the same."""
    looked_up = f"{best.looked_up} packages" if best.looked_up else "no package"
    print(f".ci/audit: NOT AUDITED: {looked_up} could be looked up ({', '.join(services)}).")
    if best.looked_up:
        print(f".ci/audit: nothing is known of {', '.join(best.unknown)}.")
    print(".ci/audit: run it where the databases can be reached. What is installed:")
    print(said(python, "-c", LISTING)[1], end="")
    code, told = said(python, "-m", "pip", "check")
    print(f".ci/audit: pip check: {told.strip()}")
    return TROUBLE if code or best.known else NOT_ASKED


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
