"""Conditions and effects → words: what a rule says, for people who read rules.

Reads the shapes of a rule base and nothing else. Ids are the words: `two_words` is "two words".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never

from advisor.rulebase import bits, shapes
from advisor.rulebase.shapes import LEVELS, Comparison, Condition, Effect, Question, RuleBase
from advisor.rulebase.truth import named


def spaced(name: str) -> str:
    """An id as words."""
    return name.replace("_", " ").replace("-", " ")


def joined(words: Iterable[str], last: str = "and") -> str:
    """A list in words: `a`, `a and b`, `a, b and c`."""
    every = list(words)
    return f" {last} ".join(filter(None, (", ".join(every[:-1]), every[-1]))) if every else ""


def few(words: Sequence[str], most: int, separator: str = ", ", last: str = " and ") -> str:
    """The first few of a list, and how many more there are: `a, b and 3 more`."""
    shown, left = separator.join(words[:most]), len(words) - most
    return f"{shown}{last}{left} more" if left > 0 else shown


def condition_words(condition: Condition, rules: RuleBase) -> str:
    """A condition as a clause; a finding is named by what it means, in quotes."""
    match condition:
        case Comparison():
            return _comparison(condition, rules)
        case shapes.Named(finding):
            return f"“{rules.finding[finding].means}”"
        case shapes.Not(part):
            return _negation(part, rules)
        case shapes.All(parts):
            return " and ".join(_part(part, shapes.Any, rules) for part in parts) or "always"
        case shapes.Any(parts):
            return " or ".join(_part(part, shapes.All, rules) for part in parts) or "never"
        case _:
            assert_never(condition)


def _part(
    part: Condition, wrap: type[shapes.All[Condition] | shapes.Any[Condition]], rules: RuleBase
) -> str:
    """One part of a list, in brackets where it is a list of the other kind."""
    words = condition_words(part, rules)
    return f"({words})" if isinstance(part, wrap) and len(part.parts) > 1 else words


def _negation(part: Condition, rules: RuleBase) -> str:
    match part:
        case Comparison(fact, "count", (1, mask)):
            question = rules.question[fact]
            if mask == _everything(question):
                return f"no {spaced(fact)}"
            return f"{_some(_chosen(question, mask), 'no', 'none')} in {spaced(fact)}"
        case shapes.Named():
            return f"not {condition_words(part, rules)}"
        case Comparison() | shapes.Not() | shapes.All() | shapes.Any():
            return f"not ({condition_words(part, rules)})"
        case _:
            assert_never(part)


def _comparison(test: Comparison, rules: RuleBase) -> str:
    question, name = rules.question[test.fact], spaced(test.fact)
    if test.operator == "is":
        values = "/".join(_value(question, code) for code in test.operand)
        return f"{name} is {values}" if values else f"no {name}"
    first, last = test.operand
    if test.operator == "between":
        return f"{name} {_between(question, first, last)}"
    chosen = _chosen(question, last)
    if last == _everything(question):
        return f"any {name}" if first == 1 else f"at least {first} {name}"
    if first == 1:
        return f"{_some(chosen, '', 'one')} in {name}".strip()
    return f"at least {first} of {', '.join(chosen)} in {name}"


def _value(question: Question, code: int) -> str:
    kind = question.type
    match kind:
        case shapes.YesNo() | shapes.Number():
            return kind.text(question, code)
        case shapes.SomeOf():
            return joined(_chosen(question, code))
        case shapes.OneOf():
            return spaced(kind.text(question, code))
        case _:
            assert_never(kind)


def _between(question: Question, low: int, high: int) -> str:
    least, most = question.text(low), question.text(high)
    if low == high:
        return f"is {least}"
    if high >= question.maximum:
        return f"at least {least}"
    return f"at most {most}" if low <= question.minimum else f"{least} to {most}"


def _some(chosen: list[str], one: str, many: str) -> str:
    """Choices of a set: `bar`, `one of bar, band`."""
    return f"{one} {chosen[0]}".strip() if len(chosen) == 1 else f"{many} of {', '.join(chosen)}"


def _everything(question: Question) -> int:
    return (1 << len(question.choices)) - 1


def _chosen(question: Question, mask: int) -> list[str]:
    return [spaced(each.id) for each in bits.chosen(mask, question.choices)]


def findings_behind(condition: Condition, rules: RuleBase) -> Iterator[shapes.Finding]:
    """The findings a condition names, and those behind them, as they are met."""
    for name in named(condition):
        yield rules.finding[name]
        yield from findings_behind(rules.finding[name].when, rules)


def exercise_names(mask: int, rules: RuleBase) -> list[str]:
    """The names of the exercises in a bit mask, in the catalogue's order."""
    return [each.name for each in bits.chosen(mask, rules.exercises)]


def touched(effects: Iterable[Effect]) -> int:
    """The exercises that effects are about, as a bit mask."""
    return bits.union(effect.reach for effect in effects)


def exercises_words(mask: int, rules: RuleBase) -> str:
    """The exercises in a bit mask, in words."""
    names = exercise_names(mask, rules)
    return "every exercise" if len(names) == len(rules.exercises) else joined(names)


def effect_words(  # noqa: C901, PLR0911, PLR0912 - one for each effect
    effect: Effect, rules: RuleBase
) -> str:
    """What an effect does, as a clause."""
    match effect:
        case shapes.Level(level):
            return f"makes the level at least “{LEVELS[level]}”"
        case shapes.Avoid(mask):
            return f"leaves out {exercises_words(mask, rules)}"
        case shapes.Caution(mask, limit):
            return f"allows only with a limit: {exercises_words(mask, rules)}: {limit}"
        case shapes.Cap():
            return _cap(effect, rules)
        case shapes.Lines(at_most):
            return f"sets the session to {effect.bound} exercises"
        case shapes.Days(at_most):
            return f"sets the routine to at most {at_most} day{'s' if at_most > 1 else ''}"
        case shapes.Apart(one, other) if one == other:
            return f"has no two of these on one day: {exercises_words(one, rules)}"
        case shapes.Apart(one, other):
            these, those = exercises_words(one, rules), exercises_words(other, rules)
            return f"has none of these on a day with {those}: {these}"
        case shapes.Hold(mask) | shapes.StepBack(mask):
            verb = "holds at" if isinstance(effect, shapes.Hold) else "takes a step back from"
            return f"{verb} what was done last time: {exercises_words(mask, rules)}"
        case shapes.RestUntil(days):
            return f"rests for {days} days after the last session"
        case shapes.Prefer(mask, slots, weight):
            what = [*(f"the part “{spaced(slot)}”" for slot in slots)]
            what += [exercises_words(mask, rules)] if mask else []
            return f"prefers (weight {weight}) {joined(what)}"
        case shapes.Advise(kind, say, mask):
            about = f" for {exercises_words(mask, rules)}" if mask else ""
            return f"says ({spaced(kind)}{about}): {say}"
        case shapes.Suspect(name, weight):
            return f"suspects (weight {weight}): {name}"
        case _:
            assert_never(effect)


def _cap(cap: shapes.Cap, rules: RuleBase) -> str:
    about = f" for {exercises_words(cap.exercises, rules)}" if cap.exercises else ""
    of = f" of {spaced(cap.percent_of)}" if cap.percent_of != shapes.USUAL else ""
    return f"sets {spaced(cap.what)} to {cap.bound}{of}{about}"
