"""The shapes of a rule base: what YAML becomes once it was read and checked.

Everything here is frozen and plain, so that a rule base can be shared, hashed, pickled and
sent to another process. Answers are kept as small integers (see `Question.encode`); the words
come back with `Question.decode`. Invariants have names of their own, in a module of their own.
"""

# ruff: noqa: F403 - every shape is told once, in its own file, and known by this name to the rest

from advisor.rulebase.shapes.answer_types import *
from advisor.rulebase.shapes.base import *
from advisor.rulebase.shapes.conditions import *
from advisor.rulebase.shapes.drawings import *
from advisor.rulebase.shapes.effects import *
from advisor.rulebase.shapes.exercises import *
from advisor.rulebase.shapes.questions import *
from advisor.rulebase.shapes.sources import *
