"""`python -m advisor` is `legday`."""

from advisor.cli import main

main()
