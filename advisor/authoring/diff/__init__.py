"""Two rule bases → what changed for people."""
