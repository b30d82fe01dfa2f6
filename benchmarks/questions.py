"""How many questions are asked: ours, three other ways, and the fewest that any way could ask.

    python benchmarks/questions.py [--people N] [--seed S]

The population is fixed by the seed: of 100 people 45 are well, 35 have a mildly sore back, 17 a
back with a history, and 3 an emergency sign. A third own nothing, a third a few small things, a
third a full gym. The ways to ask:

- *ours*: `next_step`, which asks only what can still change the plan;
- *everything*: every question that some rule reads, in the author's order;
- *goal by goal*: as EMYCIN and docassemble do, rule after rule, the most careful levels first,
  each asking for what its condition still lacks;
- *missing score*: as publicodes does, always the question that most open rules lack.

The last two stop, as ours does, when the level can go no higher. The *floor* is the number of
answers that each, changed alone, would change this person's plan: whoever fixes the plan must
have asked at least those.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterator

from _outcomes import outcome

from advisor import load_rules
from advisor.answers import Facts
from advisor.engine.ready import program_of, ranks_of
from advisor.findings import conclude, pending
from advisor.interview.next_question import next_step
from advisor.plan import plan_for
from advisor.rulebase.bits import positions
from advisor.rulebase.shapes import INTEGER, LEVELS, SET, Question, RuleBase
from advisor.rulebase.truth import facts_of

Strategy = Callable[[Facts, RuleBase], int | None]
KINDS = (("well", 45), ("sore", 35), ("history", 17), ("emergency", 3))


def person(chance: random.Random, rules: RuleBase) -> tuple[str, Facts]:
    """Somebody of the population: what kind, and the answer to every question."""
    kind = chance.choices([k for k, _ in KINDS], [n for _, n in KINDS])[0]
    values = [anything(question, chance) for question in rules.asked]
    values += [question.first for question in rules.questions[len(values) :]]
    said: dict[str, object] = {
        "disc_history": False,
        "age": chance.choice([19, 28, 37, 46, 58, 70]),
    }
    gym = [choice.id for choice in rules.question["equipment"].choices]
    some = chance.sample(["dumbbells", "bands", "bench_or_step", "kettlebell"], 2)
    said["equipment"] = chance.choice([[], some, gym])
    if kind != "well":
        said |= {"back_pain": chance.choice([1, 2, 2, 3, 4]), "pain_quality": "dull"}
        said |= {"pain_trend": chance.choice(["better", "better", "same"])}
        said |= {"pain_duration": chance.choice(["days", "weeks"])}
        said |= {"pain_triggers": chance.choice([[], [], ["leg_press"]])}
    if kind == "history":
        said |= chance.choice(
            [{"disc_history": True}, {"sciatica": "past"}, {"back_surgery": "cleared"}]
        )
    if kind == "emergency":
        said |= {"emergency_signs": [chance.choice(rules.question["emergency_signs"].choices).id]}
    for place, question in enumerate(rules.asked):
        if question.id in said:
            values[place] = question.encode(said[question.id])
        elif question.clear is not None:
            values[place] = question.clear
    return kind, Facts(tuple(values))


def anything(question: Question, chance: random.Random) -> int:
    """Some answer to a question."""
    if question.kind == INTEGER:
        return chance.randint(question.minimum, min(question.maximum, 100))
    if question.kind == SET:
        return 0
    return chance.randrange(max(2, len(question.choices)))


def ours(facts: Facts, rules: RuleBase) -> int | None:
    """The next question as legday asks it."""
    step = next_step(facts, rules)
    return None if step is None else step.position


def everything(facts: Facts, rules: RuleBase) -> int | None:
    """The first question not asked that any rule reads."""
    read = {fact for rule in rules.rules for fact in facts_of(rule.when, rules.finding)}
    every = enumerate(rules.questions)
    return next((p for p, q in every if facts.is_open(p) and q.id in read), None)


def goal_by_goal(facts: Facts, rules: RuleBase) -> int | None:
    """What the first open rule lacks first, the most careful levels being the first goals."""
    levels = program_of(rules).levels
    open_rules = _open_rules(facts, rules)
    for rule in sorted(open_rules, key=lambda r: (-levels[r].level if r in levels else 1, r)):
        for fact in _lacks(rule, facts, rules):
            return rules.question_position[fact]
    return None


def missing_score(facts: Facts, rules: RuleBase) -> int | None:
    """What most open rules lack; ties in the author's order."""
    score: dict[int, int] = {}
    for rule in _open_rules(facts, rules):
        for fact in _lacks(rule, facts, rules):
            place = rules.question_position[fact]
            score[place] = score.get(place, 0) + 1
    return min(score, key=lambda place: (-score[place], place), default=None)


