"""Facts so far → facts, by asking: what to ask next, and the conversation at the terminal."""
