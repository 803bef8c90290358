"""The player: a picture with its clock, drawn by JavaScript that knows no framework."""
