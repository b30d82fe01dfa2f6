"""What a person did and how the back took it, kept in one SQLite file."""
