"""A phone finds its seat again: the browser keeps the seat of a class for a day."""
