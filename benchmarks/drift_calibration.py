"""How often the monitor of drift is wrong, over many series of each kind, kept as data.

Run with ``python -m benchmarks.drift_calibration``; it takes some minutes, and writes
``collapse_core/drift/calibration.json``. ``--series 20`` tries whether it works; ``--json`` says
where the results go.
"""

from __future__ import annotations

import argparse
import datetime
import json
import platform
import time
from pathlib import Path

import numpy as np

from collapse_core.drift.calibration import COLUMNS, FILE, ROWS, SCENARIOS, run_scenario, summary

SERIES = 200


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.drift_calibration", description=__doc__
    )
    parser.add_argument("--series", type=int, default=SERIES, help="how many of each kind")
    parser.add_argument("--json", type=Path, default=FILE, help="where the results go")
    asked = parser.parse_args()
    results = {}
    for scenario in SCENARIOS:
        begun = time.perf_counter()
        results[scenario.key] = found = summary(scenario, run_scenario(scenario, asked.series))
        took = time.perf_counter() - begun
        print(
            f"{scenario.key:42} alarm {found['alarm']:.3f} ± {found['alarm_error']:.3f}, collapse "
            f"{found['collapse']:.3f} ± {found['collapse_error']:.3f}  ({took:.0f} s)",
            flush=True,
        )
    made = {
        "date": datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
        "false_alarm": 0.05,
        "series": asked.series,
        "first_seed": 0,
        "rows": ROWS,
        "columns": COLUMNS,
        "python": platform.python_version(),
        "numpy": np.__version__,
    }
    text = json.dumps({"made": made, "scenarios": results}, indent=1, sort_keys=True)
    asked.json.write_text(text + "\n", encoding="utf-8")
    print(f"written to {asked.json}")


if __name__ == "__main__":
    main()
