"""A page whose server went away goes on with another one, as it stands."""
