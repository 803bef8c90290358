"""Guess together: one question of a page, answered by all phones, shown on the wall."""