def _open_rules(facts: Facts, rules: RuleBase) -> list[int]:
    """The rules not decided yet; none once the level is as high as it goes."""
    findings = conclude(facts, rules)
    levels = program_of(rules).levels
    top = max((effect.level for _, effect in levels.among(findings.true)), default=0)
    return [] if top == len(LEVELS) - 1 else positions(findings.unknown)


def _lacks(rule: int, facts: Facts, rules: RuleBase) -> Iterator[str]:
    answers = facts.by_name(rules)
    for fact in pending(rules.rules[rule].when, answers, rules.finding):
        if facts.is_open(rules.question_position[fact]):
            yield fact


def asked(strategy: Strategy, someone: Facts, rules: RuleBase) -> int:
    """How many questions a strategy asks somebody."""
    values = [question.first for question in rules.questions]
    count = 0
    while (place := strategy(Facts(tuple(values)), rules)) is not None:
        values[place] = someone.values[place]
        count += 1
    return count


def floor(someone: Facts, rules: RuleBase) -> int:
    """How many answers would change the plan, each changed alone."""
    plan = outcome(plan_for(someone, rules))
    return sum(
        any(outcome(plan_for(_with(someone, place, code), rules)) != plan for code in others)
        for place, question in enumerate(rules.asked)
        for others in [_others(question, someone.values[place] or 0)]
    )


def _others(question: Question, now: int) -> list[int | None]:
    """Other answers to a question, and none: every one, or for sets those a choice away."""
    if question.kind == SET:
        near = [now ^ 1 << bit for bit in range(len(question.choices))]
        return [None, 0, *near, (1 << len(question.choices)) - 1]
    top = max(len(question.choices), 2) if question.kind != INTEGER else question.maximum + 1
    return [None, *range(question.minimum, min(top, 101))]


def _with(someone: Facts, place: int, code: int | None) -> Facts:
    return Facts((*someone.values[:place], code, *someone.values[place + 1 :]))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rules, chance = load_rules(), random.Random(options.seed)
    people = [person(chance, rules) for _ in range(options.people)]
    floors = [floor(someone, rules) for _, someone in people]
    print(f"{options.people} people, seed {options.seed}; floor: {statistics.mean(floors):.2f}")
    print(f"{'':16}{'mean':>8}{'worst':>8}{'x floor':>9}{'ms each':>9}")
    for strategy in (ours, everything, goal_by_goal, missing_score):
        start = time.perf_counter()
        counts = [asked(strategy, someone, rules) for _, someone in people]
        each = 1000 * (time.perf_counter() - start) / (sum(counts) + len(counts))
        ratio = statistics.mean(counts) / statistics.mean(floors)
        name = strategy.__name__.replace("_", " ")
        print(f"{name:16}{statistics.mean(counts):8.2f}{max(counts):8}{ratio:9.3f}{each:9.2f}")
    _emergency_first(people, rules)


def _emergency_first(people: list[tuple[str, Facts]], rules: RuleBase) -> None:
    """Say what it costs to ask the emergency signs before anything else."""

    def last(facts: Facts, rules: RuleBase) -> int | None:
        """As ours, but other screening questions first."""
        step = next_step(facts, rules)
        if step is None or ranks_of(rules)[step.position] < len(LEVELS) - 1:
            return None if step is None else step.position
        ranks = enumerate(ranks_of(rules))
        later = [p for p, rank in ranks if 3 <= rank < len(LEVELS) - 1 and facts.is_open(p)]
        return later[0] if later else step.position

    first = statistics.mean(asked(ours, someone, rules) for _, someone in people)
    other = statistics.mean(asked(last, someone, rules) for _, someone in people)
    print(f"emergency signs first: {first:.2f} questions; last of the screening: {other:.2f}")


if __name__ == "__main__":
    main()
