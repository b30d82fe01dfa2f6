"""What a condition says: its truth under strong Kleene logic, and the facts it leans on.

Findings are looked up by name and evaluated in place, so a condition always reduces to
comparisons of facts. A fact without an answer is unknown, written None.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import assert_never

from advisor.rulebase.shapes import All, Any, Comparison, Condition, Finding, Named, Not

Answers = Mapping[str, int | None]
Findings = Mapping[str, Finding]


def compare(comparison: Comparison, value: int) -> bool:
    """Whether an encoded answer passes a comparison."""
    if comparison.operator == "is":
        return value in comparison.operand
    low, high = comparison.operand
    if comparison.operator == "between":
        return low <= value <= high
    return (value & high).bit_count() >= low


def truth(condition: Condition, answers: Answers, findings: Findings) -> bool | None:
    """True, False, or None for unknown (strong Kleene logic)."""
    match condition:
        case Comparison(fact):
            value = answers.get(fact)
            return None if value is None else compare(condition, value)
        case Named(finding):
            return truth(findings[finding].when, answers, findings)
        case Not(part):
            inner = truth(part, answers, findings)
            return None if inner is None else not inner
        case All(parts):
            return _join((truth(part, answers, findings) for part in parts), decides=False)
        case Any(parts):
            return _join((truth(part, answers, findings) for part in parts), decides=True)
        case _:
            assert_never(condition)


def _join(values: Iterator[bool | None], *, decides: bool) -> bool | None:
    """The deciding value if any part has it, else unknown if any is, else the other value."""
    unknown = False
    for value in values:
        if value is decides:
            return decides
        unknown = unknown or value is None
    return None if unknown else not decides


def inlined(condition: Condition, findings: Findings) -> Condition:
    """The same condition, with what the findings stand for in place of their names."""
    match condition:
        case Comparison():
            return condition
        case Named(finding):
            return inlined(findings[finding].when, findings)
        case Not(part):
            return Not(inlined(part, findings))
        case All(parts):
            return All(tuple(inlined(part, findings) for part in parts))
        case Any(parts):
            return Any(tuple(inlined(part, findings) for part in parts))
        case _:
            assert_never(condition)


def leaves(condition: Condition) -> Iterator[Comparison | Named]:
    """The comparisons and the findings that a condition is made of."""
    match condition:
        case Comparison() | Named():
            yield condition
        case Not(part):
            yield from leaves(part)
        case All(parts) | Any(parts):
            for part in parts:
                yield from leaves(part)
        case _:
            assert_never(condition)


def comparisons(condition: Condition, findings: Findings) -> Iterator[Comparison]:
    """Every comparison a condition leans on, through the findings it names."""
    for leaf in leaves(condition):
        if isinstance(leaf, Comparison):
            yield leaf
        else:
            yield from comparisons(findings[leaf.finding].when, findings)


def named(condition: Condition) -> Iterator[str]:
    """The findings that a condition names itself."""
    return (leaf.finding for leaf in leaves(condition) if isinstance(leaf, Named))


def names_in(condition: Condition) -> set[str]:
    """The facts and the findings that a condition names itself."""
    return {
        leaf.fact if isinstance(leaf, Comparison) else leaf.finding for leaf in leaves(condition)
    }


def facts_of(condition: Condition, findings: Findings) -> tuple[str, ...]:
    """The facts a condition leans on, each once, in the order they are met."""
    return tuple(dict.fromkeys(each.fact for each in comparisons(condition, findings)))
