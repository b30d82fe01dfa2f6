"""Every kind of problem that a rule base can have, as `codes.yaml` explains them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

ERROR, WARNING, NOTE = "error", "warning", "note"


@dataclass(frozen=True)
class Code:
    """One kind of problem: how much it weighs, what it says, an example, and how to mend it.

    What is acceptable an entry may accept with a reason: the lints, but not those about that.
    """

    code: str
    says: str
    example: str
    remedy: str
    severity: str = ERROR
    acceptable: bool = False


@cache
def codes() -> dict[str, Code]:
    """Every code by its name, in the order of reading a rule base."""
    import yaml  # noqa: PLC0415 - only where something is wrong

    text = files("advisor.rulebase").joinpath("codes.yaml").read_bytes()
    entries = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe
    return {name: Code(name, **entry) for name, entry in entries.items()}


def severity(code: str) -> str:
    """How much a problem weighs: `error`, `warning` or `note`."""
    return codes()[code].severity
