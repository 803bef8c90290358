"""Telephone: chains of learners, each shown a few draws from the answer of the one before."""
