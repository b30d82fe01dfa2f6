"""`legday mcp`: the questions and the plan as tools for assistants (Model Context Protocol)."""

from __future__ import annotations

from advisor.answers import AnswerError, quoted
from advisor.cli.countries import country_code
from advisor.cli.environment import Environment, Exit
from advisor.cli.parameters import Country, Rules, naming
from advisor.load import load_rules


def run(environment: Environment, *, country: Country = None, rules: Rules = None) -> int:
    """Tools for assistants, on standard input and output: next question, plan, check, causes."""
    try:
        from advisor.web.assistant import serve
        from advisor.web.setting import Setting
    except ImportError as missing:
        hint = "pip install 'legday-advisor[mcp]'"
        raise AnswerError([f"tools for assistants need {quoted(missing.name)} ({hint})"]) from None
    code = environment.country if country is None else country_code(country)
    options = (*naming(rules), *(("--country", code) if country is not None else ()))
    serve(Setting(load_rules(rules), code, options))
    return Exit.DONE
