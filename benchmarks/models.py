"""How long the experiments with models of rows take: start, first generation, all of them.

Run with ``python -m benchmarks.models``. Each experiment is run with its defaults and ten
generations in a process of its own, so that the first generation pays for loading what it needs, as
on a page that was just started. Beside it stands the bare work, fits and draws without measures,
and how often that is spent on measures.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

GENERATIONS = 10


def in_the_plane(model: str) -> Callable[[], tuple[Any, list[Any]]]:
    def make() -> tuple[Any, list[Any]]:
        from collapse_core.topics.any_model.question import AnyModel

        task = AnyModel(model=model, generations=GENERATIONS)  # type: ignore[arg-type]
        return task, [(task.loop(), task.seed)]

    return make


def text(**settings: Any) -> Callable[[], tuple[Any, list[Any]]]:
    def make() -> tuple[Any, list[Any]]:
        from collapse_core.topics.language.question import Language

        task = Language(generations=GENERATIONS, **settings)
        return task, [(task.loop(), task.seed)]

    return make


def images(**settings: Any) -> Callable[[], tuple[Any, list[Any]]]:
    def make() -> tuple[Any, list[Any]]:
        from collapse_core.topics.digits_photographs.question import DigitsPhotographs

        task = DigitsPhotographs(generations=GENERATIONS, **settings)
        names = () if task.chained else tuple(task.image_sets())
        return task, [(task.build_loop(name), task.seed) for name in names]

    return make


# What is run, and the goal in seconds for all generations.
EXPERIMENTS: dict[str, tuple[Callable[[], tuple[Any, list[Any]]], float]] = {
    "plane, mixture": (in_the_plane("mixture"), 3.0),
    "plane, kernel density": (in_the_plane("kernel"), 3.0),
    "plane, linear autoencoder": (in_the_plane("pca"), 1.0),
    "plane, variational autoencoder": (in_the_plane("vae"), 3.0),
    "text, words": (text(), 2.0),
    "text, words, order 2, smoothed": (text(order=2, smoothing="interpolation"), 2.0),
    "images, linear, chain": (images(), 1.0),
    "images, linear, retraining": (images(loop="retraining"), 1.0),
    "images, mixture, retraining": (images(model="mixture", loop="retraining"), 15.0),
    "images, variational, retraining": (images(model="vae", loop="retraining"), 15.0),
}


def measure(name: str) -> None:
    began = time.perf_counter()
    task, loops = EXPERIMENTS[name][0]()
    steps = [task.start()]
    started = time.perf_counter() - began
    while len(steps) <= task.total:
        steps.append(task.after(steps, lambda share: None))
        if len(steps) == 2:
            first = time.perf_counter() - began
    whole = time.perf_counter() - began
    began = time.perf_counter()
    for loop, seed in loops:
        for _ in loop.iterate(seed):
            pass
    bare = time.perf_counter() - began
    ratio = (
        f"{(whole - first) / (GENERATIONS - 1) / (bare / GENERATIONS):6.1f}" if loops else "     -"
    )
    goal = EXPERIMENTS[name][1]
    print(
        f"{name:34} {started:6.2f} s {first:6.2f} s {whole:6.2f} s {goal:5.0f} s  {ratio}",
        flush=True,
    )


def main(*chosen: str) -> None:
    if len(chosen) == 1 and chosen[0] in EXPERIMENTS:
        measure(chosen[0])
        return
    print(f"{GENERATIONS} generations, seconds since the experiment was asked for")
    print(f"{'':34} {'start':>8} {'first':>8} {'all':>8} {'goal':>7}  all / bare loop")
    for name in EXPERIMENTS:
        subprocess.run([sys.executable, "-m", "benchmarks.models", name], check=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
