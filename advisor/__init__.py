"""answers → facts → findings → verdicts → session → plan → report.

*Answers* are what a person said. *Facts* are those answers, checked, with what is unknown kept
apart. *Findings* are the rules that hold for them, or may hold. *Verdicts* say for each
exercise whether it is out, unresolved, allowed with care, or fine. A *session* fills the rule
base's slots with allowed exercises and doses. The *plan* is all of it, or a referral; the
*report* prints it. Each arrow is one pure function on frozen values; the knowledge lives in
`rules/`, and no stage knows what it is about.
"""

from __future__ import annotations

from advisor.answers import AnswerError
from advisor.load import load_rules
from advisor.plan import advise
from advisor.result import Plan
from advisor.rulebase.problems import RuleBaseError
from advisor.version import __version__ as __version__

__all__ = [
    "AnswerError",
    "Plan",
    "RuleBaseError",
    "advise",
    "load_rules",
    "next_question",
]


def __getattr__(name: str) -> object:
    """Import `next_question` when it is first asked for; plans alone do not need it."""
    if name == "next_question":
        from advisor.interview.next_question import next_question  # noqa: PLC0415 - see above

        return next_question
    raise AttributeError(name)
