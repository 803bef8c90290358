"""The home page: one live run."""
