"""A rule base made ready to run: its conditions as one function, its effects as tables."""
