"""What those who use the keyboard need of every page: a way to the picture, and their place."""
