"""Conditions and effects → words: what a rule says, for people who read rules.

Reads the shapes of a rule base and nothing else. Ids are the words: `two_words` is "two words".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from advisor.rulebase import bits
from advisor.rulebase.shapes import Number, OneOf, Question, RuleBase, SomeOf, YesNo
from advisor.rulebase.shapes.conditions import All, Any, Comparison, Condition, Finding, Named, Not
from advisor.rulebase.shapes.effects import (
    LEVELS,
    USUAL,
    Advise,
    Apart,
    Avoid,
    Cap,
    Caution,
    Days,
    Effect,
    Hold,
    Level,
    Lines,
    Prefer,
    RestUntil,
    StepBack,
    Suspect,
)
from advisor.rulebase.truth import named


def spaced(name: str) -> str:
    """An id as words."""
    return name.replace("_", " ").replace("-", " ")


def joined(words: Iterable[str], last: str = "and") -> str:
    """A list in words: `a`, `a and b`, `a, b and c`."""
    every = list(words)
    return f" {last} ".join(filter(None, (", ".join(every[:-1]), every[-1]))) if every else ""


def condition_words(condition: Condition, rules: RuleBase) -> str:
    """A condition as a clause; a finding is named by what it means, in quotes."""
    match condition:
        case Comparison():
            return _comparison(condition, rules)
        case Named(finding):
            return f"“{rules.finding[finding].means}”"
        case Not(part):
            return _negation(part, rules)
        case All(parts):
            return " and ".join(_part(part, Any, rules) for part in parts) or "always"
        case Any(parts):
            return " or ".join(_part(part, All, rules) for part in parts) or "never"
        case _:
            assert_never(condition)


def _part(part: Condition, wrap: type[All | Any], rules: RuleBase) -> str:
    """One part of a list, in brackets where it is a list of the other kind."""
    words = condition_words(part, rules)
    return f"({words})" if isinstance(part, wrap) and len(part.parts) > 1 else words


def _negation(part: Condition, rules: RuleBase) -> str:
    match part:
        case Comparison(fact, "count", (1, mask)):
            question = rules.question[fact]
            if mask == _everything(question):
                return f"no {spaced(fact)}"
            chosen = _chosen(question, mask)
            return f"{_some(chosen, 'no', 'none')} in {spaced(fact)}"
        case Named():
            return f"not {condition_words(part, rules)}"
        case Comparison() | Not() | All() | Any():
            return f"not ({condition_words(part, rules)})"
        case _:
            assert_never(part)


def _comparison(test: Comparison, rules: RuleBase) -> str:
    question, name = rules.question[test.fact], spaced(test.fact)
    if test.operator == "is":
        return _is(question, test.operand, name)
    low, high = test.operand
    return _between(question, low, high) if test.operator == "between" else _count(question, test)


def _is(question: Question, operand: tuple[int, ...], name: str) -> str:
    if isinstance(question.type, SomeOf) and operand == (0,):
        return f"no {name}"
    return f"{name} is {'/'.join(_value(question, code) for code in operand)}"


def _value(question: Question, code: int) -> str:
    kind = question.type
    match kind:
        case YesNo() | Number():
            return kind.text(question, code)
        case SomeOf():
            return joined(_chosen(question, code))
        case OneOf():
            return spaced(kind.text(question, code))
        case _:
            assert_never(kind)


def _between(question: Question, low: int, high: int) -> str:
    name, least, most = spaced(question.id), question.text(low), question.text(high)
    if low == high:
        return f"{name} is {least}"
    if high >= question.maximum:
        return f"{name} at least {least}"
    return f"{name} at most {most}" if low <= question.minimum else f"{name} {least} to {most}"


def _count(question: Question, test: Comparison) -> str:
    least, mask = test.operand
    name, chosen = spaced(question.id), _chosen(question, mask)
    if mask == _everything(question):
        return f"any {name}" if least == 1 else f"at least {least} {name}"
    if least == 1:
        return f"{_some(chosen, '', 'one')} in {name}".strip()
    return f"at least {least} of {', '.join(chosen)} in {name}"


def _some(chosen: list[str], one: str, many: str) -> str:
    """Choices of a set: `bar`, `one of bar, band`."""
    return f"{one} {chosen[0]}".strip() if len(chosen) == 1 else f"{many} of {', '.join(chosen)}"


def _everything(question: Question) -> int:
    return (1 << len(question.choices)) - 1


def _chosen(question: Question, mask: int) -> list[str]:
    return [spaced(each.id) for each in bits.chosen(mask, question.choices)]


def findings_behind(condition: Condition, rules: RuleBase) -> Iterator[Finding]:
    """The findings a condition names, and those behind them, as they are met."""
    for name in named(condition):
        yield rules.finding[name]
        yield from findings_behind(rules.finding[name].when, rules)


def exercise_names(mask: int, rules: RuleBase) -> list[str]:
    """The names of the exercises in a bit mask, in the catalogue's order."""
    return [each.name for each in bits.chosen(mask, rules.exercises)]


def exercises_words(mask: int, rules: RuleBase) -> str:
    """The exercises in a bit mask, in words."""
    names = exercise_names(mask, rules)
    return "every exercise" if len(names) == len(rules.exercises) else joined(names)


def effect_words(  # noqa: C901, PLR0911, PLR0912 - one for each effect
    effect: Effect, rules: RuleBase
) -> str:
    """What an effect does, as a clause."""
    match effect:
        case Level(level):
            return f"makes the level at least “{LEVELS[level]}”"
        case Avoid(mask):
            return f"leaves out {exercises_words(mask, rules)}"
        case Caution(mask, limit):
            return f"allows only with a limit: {exercises_words(mask, rules)}: {limit}"
        case Cap():
            return _cap(effect, rules)
        case Lines(at_most):
            return f"sets the session to at most {at_most} exercises"
        case Days(at_most):
            return f"sets the routine to at most {at_most} day{'s' if at_most > 1 else ''}"
        case Apart(one, other):
            return _apart(one, other, rules)
        case Hold(mask) | StepBack(mask):
            verb = "holds at" if isinstance(effect, Hold) else "takes a step back from"
            return f"{verb} what was done last time: {exercises_words(mask, rules)}"
        case RestUntil(days):
            return f"rests for {days} days after the last session"
        case Prefer(mask, slots, weight):
            what = [*(f"the part “{spaced(slot)}”" for slot in slots)]
            what += [exercises_words(mask, rules)] if mask else []
            return f"prefers (weight {weight}) {joined(what)}"
        case Advise(kind, say, mask):
            about = f" for {exercises_words(mask, rules)}" if mask else ""
            return f"says ({spaced(kind)}{about}): {say}"
        case Suspect(name, weight):
            return f"suspects (weight {weight}): {name}"
        case _:
            assert_never(effect)


def _apart(one: int, other: int, rules: RuleBase) -> str:
    if one == other:
        return f"has no two of these on one day: {exercises_words(one, rules)}"
    these, those = exercises_words(one, rules), exercises_words(other, rules)
    return f"has none of these on a day with {those}: {these}"


def _cap(cap: Cap, rules: RuleBase) -> str:
    bound = "at most" if cap.at_most else "at least"
    about = f" for {exercises_words(cap.exercises, rules)}" if cap.exercises else ""
    of = f" of {spaced(cap.percent_of)}" if cap.percent_of != USUAL else ""
    return f"sets {spaced(cap.what)} to {bound} {cap.amount}{of}{about}"
