"""A Streamlit server that notes where its time goes: a thread looks at all others now and then.

``python -m benchmarks.sampled_server run app.py`` is ``streamlit run app.py``; SIGUSR1 begins a
profile, SIGUSR2 prints it. What a thread has computed since the last look, by the kernel's own
count, is put down to where it is now; so nobody who waits is counted. It needs Linux.
"""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from types import FrameType

__all__ = ["BEGIN", "END", "PROFILE_FOLLOWS"]

BEGIN, END = signal.SIGUSR1, signal.SIGUSR2
PROFILE_FOLLOWS = "Where the processor's time went:"
EVERY = 0.005
SHOWN = 60


class Sampler(threading.Thread):
    """Counts which functions are on the way to what runs."""

    def __init__(self) -> None:
        super().__init__(daemon=True, name="sampler")
        self.begin()

    def begin(self, *_: object) -> None:
        self.start_time = time.perf_counter()
        self.computed = {
            thread.native_id: _nanoseconds(thread.native_id) for thread in threading.enumerate()
        }
        self.inclusive: Counter[str] = Counter()
        self.own: Counter[str] = Counter()

    def run(self) -> None:
        while True:
            time.sleep(EVERY)
            self.look()

    def look(self) -> None:
        frames = sys._current_frames()
        for thread in threading.enumerate():
            frame = frames.get(thread.ident or 0)
            if frame is None or thread is self:
                continue
            so_far, before = _nanoseconds(thread.native_id), self.computed.get(thread.native_id, 0)
            spent = so_far - before if so_far >= before else so_far  # a new one with an old number
            self.computed[thread.native_id] = so_far
            if spent:
                self.own[_name(frame)] += spent
                for name in {_name(caller) for caller in _callers(frame)}:
                    self.inclusive[name] += spent

    def end(self, *_: object) -> None:
        total, wall = self.own.total(), time.perf_counter() - self.start_time
        print(f"{PROFILE_FOLLOWS} {total / 1e9:.1f} s of {wall:.1f} s")
        for heading, counts in (("inclusive", self.inclusive), ("itself", self.own)):
            print(f"\n{heading}")
            for name, count in counts.most_common(SHOWN):
                print(f"{count / total:7.1%}  {name}")
        print(flush=True)


def _nanoseconds(thread: int | None) -> int:
    """Return how long a thread has computed so far."""
    try:
        text = Path(f"/proc/self/task/{thread}/schedstat").read_text(encoding="ascii")
    except OSError:  # it is over
        return 0
    return int(text.split()[0])


def _name(frame: FrameType) -> str:
    code = frame.f_code
    return f"{'/'.join(Path(code.co_filename).parts[-3:])}:{code.co_qualname}"


def _callers(frame: FrameType | None) -> list[FrameType]:
    found = []
    while frame is not None:
        found.append(frame)
        frame = frame.f_back
    return found


def main() -> None:
    from streamlit.web.cli import main as streamlit

    sampler = Sampler()
    signal.signal(BEGIN, sampler.begin)
    signal.signal(END, sampler.end)
    sampler.start()
    streamlit()


if __name__ == "__main__":
    main()
