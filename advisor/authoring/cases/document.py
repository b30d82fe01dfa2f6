"""What came of testing a rule base → the JSON of the contract, which the text is made of too."""

from __future__ import annotations

from advisor.authoring.cases.coverage import Coverage
from advisor.authoring.cases.mutation import Mutation
from advisor.authoring.cases.run import Case, Failure


def testing_document(
    cases: tuple[Case, ...],
    failed: tuple[Failure, ...],
    coverage: Coverage | None,
    mutation: Mutation | None,
) -> dict[str, object]:
    """The JSON of the contract, with a little more in each part; None for what was not done."""
    return {
        "cases": len(cases),
        "passed": len(cases) - sum(each.kind == "case" for each in failed),
        "failed": [
            {
                "kind": each.kind,
                "name": each.name,
                "file": each.place.file,
                "line": each.place.line,
                "wrong": list(each.wrong),
            }
            for each in failed
        ],
        "coverage": _coverage(coverage) if coverage else None,
        "mutation": _mutation(mutation) if mutation else None,
    }


def _coverage(coverage: Coverage) -> dict[str, object]:
    return {
        "rules": coverage.rules_percent,
        "conditions": coverage.conditions_percent,
        "never_fired": list(coverage.never_fired),
        "only_by_example": list(coverage.only_by_example),
        "half_seen": [
            {"owner": each.owner, "condition": each.words, "never": each.never}
            for each in coverage.half_seen
        ],
    }


def _mutation(mutation: Mutation) -> dict[str, object]:
    return {
        "score": mutation.score,
        "tried": mutation.tried,
        "noticed_by_example": mutation.by_example,
        "noticed_by_case": mutation.by_case,
        "survivors": [
            {
                "owner": each.owner,
                "kind": each.kind,
                "change": each.words,
                "file": each.place.file,
                "line": each.place.line,
            }
            for each in mutation.survivors
        ],
    }
