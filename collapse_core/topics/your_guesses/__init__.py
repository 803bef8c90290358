"""A reader's own guesses, set beside the answers: how well intuition is calibrated."""
