"""What came of testing a rule base → the JSON of the contract, which the text is made of too."""

from __future__ import annotations

from advisor.authoring.cases.coverage import Coverage
from advisor.authoring.cases.mutation import Mutation
from advisor.authoring.cases.run import Case, Failure
from advisor.json_text import Json
from advisor.rulebase.shapes import Place


def testing_document(
    cases: tuple[Case, ...],
    failed: tuple[Failure, ...],
    coverage: Coverage | None,
    mutation: Mutation | None,
    met: tuple[int, dict[str, int]] | None,
) -> Json:
    """The JSON of the contract, with a little more in each part; None for what was not done."""
    return {
        "cases": len(cases),
        "passed": len(cases) - sum(each.kind == "case" for each in failed),
        "failed": [
            {"kind": each.kind, "name": each.name, **_at(each.place), "wrong": each.wrong}
            for each in failed
        ],
        "coverage": _coverage(coverage) if coverage else None,
        "mutation": _mutation(mutation) if mutation else None,
        **({"people": {"of": met[0], "rules": met[1]}} if met else {}),
    }


def _at(place: Place) -> Json:
    return {"file": place.file, "line": place.line}


def _coverage(coverage: Coverage) -> Json:
    return {
        "rules": coverage.rules_percent,
        "conditions": coverage.conditions_percent,
        "never_fired": coverage.never_fired,
        "only_by_example": coverage.only_by_example,
        "half_seen": [
            {"owner": each.owner, "condition": each.words, "never": each.never}
            for each in coverage.half_seen
        ],
    }


def _mutation(mutation: Mutation) -> Json:
    return {
        "score": mutation.score,
        "tried": mutation.tried,
        "noticed_by_example": mutation.by_example,
        "noticed_by_case": mutation.by_case,
        "survivors": [
            {"owner": each.owner, "kind": each.kind, "change": each.words, **_at(each.place)}
            for each in mutation.survivors
        ],
    }
