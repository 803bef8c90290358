"""``python -m collapse_core.drift``: the same as the command ``collapse-drift``."""

from __future__ import annotations

import sys

from collapse_core.drift.command import main

if __name__ == "__main__":
    sys.exit(main())
