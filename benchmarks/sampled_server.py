"""A Streamlit server that notes where its time goes: a thread looks at all others now and then.

``python -m benchmarks.sampled_server run app.py`` is ``streamlit run app.py``; SIGUSR1 begins a
profile, SIGUSR2 prints it. What waits for something is left out; where several threads want the
one interpreter, each gets its part of the sample.
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
PROFILE_FOLLOWS = "profile, parts of the busy time, inclusive:"
EVERY = 0.005
# Where a thread sits that has nothing to do.
WAITING = {
    ("threading.py", "wait"),
    ("threading.py", "_wait_for_tstate_lock"),
    ("threading.py", "acquire"),
    ("selectors.py", "select"),
    ("thread.py", "_worker"),
    ("queue.py", "get"),
    ("polling_path_watcher.py", "task"),
}


class Sampler(threading.Thread):
    """Counts which functions are on the way to what runs."""

    def __init__(self) -> None:
        super().__init__(daemon=True, name="sampler")
        self.begin()

    def begin(self, *_: object) -> None:
        self.looks, self.busy = 0, 0.0
        self.inclusive: Counter[str] = Counter()
        self.own: Counter[str] = Counter()

    def run(self) -> None:
        while True:
            time.sleep(EVERY)
            self.look()

    def look(self) -> None:
        mine = threading.get_ident()
        frames = [frame for key, frame in sys._current_frames().items() if key != mine]
        running = [frame for frame in frames if not _waits(frame)]
        self.looks += 1
        self.busy += bool(running)
        for frame in running:
            part = 1.0 / len(running)
            for name in {_name(caller) for caller in _callers(frame)}:
                self.inclusive[name] += part
            self.own[_name(frame)] += part

    def end(self, *_: object) -> None:
        print(f"{PROFILE_FOLLOWS} busy at {self.busy / self.looks:.0%} of {self.looks} looks")
        for heading, counts in (("inclusive", self.inclusive), ("itself", self.own)):
            print(f"\n{heading}")
            for name, count in counts.most_common(60):
                print(f"{count / self.busy:7.1%}  {name}")
        print(flush=True)


def _waits(frame: FrameType) -> bool:
    code = frame.f_code
    return (Path(code.co_filename).name, code.co_name) in WAITING


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
