"""How fast the generations of a text are, beside a plain loop that writes one word at a time.

The plain loop counts words in dictionaries and draws each word with `random.choices`, as most
teaching code does; it measures nothing. Run with ``python -m benchmarks.topics.language``. One
thread: set OMP_NUM_THREADS=1 before.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict

from benchmarks.timing import fastest
from collapse_core.models.ngram import END
from collapse_core.topics.language.question import Language


def plain_loop(experiment: Language) -> None:
    """Fit and write, generation after generation, one word at a time."""
    rng = random.Random(experiment.seed)
    text = [token for row in experiment.start().text for token in row.tolist()]
    for _ in range(experiment.generations):
        followers: defaultdict[tuple[int, ...], Counter[int]] = defaultdict(Counter)
        for token, context in contexts(text, experiment.order):
            followers[context][token] += 1
        text = written(followers, experiment.order, experiment.sample_size, rng)


def contexts(text: list[int], order: int) -> list[tuple[int, tuple[int, ...]]]:
    """Return each token with those before it in its sentence."""
    found, sentence = [], []
    for token in text:
        found.append((token, tuple(sentence[len(sentence) - order + 1 :] if order > 1 else ())))
        sentence = [] if token == END else [*sentence[-order:], token]
    return found


def written(
    followers: dict[tuple[int, ...], Counter[int]], order: int, size: int, rng: random.Random
) -> list[int]:
    """Return a text of so many tokens."""
    text: list[int] = []
    sentence: list[int] = []
    while len(text) < size:
        context = tuple(sentence[len(sentence) - order + 1 :] if order > 1 else ())
        known = followers.get(context)
        if known is None:  # only the cut end of the text was ever followed by nothing
            sentence = []
            continue
        token = rng.choices(list(known), list(known.values()))[0]
        text.append(token)
        sentence = [] if token == END else [*sentence[-order:], token]
    return text


def bare(experiment: Language) -> None:
    """Fit and write with this project's model, and measure nothing."""
    for _ in experiment.loop().iterate(experiment.seed):
        pass


def line(name: str, experiment: Language) -> None:
    """Print the times of one experiment."""
    plain = fastest(lambda: plain_loop(experiment))
    loop, measured = fastest(lambda: bare(experiment)), fastest(experiment.run)
    print(f"{name:44} {plain:8.0f} ms {loop:8.0f} ms {measured:8.0f} ms {plain / loop:7.1f}")


if __name__ == "__main__":
    print(f"{'':44} {'plain loop':>11} {'loop':>11} {'measured':>11} {'ratio':>7}")
    line("story, order 3, N = 3000, 20 generations", Language())
    line("story, order 1, N = 3000, 20 generations", Language(order=1))
    line("story, letters, order 4, N = 3000", Language(unit="letters", order=4))
    reference = {"corpus": "reference", "corpus_words": 30_000, "sample_size": 50_000}
    line("reference, order 3, N = 50,000", Language(**reference))
    line("reference, order 1, N = 50,000", Language(**reference, order=1))
