"""A person's plan → why, why not, and what would have to change."""
