"""``python -m collapse_core``: pictures, tables and notebooks of every page without the app."""
