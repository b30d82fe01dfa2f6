"""A sound rule base → what else an author should know: lints, less what the authors accept.

Adding a lint is one function and one line in LINTS, with its code and its explanation in
`codes.yaml`. An entry can accept a lint with `accepts: {code: reason}`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from advisor.authoring.lint.asked import lint_kept_alarms, lint_never_asked, lint_no_clear
from advisor.authoring.lint.conditions import lint_conditions, lint_stand_ins, lint_useless_rules
from advisor.authoring.lint.drawings import lint_drawings
from advisor.authoring.lint.moves import lint_easier
from advisor.authoring.lint.prose import (
    lint_first_sources,
    lint_grounds,
    lint_lost_texts,
    lint_number_to_call,
    lint_reading,
    lint_reviews,
    lint_short,
    lint_to_do,
    lint_words,
)
from advisor.authoring.lint.remark import REVIEW_YEARS, Lint, Remark, Subject
from advisor.authoring.lint.unused import (
    lint_borrowed,
    lint_findings,
    lint_limits,
    lint_questions,
    lint_sources,
    lint_values,
)
from advisor.rulebase.problems import Problem, Problems, RuleBaseError, codes, did_you_mean, quoted
from advisor.rulebase.reading.entries import Draft
from advisor.rulebase.shapes import Place, RuleBase

LINTS: tuple[Lint, ...] = (
    lint_conditions,
    lint_useless_rules,
    lint_limits,
    lint_stand_ins,
    lint_findings,
    lint_borrowed,
    lint_questions,
    lint_no_clear,
    lint_never_asked,
    lint_kept_alarms,
    lint_values,
    lint_easier,
    lint_sources,
    lint_grounds,
    lint_first_sources,
    lint_reviews,
    lint_reading,
    lint_words,
    lint_number_to_call,
    lint_to_do,
    lint_lost_texts,
    lint_short,
    lint_drawings,
)


def lint(
    rules: RuleBase, draft: Draft, today: date, review_years: int = REVIEW_YEARS
) -> tuple[Problem, ...]:
    """Everything to say about a rule base that can be used, in reading order."""
    subject = Subject(rules, draft, today, review_years)
    remarks = [remark for each in LINTS for remark in each(subject)]
    accepted = dict(_accepted(subject))
    problems = Problems()
    left = [each for each in remarks if (each.section, each.id, each.code) not in accepted]
    for remark in (*left, *_bad_acceptances(accepted, remarks)):
        problems.add(remark.code, remark.place, remark.message, remark.hint)
    return RuleBaseError(problems).problems


_Key = tuple[str, str, str]


def _accepted(subject: Subject) -> Iterator[tuple[_Key, Place]]:
    """What each entry accepts: section, id and code, with the place of the code."""
    for section, entries in subject.draft.entries.items():
        for key, entry in entries.items():
            node = entry.node.child("accepts")
            for code, place in (node.keys if node else {}).items():
                yield (section, key, code), place


def _bad_acceptances(accepted: dict[_Key, Place], remarks: list[Remark]) -> Iterator[Remark]:
    """Codes that are none, and codes of what is not the case."""
    seen = {(remark.section, remark.id, remark.code) for remark in remarks}
    acceptable = [name for name, code in codes().items() if code.acceptable]
    for (section, key, code), place in accepted.items():
        if code not in acceptable:
            hint = did_you_mean(code, acceptable)
            message = f"`{key}` accepts {quoted(code)}, which is no code of a lint"
            yield Remark("unknown-code", section, key, place, message, hint)
        # What comes with time may be accepted before its day.
        elif (section, key, code) not in seen and code != "review-due":
            message = f"`{key}` accepts `{code}`, which is not the case"
            yield Remark("needless-acceptance", section, key, place, message, "remove it")
