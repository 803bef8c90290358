"""An image within a figure, made as small as a map needs it."""

from __future__ import annotations

import base64
import io

from collapse_core.extras import extra

__all__ = ["small_image"]

MOST_COLOURS = 32


def small_image(source: str, across: int) -> str:
    """Return an image with fewer pixels and colours, as an address that begins with "data:".

    Parameters
    ----------
    source : str
        The image, as such an address.
    across : int
        Pixels in a row, at most.

    Raises
    ------
    ValueError
        If the source is no such address.
    """
    head, _, packed = source.partition(";base64,")
    if not head.startswith("data:image/") or not packed:
        raise ValueError('source must be an image that begins with "data:image/", in base64.')
    with extra("images"):
        from PIL import Image

    image = Image.open(io.BytesIO(base64.b64decode(packed))).convert("RGBA")
    if image.width > across:
        down = max(1, round(image.height * across / image.width))
        image = image.resize((across, down), Image.Resampling.BOX)
    stream = io.BytesIO()
    image.quantize(MOST_COLOURS).save(stream, format="PNG", optimize=True)
    return "data:image/png;base64," + base64.b64encode(stream.getvalue()).decode()
