"""Facts → findings: which rules hold, which do not, and which are still open.

A rule that is neither true nor unknown is false. What an unknown means is decided by the kind
of each effect: a restricting one applies unless it is known false, an informing one only when
it is known true.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import assert_never

from advisor.answers import UNSURE, Facts
from advisor.engine.ready import Spaces, program_of, read_by, spaces_of, table_of
from advisor.rulebase.bits import mask_of
from advisor.rulebase.exactness import domains
from advisor.rulebase.shapes import All, Any, Comparison, Condition, Finding, Named, Not, RuleBase
from advisor.rulebase.truth import compare, truth

Said = dict[str, int | str | None]  # answers by question: a code, `unsure`, or none


@dataclass(frozen=True)
class Findings:
    """The rules that are true and those that are unknown: two sets, as bit masks over the rules."""

    true: int
    unknown: int

    @property
    def possible(self) -> int:
        """The rules that are not false."""
        return self.true | self.unknown


def conclude(facts: Facts, rules: RuleBase) -> Findings:
    """Decide every rule of the rule base for one person."""
    return Findings(*program_of(rules).conclude(facts.values))


def pending(
    condition: Condition, answers: Mapping[str, int | None], findings: Mapping[str, Finding]
) -> tuple[str, ...]:
    """The unknown facts that a condition still waits for (none if it is already decided)."""
    return _decide(condition, answers, findings)[1]


def waits_for(rule: int, facts: Facts, rules: RuleBase) -> int:
    """The questions that an unknown rule still waits for, a mask.

    It depends on the answers to the rule's own questions, and those repeat: it is kept.
    """
    return table_of(_waits, rules)[rule, program_of(rules).read[rule](facts.values)]


def _waits(rules: RuleBase, key: tuple[int, object]) -> int:
    rule, answers = key
    known = {rules.questions[n].id: code for n, code in read_by(rule, answers, rules).items()}
    waiting = pending(rules.rules[rule].when, known, rules.finding)
    return mask_of(rules.question_position[fact] for fact in waiting)


def _decide(
    condition: Condition, answers: Mapping[str, int | None], findings: Mapping[str, Finding]
) -> tuple[bool | None, tuple[str, ...]]:
    """The truth of a condition, and while it is unknown, what it waits for."""
    match condition:
        case Comparison(fact):
            value = answers.get(fact)
            return (None, (fact,)) if value is None else (compare(condition, value), ())
        case Named(finding):
            return _decide(findings[finding].when, answers, findings)
        case Not(part):
            value, waiting = _decide(part, answers, findings)
            return (None if value is None else not value), waiting
        case All(parts):
            return _join((_decide(part, answers, findings) for part in parts), decides=False)
        case Any(parts):
            return _join((_decide(part, answers, findings) for part in parts), decides=True)
        case _:
            assert_never(condition)


def _join(
    parts: Iterator[tuple[bool | None, tuple[str, ...]]], *, decides: bool
) -> tuple[bool | None, tuple[str, ...]]:
    """Decided as soon as one part has the deciding value; else it waits for all that wait."""
    facts: dict[str, None] = {}
    for value, waiting in parts:
        if value is decides:
            return decides, ()
        facts.update(dict.fromkeys(waiting))
    return (None if facts else not decides), tuple(facts)


def grounds(
    condition: Condition, answers: Mapping[str, int | None], findings: Mapping[str, Finding]
) -> tuple[str, ...]:
    """The facts, known or not, that make a condition what it is: its shortest defense."""
    value = truth(condition, answers, findings)
    match condition:
        case Comparison(fact):
            return (fact,)
        case Named(finding):
            return grounds(findings[finding].when, answers, findings)
        case Not(part):
            return grounds(part, answers, findings)
        case All(parts) | Any(parts):
            same = [part for part in parts if truth(part, answers, findings) == value]
            if value is None and isinstance(condition, All):
                same = list(parts)
            every = (fact for part in same for fact in grounds(part, answers, findings))
            return tuple(dict.fromkeys(every))
        case _:
            assert_never(condition)


def can_be_settled(rule: int, facts: Facts, rules: RuleBase) -> bool:
    """Whether answering questions not asked yet could make an unknown rule false."""
    return _can_become(rule, facts, rules, wanted=False)


def can_become_true(rule: int, facts: Facts, rules: RuleBase) -> bool:
    """Whether answering questions not asked yet could make an unknown rule true."""
    return _can_become(rule, facts, rules, wanted=True)


def finding_can_become_true(finding: str, facts: Facts, rules: RuleBase) -> bool:
    """Whether answering questions not asked yet could make an unknown finding true."""
    when = Named(finding)
    spaces = domains(when, rules.finding, rules.question)
    said = {fact: facts.codes[rules.question_position[fact]] for fact in spaces}
    return _could_be(when, spaces, said, rules, wanted=True)


def _said(rule: int, facts: Facts, rules: RuleBase) -> object:
    """The answers to the questions that a rule reads, `unsure` among them."""
    return program_of(rules).read[rule](facts.codes)


def _by_name(rule: int, said: object, rules: RuleBase) -> Said:
    return {rules.questions[place].id: code for place, code in read_by(rule, said, rules).items()}


def _can_become(rule: int, facts: Facts, rules: RuleBase, *, wanted: bool) -> bool:
    """Whether answers to questions not asked yet could decide an unknown rule this way.

    What waits only for questions not asked can go either way, as conditions are exact.
    """
    if facts.not_sure.isdisjoint(program_of(rules).facts[rule]):
        return True
    return table_of(_could_become, rules)[rule, wanted, _said(rule, facts, rules)]


def _could_become(rules: RuleBase, key: tuple[int, bool, object]) -> bool:
    rule, wanted, said = key
    by_name = _by_name(rule, said, rules)
    return _could_be(rules.rules[rule].when, spaces_of(rule, rules), by_name, rules, wanted=wanted)


def _could_be(
    condition: Condition, spaces: Spaces, said: Said, rules: RuleBase, *, wanted: bool
) -> bool:
    """Whether some answers to what was not asked decide a condition so; doubts stay doubts."""
    if UNSURE not in said.values():
        return True  # conditions are exact
    known = _known(said)
    askable = [fact for fact in spaces if said[fact] is None]
    return any(
        truth(condition, {**known, **dict(zip(askable, values, strict=True))}, rules.finding)
        is wanted
        for values in product(*(spaces[fact] for fact in askable))
    )


def _known(said: Said) -> dict[str, int | None]:
    return {fact: code if isinstance(code, int) else None for fact, code in said.items()}


def applies_wherever(other: int, rule: int, facts: Facts, rules: RuleBase) -> bool:
    """Whether a rule is at least as true as another one, however the open questions are answered.

    Only what waits for no more questions than the other one is looked at: the rest has a way out.
    """
    if waits_for(other, facts, rules) & ~waits_for(rule, facts, rules):
        return False
    key = other, rule, _said(other, facts, rules), _said(rule, facts, rules)
    return table_of(_applies_wherever, rules)[key]


def _applies_wherever(rules: RuleBase, key: tuple[int, int, object, object]) -> bool:
    other, rule, *both = key
    narrow, wide = rules.rules[rule].when, rules.rules[other].when
    said = _by_name(other, both[0], rules) | _by_name(rule, both[1], rules)
    spaces = domains(All((narrow, wide)), rules.finding, rules.question)
    known = _known(said)
    askable = [fact for fact in spaces if said[fact] is None]
    for values in product(*((*spaces[fact], None) for fact in askable)):
        known.update(zip(askable, values, strict=True))
        if _rank(wide, known, rules) < _rank(narrow, known, rules):
            return False
    return True


def _rank(when: Condition, answers: Mapping[str, int | None], rules: RuleBase) -> int:
    """False, unknown and true, in this order."""
    return {False: 0, None: 1, True: 2}[truth(when, answers, rules.finding)]
