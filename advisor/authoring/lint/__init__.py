"""Lints: what a rule base can be blamed for without being wrong."""
