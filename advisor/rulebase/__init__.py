"""The shapes of a rule base, and the road from YAML files to them."""
