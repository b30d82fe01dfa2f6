"""Lints of what is defined and never used: findings, questions, choices, values, sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from advisor.authoring.lint.remark import Remark, Subject, keys
from advisor.rulebase.reading.nodes import walk
from advisor.rulebase.shapes import All, Comparison, OneOf, Question, RuleBase, SomeOf
from advisor.rulebase.shapes.effects import Apart, Days, Effect, Lines
from advisor.rulebase.truth import compare, comparisons, named

_CITING = ("rules", "exercises", "slots", "emergency_numbers", "guidance")


def lint_findings(subject: Subject) -> Iterator[Remark]:
    """Findings that no rule, finding or invariant names."""
    rules = subject.rules
    conditions = [*(each.when for each in rules.rules), *(each.when for each in rules.findings)]
    used = {name for when in conditions for name in named(when)}
    used |= {key for each in subject.section("invariants").values() for key in keys(each.node)}
    for finding in rules.findings:
        if finding.id not in used:
            message = f"nothing names the finding `{finding.id}`"
            hint = "remove it, or name it in a rule"
            yield subject.remark("unused-finding", "findings", finding.id, message, hint)


def lint_borrowed(subject: Subject) -> Iterator[Remark]:
    """Findings that an invariant names: who edits one moves what is proved along with it."""
    findings = {finding.id for finding in subject.rules.findings}
    for key, entry in subject.section("invariants").items():
        when = entry.node.child("when")
        for name in dict.fromkeys(keys(when)) if when else ():
            if name in findings:
                message = f"`{key}` names the finding `{name}`, and changes when that is edited"
                hint = "name the answers themselves"
                yield subject.remark(
                    "invariant-names-finding", "invariants", key, message, hint, at=("when",)
                )


def lint_questions(subject: Subject) -> Iterator[Remark]:
    """Questions that no rule reads, and choices that no rule tells apart."""
    rules = subject.rules
    tests = tests_of(rules)
    ties = [each.observed for each in rules.questions]
    used = {each.fact if isinstance(each, Comparison) else each for each in ties}
    used.add(rules.schedule.hours_since)
    for question in rules.questions:
        section = "observations" if question.observation else "questions"
        entry = subject.entry(section, question.id)
        if question.id not in {*tests, *used}:
            message = f"no rule reads the answer to `{question.id}`"
            hint = "remove it, or write a rule that needs it"
            yield subject.remark("unread-question", section, question.id, message, hint)
            continue
        choices = entry.node.child("choices")
        for choice, other in _alike(question, tests.get(question.id, ())):
            what = f"`{other}`" if other else "none"
            message = f"no rule tells `{choice}` of `{question.id}` from {what}"
            place = choices.keys.get(choice, choices.place) if choices else entry.place
            hint = "write a rule that does, or leave the choice out"
            yield Remark("choice-not-told-apart", "questions", question.id, place, message, hint)


def tests_of(rules: RuleBase) -> dict[str, list[Comparison]]:
    """The comparisons that the rules make, by fact."""
    every = All(tuple(dict.fromkeys(rule.when for rule in rules.rules)))
    found: dict[str, list[Comparison]] = {}
    for test in dict.fromkeys(comparisons(every, rules.finding)):
        found.setdefault(test.fact, []).append(test)
    return found


def _alike(question: Question, tests: Sequence[Comparison]) -> Iterator[tuple[str, str]]:
    """Each choice that does the same as an earlier one, or, in a set, nothing at all."""
    first: dict[tuple[bool, ...], str] = {}
    for place, choice in enumerate(question.choices):
        if isinstance(question.type, SomeOf) and not any(
            test.operand[1] >> place & 1 for test in tests
        ):
            yield choice.id, ""
        elif isinstance(question.type, OneOf):
            other = first.setdefault(tuple(compare(test, place) for test in tests), choice.id)
            if other != choice.id:
                yield choice.id, other


def lint_values(subject: Subject) -> Iterator[Remark]:
    """Values of attributes that no exercise has, or a single one that no rule asks for."""
    rules, asked = subject.rules, _asked(subject)
    for key, attribute in rules.attributes.items():
        for index, value in enumerate(attribute.values):
            said, at = f"`{key}: {value}`", ("values", index)
            having = [each.id for each in rules.exercises if value in each.attributes.get(key, ())]
            if not having:
                code, message, hint = "value-never-used", f"no exercise has {said}", "remove it"
                yield subject.remark(code, "attributes", key, message, hint, at=at)
            elif len(having) == 1 and not asked & {(key, value), (key, "")}:
                message = f"only `{having[0]}` has {said}, and no rule asks for it"
                hint = "is it a slip?"
                yield subject.remark("value-used-once", "attributes", key, message, hint, at=at)


def _asked(subject: Subject) -> set[tuple[str, str]]:
    """Attributes with the values that selectors name; with none, where a rule takes each value."""
    found = {("pattern", pattern) for slot in subject.rules.slots for pattern in slot.patterns}
    for section in ("rules", "invariants"):
        for entry in subject.section(section).values():
            for key, node in walk(entry.node):
                if key == "for_each":
                    found.add((node.text, ""))
                elif isinstance(node.value, str):
                    found.add((key, node.value))
    return found


def lint_limits(subject: Subject) -> Iterator[Remark]:
    """Limits of a session or a routine that are never reached, and a move apart from itself."""
    rules = subject.rules
    for rule in rules.rules:
        for effect in rule.effects:
            if why := _unreached(effect, rules):
                hint = "remove it, or make it narrower"
                message = f"`{rule.id}` limits nothing: {why}"
                yield Remark("limit-never-reached", "rules", rule.id, rule.place, message, hint)


def _unreached(effect: Effect, rules: RuleBase) -> str:
    """Why an effect on whole days changes nothing, or nothing at all where it does."""
    if isinstance(effect, Days) and effect.at_most >= len(rules.routine):
        return f"a routine has no more than {len(rules.routine)} days"
    if isinstance(effect, Lines) and effect.at_most >= rules.session_at_most:
        return f"a session has no more than {rules.session_at_most} exercises"
    if isinstance(effect, Apart) and (effect.one | effect.other).bit_count() == 1:
        return "no exercise stands twice on a day"
    return ""


def lint_sources(subject: Subject) -> Iterator[Remark]:
    """Sources that nothing rests on."""
    cited = {
        word
        for section in _CITING
        for entry in subject.section(section).values()
        for key in ("sources", "document")
        if (part := entry.node.child(key)) is not None
        for _, node in walk(part)
        for word in (*node.keys, node.text)
    }
    for key in subject.section("sources").keys() - cited:
        message = f"nothing rests on the source `{key}`"
        hint = "remove it, or name it where it belongs"
        yield subject.remark("source-not-cited", "sources", key, message, hint)
