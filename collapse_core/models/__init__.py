"""Models that fit and sample data points: what the fast families cannot do.

Numbers are checked: one out of range raises a ``ValueError`` that names it, its range and a remedy.
"""
