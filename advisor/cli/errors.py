"""What Typer says of a command line that it cannot read → one line in our words."""

from __future__ import annotations

from typing import Any

from typer import TyperException
from typer.core import TyperGroup

from advisor.answers import quoted
from advisor.rulebase.problems import did_you_mean


def usage_problem(error: TyperException) -> str:
    """One line that names what was typed, the cause and a way out; empty if help was printed.

    Typer keeps the names of its errors to itself, but not what they hold.
    """
    kind = type(error).__name__
    parameter, ctx = getattr(error, "param", None), getattr(error, "ctx", None)
    match kind:
        case "NoArgsIsHelpError":
            return ""
        case "NoSuchOption":
            return _unknown_flag(getattr(error, "option_name", ""), ctx)
        case "BadOptionUsage":
            lacks = "requires" in error.message
            cause = "expected a value after it" if lacks else "takes no value"
            return f"`{getattr(error, 'option_name', '')}`: {cause}"
        case "MissingParameter" if parameter is not None:
            what = parameter.help or ""
            return f"missing {parameter.name}: {what[:1].lower()}{what[1:].rstrip('.')}"
    name = f"`{parameter.opts[0]}`: " if parameter is not None else ""
    return f"{name}{_as_ours(error.message)}"


def _unknown_flag(name: str, ctx: Any) -> str:
    hint = did_you_mean(name[:60], ctx.command.flags(ctx)) or "see --help"
    if isinstance(ctx.command, TyperGroup) and not hint.startswith("did"):
        hint = "flags stand after the command"
    return f"unknown flag {quoted(name)} ({hint})"


def _as_ours(message: str) -> str:
    """Typer's sentence: lower case, no full stop, what was typed in backticks."""
    text = message.removeprefix("Value error, ").rstrip(".")
    typed, between, choices = text.partition(" is not one of ")
    if between:
        return f"{quoted(typed[1:-1])} is none of " + choices.replace("'", "")
    return text[:1].lower() + text[1:]
