"""What the page on teaching needs of the screen: one file for each of its views."""
