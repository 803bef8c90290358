"""Sentences computed from results: numbers from a report, words from a lesson."""
