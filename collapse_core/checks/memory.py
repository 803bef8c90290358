"""Whether results fit into memory."""

from __future__ import annotations

__all__ = ["check_memory", "fits_memory"]

MOST_GIGABYTES = 4.0
ANY = 10**300  # as good as any larger one, and still a float
LONGEST_SHOWN = 80


def check_memory(name: str, value: int, numbers: int) -> None:
    """Check that results of so many numbers fit into memory.

    Parameters
    ----------
    name, value
        The parameter that makes them many, for the message.
    numbers
        How many there would be.

    Raises
    ------
    ValueError
        If they would take more than 4 GB; the message says how much.
    """
    if not fits_memory(numbers):
        gigabytes = 8e-9 * min(numbers, ANY)
        written = f"{value:,}"
        written = written if len(written) <= LONGEST_SHOWN else f"{written[: LONGEST_SHOWN - 3]}..."
        raise ValueError(
            f"{name}={written} is out of range: the results would take {gigabytes:,.1f} GB of "
            f"memory, and at most {MOST_GIGABYTES:g} are allowed. Choose fewer generations or "
            "replicates."
        )


def fits_memory(numbers: int) -> bool:
    """Return whether results of so many numbers are allowed: those of 4 GB or less."""
    return 8e-9 * min(numbers, ANY) <= MOST_GIGABYTES
