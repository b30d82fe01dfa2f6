"""A rule base → a program: its conditions as one Python function, its effects as tables.

`conclude` takes the encoded answers (None where unknown) and returns two masks: the rules that are
true, and those that are unknown. All rules are decided at once, by the clauses that each answer
satisfies (see `clauses.py`); only findings, and parts that do not come apart into clauses, are
worked out one by one. It is generated, because a condition is asked far more often than it is
read. Only names made up here and integers enter its source, never a word of a rule base. Each
condition that is worked out has two halves, as strong Kleene logic needs: `t`, it is known to be
true, and `p`, it is still possible.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from types import CodeType

from advisor.engine.clauses import Layout, laid_out
from advisor.engine.lookups import lookups, states
from advisor.engine.tables import ByRule, FromRules, effect_tables
from advisor.rulebase.frozen import dataclass, field
from advisor.rulebase.shapes import (
    Advise,
    All,
    Any,
    Cap,
    Comparison,
    Condition,
    Dose,
    Level,
    Named,
    Not,
    Prefer,
    RuleBase,
    Suspect,
)
from advisor.rulebase.truth import comparisons

Conclude = Callable[[Sequence[int | None]], tuple[int, int]]

Doses = dict[tuple[int, str, int, int], tuple[Dose, tuple[int, ...]]]


@dataclass(frozen=True)
class Program:
    """A rule base made ready to run. Rules are named by their position, sets of them are masks.

    The tables hold, for each rule that has them, its effects of one kind, or for each exercise,
    what rules have for it.
    """

    conclude: Conclude
    layout: Layout
    facts: tuple[tuple[int, ...], ...]  # of each rule: the positions of the questions it reads
    levels: ByRule[Level]
    avoids: ByRule[int]  # exercise masks
    forbidders: tuple[int, ...]  # of each exercise: the rules that put it out, but referrals
    referrals: int  # the rules whose level is a referral
    cautions: ByRule[int]  # exercise masks
    limits: tuple[FromRules[str], ...]  # of each exercise
    caps: ByRule[tuple[Cap, ...]]
    dose_caps: tuple[FromRules[Cap], ...]  # of each exercise: what may cap its dose
    timing: FromRules[Cap]  # what may cap the schedule
    lines: ByRule[int]  # the most lines of a session
    prefers: ByRule[tuple[Prefer, ...]]
    advises: ByRule[tuple[Advise, ...]]
    suspects: ByRule[tuple[Suspect, ...]]
    restricting: int
    weights: ByRule[tuple[tuple[int, int], ...]]  # exercise, weight
    preferring: tuple[FromRules[str], ...]  # of each exercise: no words, the weightiest rule first
    cues: tuple[FromRules[str], ...]  # of each exercise
    sayings: dict[str, FromRules[str]]  # of each kind of advice
    doses: Doses = field(default_factory=dict)  # worked out so far: exercise, slot, rules


def compile_rules(rules: RuleBase) -> Program:
    """Make a rule base ready to run."""
    layout = laid_out(rules)
    return link(generated_code(rules, layout), layout, effect_tables(rules))


def link(code: CodeType, layout: Layout, tables: dict[str, object]) -> Program:
    """A program from the code of `conclude`, where the clauses stand, and the tables of effects."""
    space: dict[str, object] = {
        "given": layout.given,
        "clauses": (1 << layout.width) - 1,
        "rules": (1 << layout.rules) - 1,
        **{f"L{place}": each for place, each in lookups(layout).items()},
        **{f"S{place}": each for place, each in enumerate(states(layout))},
    }
    exec(code, space)  # noqa: S102 - the source is ours, see above
    return Program(space["conclude"], layout, **tables)  # type: ignore[arg-type]


def generated_code(rules: RuleBase, layout: Layout) -> CodeType:
    """The code of `conclude` for a rule base."""
    return compile(generated_source(rules, layout), "<rules>", "exec")


def generated_source(rules: RuleBase, layout: Layout) -> str:
    """The source of `conclude`: atoms by fact, findings, other parts, then all clauses.

    `m` are the clauses that are satisfied; above them those that unknown answers leave possible.
    """
    parts = [part for part, _, _ in layout.parts]
    atoms = _atoms(parts, rules)
    writer = _Writer(atoms, {finding.id: f"f{i}" for i, finding in enumerate(rules.findings)})
    body = [
        *_atom_lines(atoms, rules),
        *(line for each in rules.findings for line in writer.finding_lines(each.id, each.when)),
        "m = given",
        *(f"m |= L{place}[v[{place}]]" for place in layout.facts),
        *(f"m |= S{i}[{writer.half(p, 't')} + {writer.half(p, 'p')}]" for i, p in enumerate(parts)),
        "t = m & clauses",
        f"p = m >> {layout.width} | t",
        *(f"{half} &= {half} >> {shift}" for shift in _shifts(layout) for half in "tp"),
        "t &= rules",
        "return t, p & rules ^ t",
    ]
    return "\n".join(["def conclude(v):", *(f" {line}" for line in body), ""])


def _shifts(layout: Layout) -> Iterator[int]:
    """How far to shift, so that in the end all clauses of a rule have met in its first bit."""
    met = 1
    while met < layout.span:
        step = min(met, layout.span - met)
        yield step * layout.rules
        met += step


def _atoms(parts: list[Condition], rules: RuleBase) -> dict[Comparison, str]:
    """A name for each different comparison in what is worked out."""
    conditions = [*(finding.when for finding in rules.findings), *parts]
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
