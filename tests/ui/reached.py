"""What a value keeps alive, however it gets there."""

import gc
import sys
import types

import numpy as np

__all__ = ["bytes_reached"]

NO_READERS = (type, types.ModuleType, types.FrameType)


def bytes_reached(value, shared=()):
    """Return the bytes of all that a value keeps alive, and the names of the largest part's way."""
    seen, waiting, total, largest = {id(item) for item in shared}, [(value, "")], 0, (0, "")
    while waiting:
        item, way = waiting.pop()
        if id(item) in seen or isinstance(item, NO_READERS):
            continue
        seen.add(id(item))
        is_view = isinstance(item, np.ndarray) and item.base is not None
        size = 0 if is_view else sys.getsizeof(item)
        total, largest = total + size, max(largest, (size, way))
        waiting.extend((held, f"{way} > {type(item).__name__}") for held in held_by(item))
    return total, largest[1]


def held_by(item):
    """Return what an item keeps alive; of a function what it closes over, not its module."""
    if isinstance(item, np.ndarray):
        return [item.base]
    if isinstance(item, types.FunctionType):
        return [cell.cell_contents for cell in item.__closure__ or () if holds_something(cell)]
    return gc.get_referents(item)


def holds_something(cell):
    try:
        return cell.cell_contents is not cell
    except ValueError:  # not set yet
        return False
