"""Lints of what conditions and rules say: nothing, too much, or the same as another."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.authoring.cases.condition_tree import Path, authored, parts
from advisor.authoring.lint.overlap import implies, may_follow, never, useless
from advisor.authoring.lint.remark import Remark, Subject
from advisor.explain.verbalization import condition_words, joined, spaced
from advisor.rulebase.shapes import REFERRAL, Avoid, Level, Rule, RuleBase
from advisor.rulebase.shapes.conditions import All, Any, Comparison, Condition, Named, Not

_Found = tuple[str, Condition]


def lint_conditions(subject: Subject) -> Iterator[Remark]:
    """Parts of conditions that always hold, never hold, or could be left out."""
    rules = subject.rules
    conditions = {("findings", each.id): each.when for each in rules.findings}
    conditions |= {("rules", each.id): each.when for each in rules.rules if not each.catalogue}
    told = {"always-true": "holds for everyone", "never-true": "holds for nobody"}
    for (section, key), when in conditions.items():
        for code, part in _idle(when, rules):
            words = f"in the condition of `{key}`, “{condition_words(part, rules)}”"
            message = f"{words} {told.get(code, 'changes nothing')}"
            hint = "leave it out, or say what is meant"
            yield subject.remark(code, section, key, message, hint, at=("when",))


def _idle(when: Condition, rules: RuleBase) -> Iterator[_Found]:
    """The outermost parts of a condition that say nothing."""
    silent: list[Path] = []
    for path, part in parts(when):
        if any(path[: len(each)] == each for each in silent):
            continue
        code = _constant(part, rules)
        if code:
            silent.append(path)
            yield code, part
        elif isinstance(part, All | Any) and (needless := _needless(part, rules)) is not None:
            found = part.parts[needless]
            if not _constant(found, rules):  # that has a name of its own, and its turn comes
                silent.append((*path, needless))
                yield "needless-part", found


def _constant(part: Condition, rules: RuleBase) -> str:
    """The code for a part with one value only; a finding is told of where it is defined."""
    if isinstance(part, Named) or part == All(()):
        return ""
    if isinstance(part, Not) and not isinstance(part.part, Comparison):
        return ""
    if never(Not(part), rules):
        return "always-true"
    return "never-true" if never(part, rules) else ""


def _needless(whole: All[Condition] | Any[Condition], rules: RuleBase) -> int | None:
    """The last part that could be left out without a change of meaning."""
    for index in reversed(range(len(whole.parts))):
        rest = type(whole)((*whole.parts[:index], *whole.parts[index + 1 :]))
        if not rest.parts:
            continue
        # Leaving a part out can only widen an `all` and only narrow an `any`.
        wide, narrow = (rest, whole) if isinstance(whole, All) else (whole, rest)
        if never(All((wide, Not(narrow))), rules):
            return index
    return None


def lint_useless_rules(subject: Subject) -> Iterator[Remark]:
    """Rules that another one leaves nothing to do, for each value that they stand for."""
    rules = subject.rules
    for key, positions in authored(rules).items():
        found = [useless(rules.rules[each], rules) for each in positions]
        others = dict.fromkeys(each.id for each in found if each is not None)
        if None not in found:
            names = joined(f"`{each}`" for each in others)
            message = f"`{key}` does nothing that {names} would not do whenever it holds"
            yield subject.remark("useless-rule", "rules", key, message, "remove one of them")


def lint_stand_ins(subject: Subject) -> Iterator[Remark]:
    """Exclusions that leave nothing to do instead, whoever the person is."""
    rules = subject.rules
    for key, positions in authored(rules).items():
        gone: dict[str, None] = {}
        for each in positions:
            gone |= dict.fromkeys(_emptied(rules.rules[each], rules))
        if gone:
            names = joined(f"`{each}`" for each in gone)
            message = f"where `{key}` holds, no exercise is left of the pattern {names}"
            hint = "leave one in, or add one to the catalogue"
            yield subject.remark("no-stand-in", "rules", key, message, hint, at=("avoid",))


def _emptied(rule: Rule, rules: RuleBase) -> list[str]:
    """The patterns that a rule, with those that always join it, leaves empty."""
    others = [each for each in may_follow(rule.when, rules) if each is not rule]
    if not _left_empty(rule, others, rules):  # quick to tell, and most often so
        return []
    joining = [
        each for each in others if (_avoided(each) or _refers(each)) and implies(rule, each, rules)
    ]
    if any(map(_refers, (rule, *joining))):
        return []  # no session, so nothing to stand in for
    return _left_empty(rule, joining, rules)


def _left_empty(rule: Rule, joining: list[Rule], rules: RuleBase) -> list[str]:
    """The patterns of which a rule leaves out the last exercise, if all of these join it."""
    own = every = _avoided(rule)
    for each in joining if own else ():
        every |= _avoided(each)
    masks = rules.pattern_masks.items()
    return [spaced(pattern) for pattern, mask in masks if own & mask and not mask & ~every]


def _avoided(rule: Rule) -> int:
    mask = 0
    for effect in rule.effects:
        mask |= effect.exercises if isinstance(effect, Avoid) else 0
    return mask


def _refers(rule: Rule) -> bool:
    return any(isinstance(each, Level) and each.level >= REFERRAL for each in rule.effects)
