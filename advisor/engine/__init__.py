"""A rule base made ready to run: its conditions as closures, its effects as tables."""
