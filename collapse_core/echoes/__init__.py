"""Loops that send a thing through one frozen map again and again."""
