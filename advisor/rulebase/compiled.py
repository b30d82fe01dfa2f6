"""A rule base → a program: its conditions as one Python function, its effects as tables.

`conclude` is generated, because a condition is asked far more often than it is read. Only
names made up here and integers enter its source, never a word of a rule base. It takes the
encoded answers (None where unknown) and returns the positions of the rules that are true and
of those that are unknown. Each condition has two halves, as strong Kleene logic needs:
`t`, it is known to be true, and `p`, it is still possible.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from types import CodeType

from advisor.rulebase.conditions import comparisons
from advisor.rulebase.frozen import dataclass
from advisor.rulebase.shapes import (
    ALWAYS,
    Advise,
    All,
    Any,
    Cap,
    Comparison,
    Condition,
    Level,
    Named,
    Not,
    Prefer,
    RuleBase,
    Suspect,
)
from advisor.rulebase.tables import effect_tables

Conclude = Callable[[Sequence[int | None]], tuple[list[int], list[int]]]


@dataclass(frozen=True)
class Program:
    """A rule base made ready to run. Rules are named by their position.

    `always` are the rules without a condition; `conclude` speaks of the others. The tables
    hold, for each rule that has them, its effects of one kind.
    """

    conclude: Conclude
    always: tuple[int, ...]
    facts: tuple[tuple[int, ...], ...]  # of each rule: the positions of the questions it reads
    levels: dict[int, Level]
    avoids: dict[int, int]  # exercise masks
    forbidden: dict[int, tuple[int, ...]]  # of each rule in `avoids`: the exercises
    referrals: frozenset[int]  # the rules whose level is a referral
    cautions: dict[int, int]  # exercise masks
    limits: tuple[tuple[tuple[int, str], ...], ...]  # of each exercise: rule, limit
    caps: dict[int, tuple[Cap, ...]]
    dose_caps: tuple[tuple[tuple[int, Cap], ...], ...]  # of each exercise: rule, cap of its dose
    timing: tuple[tuple[int, Cap], ...]  # rule, cap of the schedule
    prefers: dict[int, tuple[Prefer, ...]]
    advises: dict[int, tuple[Advise, ...]]
    suspects: dict[int, tuple[Suspect, ...]]
    restricting: frozenset[int]
    weights: dict[int, tuple[tuple[int, int], ...]]  # of each rule: exercise, weight
    preferring: tuple[tuple[int, ...], ...]  # of each exercise: rules, the weightiest first
    cues: tuple[tuple[tuple[int, str], ...], ...]  # of each exercise: rule, words
    sayings: dict[str, tuple[tuple[int, str], ...]]  # of each kind of advice: rule, words


def compile_rules(rules: RuleBase) -> Program:
    """Make a rule base ready to run."""
    return link(generated_code(rules), effect_tables(rules))


def link(code: CodeType, tables: dict[str, object]) -> Program:
    """A program from the code of `conclude` and the tables of effects."""
    space: dict[str, Conclude] = {}
    exec(code, space)  # noqa: S102 - the source is ours, see above
    return Program(space["conclude"], **tables)  # type: ignore[arg-type]


def generated_code(rules: RuleBase) -> CodeType:
    """The code of `conclude` for a rule base."""
    return compile(generated_source(rules), "<rules>", "exec")


def generated_source(rules: RuleBase) -> str:
    """The source of `conclude`: atoms by fact, then findings, then rules by condition."""
    atoms = _atoms(rules)
    names = {finding.id: f"f{i}" for i, finding in enumerate(rules.findings)}
    writer = _Writer(atoms, names)
    body = [
        *_atom_lines(atoms, rules),
        *(line for f in rules.findings for line in writer.finding_lines(f.id, f.when)),
        *writer.rule_lines(rules),
    ]
    head = ["def conclude(v):", " yes = []", " may = []"]
    return "\n".join([*head, *(f" {line}" for line in body), " return yes, may", ""])


def _atoms(rules: RuleBase) -> dict[Comparison, str]:
    """A name for each different comparison in the rule base."""
    conditions = [*(f.when for f in rules.findings), *(rule.when for rule in rules.rules)]
    every = (each for when in conditions for each in comparisons(when, rules.finding))
    return {each: f"a{i}" for i, each in enumerate(dict.fromkeys(every))}


def _atom_lines(atoms: dict[Comparison, str], rules: RuleBase) -> list[str]:
    """For each fact that is read: its comparisons, true and possible."""
    lines: list[str] = []
    place = rules.question_position
    by_fact = sorted(atoms.items(), key=lambda item: place[item[0].fact])
    for fact, group in groupby(by_fact, key=lambda item: item[0].fact):
        named = [(name, _test(comparison)) for comparison, name in group]
        lines += [
            f"x = v[{place[fact]}]",
            "if x is None:",
            f" {' = '.join(f't{name}' for name, _ in named)} = False",
            f" {' = '.join(f'p{name}' for name, _ in named)} = True",
            "else:",
            *(f" t{name} = p{name} = {test}" for name, test in named),
        ]
    return lines


def _test(comparison: Comparison) -> str:
    """A comparison of the encoded answer `x`, written with integers only."""
    operand = tuple(int(number) for number in comparison.operand)
    if comparison.operator == "is":
        return f"x == {operand[0]}" if len(operand) == 1 else f"x in {operand}"
    low, high = operand
    if comparison.operator == "between":
        return f"{low} <= x <= {high}"
    return f"x & {high} != 0" if low == 1 else f"(x & {high}).bit_count() >= {low}"


class _Writer:
    """Writes conditions as Python expressions over the names of atoms and findings."""

    def __init__(self, atoms: dict[Comparison, str], findings: dict[str, str]) -> None:
        self.atoms = atoms
        self.findings = findings

    def half(self, when: Condition, half: str) -> str:
        """One half of a condition, `t` or `p`."""
        match when:
            case Comparison():
                return half + self.atoms[when]
            case Named(finding):
                return half + self.findings[finding]
            case Not(part):
                return f"(not {self.half(part, 'p' if half == 't' else 't')})"
            case All(parts):
                return f"({' and '.join(self.half(p, half) for p in parts)})" if parts else "True"
            case Any(parts):
                return f"({' or '.join(self.half(p, half) for p in parts)})" if parts else "False"

    def finding_lines(self, finding: str, when: Condition) -> list[str]:
        """Both halves of a finding, each in a name of its own."""
        name = self.findings[finding]
        return [f"{half}{name} = {self.half(when, half)}" for half in "tp"]

    def rule_lines(self, rules: RuleBase) -> list[str]:
        """For each different condition, the rules it stands for."""
        places: dict[Condition, list[int]] = {}
        for place, rule in enumerate(rules.rules):
            if rule.when != ALWAYS:
                places.setdefault(rule.when, []).append(place)
        lines: list[str] = []
        for when, each in places.items():
            which = ", ".join(str(place) for place in each) + ","
            lines += [
                f"if {self.half(when, 't')}: yes += ({which})",
                f"elif {self.half(when, 'p')}: may += ({which})",
            ]
        return lines
