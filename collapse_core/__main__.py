"""``python -m collapse_core``: pictures, tables and notebooks of every page without the app."""

from __future__ import annotations

import sys

from collapse_core.command.main import main

if __name__ == "__main__":
    sys.exit(main())
