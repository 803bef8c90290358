"""Slows the trying of codes, by address and in all; who is in already is let in all the same.

Only wrong codes count, and while they are slowed a newcomer with a right one may have to wait too:
behind one address a code cannot be told from the thousandth try. A whole school often has one
address, and a tenth of a class mistypes: an address may be wrong many times before it is slowed,
and then still now and then. A visit that has not been wrong yet comes in where its address is
slowed already, up to a reserve. A code that was wrong lately is free: a page that is drawn again,
or all phones of a class that has ended, try nothing new. Everything is kept in memory, by this
process alone, and is bounded in size; a replica counts by itself, so that two of them let twice as
many through.

There are 47 million codes. At one wrong code a second, somebody who tries for a whole day meets one
class that is open with a probability of 0.2 %; and who is in can do nothing but answer.
"""

from __future__ import annotations

import ipaddress
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

__all__ = ["TRIES", "Slowed", "Tries"]

Found = TypeVar("Found")

IN_ALL, IN_ALL_PER_SECOND = 300.0, 1.0
PER_ADDRESS, PER_ADDRESS_PER_SECOND = 60.0, 0.25
PER_VISIT, PER_VISIT_PER_SECOND = 8.0, 0.2
RESERVE = 60.0  # of an address, for visits that have not been wrong
MOST_KEPT = 4096  # addresses, visits, and codes
FORGOTTEN_AFTER = 600.0  # seconds in which a wrong code is free


class Slowed(Exception):  # noqa: N818 - it is no error to be asked to wait
    """This try has to wait.

    Attributes
    ----------
    seconds : float
        After which it may be made again; above 0.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Too many wrong codes: try again in {seconds:.0f} seconds.")
        self.seconds = seconds


@dataclass
class _Bucket:
    """Tries that are left: it fills by itself, up to the brim."""

    brim: float
    per_second: float
    at: float
    left: float

    def filled(self, now: float) -> _Bucket:
        """Let it fill; a clock that goes back fills nothing, and takes nothing."""
        gained = max(0.0, now - self.at) * self.per_second
        self.left, self.at = min(self.brim, self.left + gained), now
        return self

    def wait(self, reserve: float = 0.0) -> float:
        """Return the seconds until one try is left."""
        return max(0.0, 1.0 - self.left - reserve) / self.per_second


class Tries:
    """Counts wrong codes. Threads may share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._all = _Bucket(IN_ALL, IN_ALL_PER_SECOND, 0.0, IN_ALL)
        self._addresses: OrderedDict[str, _Bucket] = OrderedDict()
        self._visits: OrderedDict[str, _Bucket] = OrderedDict()
        self._wrong: OrderedDict[str, float] = OrderedDict()

    def look_up(
        self,
        find: Callable[[str], Found | None],
        code: str,
        address: str | None,
        now: float,
        visit: str = "",
    ) -> Found | None:
        """Look a code up, unless too many wrong ones were tried.

        Parameters
        ----------
        find : callable
            Takes the code; returns what it opens, or None.
        code : str
            As `ui.classroom.store.plain_code` writes it; the empty text opens nothing.
        address : str or None
            Where the try comes from; all whose address is not known share one.
        now : float
            Seconds by any clock; it may go back.
        visit : str
            Names one visit of a browser, by something that its reader cannot choose. Without it
            the visit has no reserve.

        Returns
        -------
        object or None
            What the code opens.

        Raises
        ------
        Slowed
            If it has to wait. The code was not looked up.
        """
        if not code:
            return None
        if self._was_wrong(code, now):
            return find(code)
        with self._lock:
            taken = self._take(_network(address), visit, now)
        found = find(code)
        with self._lock:
            if found is None:
                _remember(self._wrong, code, now)
            else:  # only wrong ones count
                for bucket in taken:
                    bucket.left = min(bucket.brim, bucket.left + 1.0)
                if visit in self._visits and self._visits[visit].left >= PER_VISIT:
                    del self._visits[visit]
        return found

    def kept(self) -> int:
        """Return how many addresses, visits and codes are in memory."""
        return len(self._addresses) + len(self._visits) + len(self._wrong)

    def _was_wrong(self, code: str, now: float) -> bool:
        with self._lock:
            since = self._wrong.get(code)
            return since is not None and abs(now - since) < FORGOTTEN_AFTER

    def _take(self, address: str, visit: str, now: float) -> list[_Bucket]:
        """Take one try from everybody concerned, or say how long it has to wait."""
        of_address = self._addresses.get(address) or _Bucket(
            PER_ADDRESS, PER_ADDRESS_PER_SECOND, now, PER_ADDRESS
        )
        buckets = [self._all.filled(now), of_address.filled(now)]
        fresh = visit and visit not in self._visits
        waits = [self._all.wait(), of_address.wait(RESERVE if fresh else 0.0)]
        of_visit = None
        if visit:
            of_visit = self._visits.get(visit) or _Bucket(
                PER_VISIT, PER_VISIT_PER_SECOND, now, PER_VISIT
            )
            buckets.append(of_visit.filled(now))
            waits.append(of_visit.wait())
        if max(waits) > 0.0:
            raise Slowed(max(waits))
        for bucket in buckets:
            bucket.left -= 1.0
        _remember(self._addresses, address, of_address)
        if of_visit is not None:
            _remember(self._visits, visit, of_visit)
        return buckets


Kept = TypeVar("Kept")


def _remember(kept: OrderedDict[str, Kept], key: str, value: Kept) -> None:
    """Keep a value as the newest; the oldest one goes if there are too many."""
    kept[key] = value
    kept.move_to_end(key)
    if len(kept) > MOST_KEPT:
        kept.popitem(last=False)


def _network(address: str | None) -> str:
    """Return an address, of IPv6 the network of 64 bits: one household has all of it."""
    try:
        known = ipaddress.ip_address((address or "").partition("%")[0])
    except ValueError:
        return ""
    if isinstance(known, ipaddress.IPv6Address):
        if known.ipv4_mapped:
            return str(known.ipv4_mapped)
        return str(ipaddress.ip_network((known, 64), strict=False))
    return str(known)


TRIES = Tries()
"""Of this process."""
