"""The pictures of a live class: the chains on the wall, and the guesses of a class."""
