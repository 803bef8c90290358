"""Packages that only a part of the core needs, and what to install where one is missing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

__all__ = ["Extra", "extra"]

Extra = Literal["figures", "models", "images", "text", "cluster"]

_PROJECT = "model-collapse-explained"
_PACKAGE_OF = {"sklearn": "scikit-learn", "threadpoolctl": "scikit-learn", "PIL": "pillow"}


@contextmanager
def extra(name: Extra) -> Iterator[None]:
    """Import what an extra of the project brings; the error names the extra if it is missing.

    Parameters
    ----------
    name : {"figures", "models", "images", "text", "cluster"}
        The extra, as ``pyproject.toml`` calls it.

    Raises
    ------
    ModuleNotFoundError
        If a module of the extra is not installed.

    Examples
    --------
    >>> with extra("figures"):
    ...     import plotly.graph_objects as go
    """
    try:
        yield
    except ModuleNotFoundError as error:
        module = (error.name or name).partition(".")[0]
        package = _PACKAGE_OF.get(module, module)
        raise ModuleNotFoundError(
            f"This needs {package}: pip install '{_PROJECT}[{name}]'", name=error.name
        ) from error
