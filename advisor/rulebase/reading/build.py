"""A folder of rule files -> a frozen rule base, or every problem in it at once.

files ─► nodes ─► draft ─► rule base ─► checks
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from advisor.rulebase.problems import Problems, RuleBaseError
from advisor.rulebase.reading.base import (
    build_attributes,
    build_days,
    build_doors,
    build_guidance,
    build_helplines,
    build_journal,
    build_kinship,
    build_ladders,
    build_levels,
    build_pace,
    build_repeat,
    build_schedule,
    build_slots,
    build_sources,
    session_finding,
)
from advisor.rulebase.reading.checks import CHECKS, CHECKS_OF_THE_WHOLE
from advisor.rulebase.reading.entries import Draft, merge
from advisor.rulebase.reading.exercises import (
    build_exercises,
    build_weight_steps,
    how_to,
    without_weight,
)
from advisor.rulebase.reading.files import digest, gather, top
from advisor.rulebase.reading.findings import build_findings
from advisor.rulebase.reading.invariants import build_invariants
from advisor.rulebase.reading.journal import build_observations, build_scheme, build_ties, guarded
from advisor.rulebase.reading.models import ExerciseEntry, RuleBaseEntry, SessionEntry
from advisor.rulebase.reading.names import Scope
from advisor.rulebase.reading.nodes import read_file
from advisor.rulebase.reading.questions import build_questions
from advisor.rulebase.reading.rules import build_rules
from advisor.rulebase.shapes import Exercise, Rule, RuleBase

NEEDED = ("rule_base", "levels", "slots", "schedule", "questions")


def read_rule_base(folder: Path) -> RuleBase:
    """Read, build and check a rule base; raises RuleBaseError with every problem."""
    return read_with_places(folder)[0]


def read_with_places(folder: Path) -> tuple[RuleBase, Draft]:
    """Do the same, and give the draft too, which knows where everything stands."""
    data, found = gather(folder)
    problems = Problems(found)
    nodes = {name: read_file(data[name], name, problems) for name in data}
    sound = {name: node for name, node in nodes.items() if node is not None}
    draft = merge(sound, problems)
    # Where a file or section is lost, whatever it defines would seem not to exist.
    if found or len(sound) < len(data) or draft.lost_sections:
        raise RuleBaseError(problems)
    rules = build(draft, digest(data), problems)
    for check in CHECKS:
        problems.extend(check(rules, draft))
    if not len(problems):
        for check in CHECKS_OF_THE_WHOLE:
            problems.extend(check(rules, draft))
    if len(problems):
        raise RuleBaseError(problems)
    return rules, draft


def build(draft: Draft, sha256: str, problems: Problems) -> RuleBase:
    """Build what can be built, in the order in which things name each other."""
    _check_needed(draft, problems)
    scope = Scope(problems)
    sources = build_sources(draft)
    scope = _known(scope, draft, "sources", sources, sources=frozenset(sources))
    attributes = build_attributes(draft, scope)
    scope = _known(scope, draft, "attributes", attributes, attributes=attributes)
    asked, measured = build_questions(draft, problems), build_observations(draft, scope)
    questions = build_ties(asked, measured, draft, scope)
    by_id = {question.id: question for question in questions}
    scope = _known(scope, draft, "questions", by_id, questions=by_id)
    scope = _known(scope, draft, "observations", by_id, questions=by_id)
    shaped = frozenset(draft.entries.get("findings", {}))
    scope = _known(scope, draft, "findings", shaped, findings=shaped)
    findings = build_findings(draft, scope)
    concluded = frozenset(finding.id for finding in findings)
    scope = _known(scope, draft, "findings", concluded, findings=concluded)
    slots = build_slots(draft, scope)
    filled = frozenset(slot.id for slot in slots)
    scope = _known(scope, draft, "slots", filled, slots=filled)
    exercises = build_exercises(draft, slots, scope)
    names = [exercise.id for exercise in exercises]
    scope = _known(scope, draft, "exercises", names, exercises=exercises)
    scope = replace(scope, kinship=build_kinship(draft, scope))
    exercises = without_weight(exercises, slots, draft, scope)
    written = guarded(build_rules(draft, scope), findings, by_id)
    rules = [*written, *_how_to_rules(draft, exercises)]
    head = draft.all("rule_base", RuleBaseEntry).get("")
    session = draft.all("session", SessionEntry).get("")
    return RuleBase(
        name=head.model.name if head else "",
        version=head.model.version if head else "",
        title=head.model.title if head else "",
        sha256=sha256,
        questions=questions,
        findings=findings,
        exercises=exercises,
        rules=tuple(sorted(rules, key=lambda rule: rule.id)),
        slots=slots,
        levels=build_levels(draft, scope),
        sources=sources,
        attributes=attributes,
        schedule=build_schedule(draft, scope),
        session_at_most=session.model.at_most if session else len(slots),
        days=build_days(draft, scope),
        repeat=build_repeat(draft),
        pace=build_pace(draft),
        ladders=build_ladders(draft, scope),
        trial_when=session_finding("trial_when", draft, scope),
        weight_steps=build_weight_steps(draft, scope),
        weights_when=session_finding("weights_when", draft, scope),
        guidance=build_guidance(draft, scope),
        invariants=build_invariants(draft, scope),
        emergency_numbers=build_helplines(draft, scope),
        doors=build_doors(draft),
        journal=build_journal(draft, scope),
        scheme=build_scheme(draft, scope),
    )


def _check_needed(draft: Draft, problems: Problems) -> None:
    for section in NEEDED:
        if not draft.declared(section):
            message = f"the rule base has no `{section}`"
            problems.add("missing-section", top("."), message)


def _known(
    scope: Scope, draft: Draft, section: str, built: Iterable[str], **names: object
) -> Scope:
    """The scope with one more section: what was built, and what had to be left out."""
    left_out = frozenset(draft.declared(section)) - frozenset(built)
    changes = {**names, "left_out": {**scope.left_out, section: left_out}}
    return replace(scope, **changes)  # type: ignore[arg-type]


def _how_to_rules(draft: Draft, exercises: tuple[Exercise, ...]) -> list[Rule]:
    entries = draft.all("exercises", ExerciseEntry)
    return [
        how_to(exercise, index, entries[exercise.id]) for index, exercise in enumerate(exercises)
    ]
