"""Two rule bases → people who meet what was edited, where there is no solver.

For each rule that is not the same in both, one person for each way to pass or fail its
comparisons, on top of someone with nothing to report and of someone of whom nothing is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from advisor.authoring.diff.changes import Answers
from advisor.authoring.diff.entries import edits
from advisor.authoring.diff.witnesses import meeting_all, well_of
from advisor.rulebase.shapes import RuleBase

MOST = 3000  # people tried for one rule


def people(old: RuleBase, new: RuleBase) -> Iterator[Answers]:
    """People who meet what was edited, and the one with nothing to report."""
    yield well_of(old, new)
    edited = {each.id: each.when for each in edits(old, new) if each.section == "rules"}
    for conditions in edited.values():
        yield from islice(meeting_all(conditions, old, new), MOST)
