"""Invariants → whether they hold for everyone, by an SMT solver and by the engine itself."""
