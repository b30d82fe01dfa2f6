"""A folder of rule files -> a frozen rule base, or every problem in it at once.

files ─► nodes ─► draft ─► rule base ─► checks
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from advisor.rulebase import shapes
from advisor.rulebase.problems import Problems, RuleBaseError
from advisor.rulebase.reading import base, models
from advisor.rulebase.reading.checks import CHECKS, CHECKS_OF_THE_WHOLE
from advisor.rulebase.reading.drawings import build_drawings
from advisor.rulebase.reading.entries import Draft, merge
from advisor.rulebase.reading.exercises import build_exercises, how_to, without_weight
from advisor.rulebase.reading.files import digest, top
from advisor.rulebase.reading.findings import build_findings
from advisor.rulebase.reading.invariants import build_invariants
from advisor.rulebase.reading.journal import build_observations, build_scheme, build_ties, guarded
from advisor.rulebase.reading.layers import read_layers
from advisor.rulebase.reading.names import Scope
from advisor.rulebase.reading.questions import build_questions
from advisor.rulebase.reading.rules import build_rules
from advisor.rulebase.shapes import RuleBase

NEEDED = ("rule_base", "levels", "slots", "schedule", "questions")


def read_rule_base(*folders: Path) -> RuleBase:
    """Read, build and check a rule base; raises RuleBaseError with every problem.

    Of several folders, each is laid over those before it.
    """
    return read_with_places(*folders)[0]


def read_with_places(*folders: Path) -> tuple[RuleBase, Draft]:
    """Do the same, and give the draft too, which knows where everything stands."""
    problems = Problems()
    layers = read_layers(folders, problems)
    lost = bool(len(problems)) or not layers.is_whole
    draft = merge(layers.nodes, problems)
    # Where a file or section is lost, whatever it defines would seem not to exist.
    if lost or draft.lost_sections:
        raise RuleBaseError(problems)
    rules = build(draft, digest(layers.data), problems)
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

    def knowing(section: str, built: Collection[str]) -> Scope:
        return scope.with_names(section, built, draft.declared(section))

    scope = Scope(problems)
    sources = base.build_sources(draft)
    scope = knowing("sources", frozenset(sources))
    attributes = base.build_attributes(draft, scope)
    scope = knowing("attributes", attributes)
    asked, measured = build_questions(draft, problems), build_observations(draft, scope)
    questions = build_ties(asked, measured, draft, scope)
    by_id = {question.id: question for question in questions}
    scope = knowing("questions", by_id)
    scope = scope.leaving_out("observations", by_id, draft.declared("observations"))
    scope = knowing("findings", frozenset(draft.entries.get("findings", {})))
    findings = build_findings(draft, scope)
    scope = knowing("findings", frozenset(finding.id for finding in findings))
    slots = base.build_slots(draft, scope)
    scope = knowing("slots", frozenset(slot.id for slot in slots))
    exercises = build_exercises(draft, slots, scope)
    scope = knowing("exercises", {exercise.id: exercise for exercise in exercises})
    scope = replace(scope, kinship=base.build_kinship(draft, scope))
    exercises = without_weight(exercises, slots, draft, scope)
    written = guarded(build_rules(draft, scope), findings, by_id)
    rules = [*written, *how_to(exercises, draft)]
    head, days = draft.one("rule_base", models.RuleBaseEntry), draft.one("days", models.DaysEntry)
    doors = draft.one("doors", models.DoorsEntry)
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
        levels=base.build_levels(draft, scope),
        sources=sources,
        attributes=attributes,
        schedule=base.build_schedule(draft, scope),
        days=base.build_days(draft, scope),
        repeat=days.model.repeat if days else 0,
        ladders=base.build_ladders(draft, scope),
        guidance=base.build_guidance(draft, scope),
        invariants=build_invariants(draft, scope),
        emergency_numbers=base.build_helplines(draft, scope),
        doors=doors.shaped(shapes.Doors) if doors else None,
        journal=base.build_journal(draft, scope),
        scheme=build_scheme(draft, scope),
        **base.build_session(draft, scope),
        **build_drawings(draft, scope),
    )


def _check_needed(draft: Draft, problems: Problems) -> None:
    for section in NEEDED:
        if not draft.declared(section):
            message = f"the rule base has no `{section}`"
            problems.add("missing-section", top("."), message)
