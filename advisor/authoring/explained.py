"""A code of `legday rules check` → what is wrong, an example, and how to mend it."""

from __future__ import annotations

from advisor.authoring.explained_files import FILES
from advisor.authoring.explained_rules import RULES
from advisor.authoring.explained_whole import LINTS, WHOLE
from advisor.rulebase.codes import ACCEPTABLE, CODES, severity

Json = dict[str, object]
EXPLAINED: dict[str, tuple[str, str]] = {**FILES, **RULES, **WHOLE, **LINTS}


def explanation(code: str) -> Json:
    """What a code means. Raises KeyError for an unknown one."""
    example, remedy = EXPLAINED[code]
    return {
        "code": code,
        "severity": severity(code),
        "says": CODES[code],
        "example": example,
        "remedy": remedy,
        "acceptable": code in ACCEPTABLE,
    }


def explanations() -> list[Json]:
    """What every code means, in the order of reading a rule base."""
    return [explanation(code) for code in CODES]
