"""Texts with placeholders → texts that name whom to call in a person's country.

`{emergency_number}` and `{advice_line}` become the rule base's words for any place, and the
number in brackets where the country is known: a country that was guessed may be wrong, so the
number never stands alone.
"""

from __future__ import annotations

from collections.abc import Mapping

from advisor.rulebase.shapes import ANYWHERE, Helpline


def name_helplines(text: str, country: str, helplines: Mapping[str, Helpline]) -> str:
    """Fill in the placeholders of a text; `country` is a two-letter code, or empty."""
    if "{" not in text or ANYWHERE not in helplines:
        return text
    general, own = helplines[ANYWHERE], helplines.get(country)
    emergency = _words(general.emergency, own.emergency if own else "")
    advice = _words(general.advice, own.advice if own else "")
    return text.replace("{emergency_number}", emergency).replace("{advice_line}", advice)


def _words(general: str, number: str) -> str:
    return f"{general} ({number})" if number else general
