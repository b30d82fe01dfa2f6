"""The road from YAML files to the shapes of a rule base: read, checked, built."""
