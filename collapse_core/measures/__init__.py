"""What is measured on samples, runs, texts and images.

Numbers are checked: one out of range raises a ``ValueError`` that names it, its range and a remedy.
"""
