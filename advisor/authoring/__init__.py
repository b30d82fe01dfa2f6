"""For the people who write rules: schema, trace, tests, proofs, differences."""
