"""What may stand in a rule file, as Pydantic models.

The docstrings and descriptions are what an author sees in an editor, through the JSON Schema that
is made from these models.
"""

# ruff: noqa: F403 - every entry is told once, in its own file, and known by this name to the rest

from advisor.rulebase.reading.models.catalogue import *
from advisor.rulebase.reading.models.drawings import *
from advisor.rulebase.reading.models.file import *
from advisor.rulebase.reading.models.journal import *
from advisor.rulebase.reading.models.language import *
from advisor.rulebase.reading.models.routine import *
from advisor.rulebase.reading.models.rules import *
