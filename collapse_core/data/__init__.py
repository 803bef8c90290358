"""What models are trained on: points, images, texts, names; built in or brought by the reader.

Numbers are checked: one out of range raises a ``ValueError`` that names it, its range and a remedy.
"""
