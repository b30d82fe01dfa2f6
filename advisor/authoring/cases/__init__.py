"""Cases: people and what they must be told, and whether that notices every rule."""
