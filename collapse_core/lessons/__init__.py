"""Lessons: every word a learner reads, and the numbers in it. Nothing here needs a screen."""
