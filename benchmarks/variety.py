"""How much routines differ, in a mixed population.

    python benchmarks/variety.py [--people N] [--seed S]

The population is fixed by the seed. Of 100 people 45 have no trouble with their back, 25 have pain
of 1 or 2, 10 of 3 or 4, and 20 have a history and a calm back. Goals, years of training and
equipment (nothing, small things, a home with weights, a gym without a rack, machines, a full gym)
are drawn evenly; ages run from 16 to 85. Who is referred gets no routine and is not counted.

A *list* is the set of exercises of one day, a *routine* is all days with their doses. Two people
who differ in nothing that a rule reads have one and the same routine: the pipeline is pure.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from advisor import advise, load_rules
from advisor.rulebase.shapes import RuleBase

Answers = dict[str, object]
Document = Mapping[str, Any]

GOALS = ("general", "quads", "glutes", "strength")
SMALL = ("dumbbells", "bands", "bench_or_step", "kettlebell")
MACHINES = ["hack_squat", "belt_squat", "leg_curl", "leg_extension", "seated_calf", "standing_calf"]
WELL: Answers = {
    "emergency_signs": [],
    "urgent_signs": [],
    "health_flags": [],
    "disc_history": False,
    "disc_when": "longer_ago",
    "sciatica": "never",
    "back_surgery": "never",
    "spine_conditions": [],
    "back_pain": 0,
    "pain_in_lifts": 0,
    "soreness_onset": "never",
    "pain_triggers": [],
    "pain_quality": "none",
    "leg_symptoms": "none",
    "pain_duration": "days",
    "pain_trend": "better",
    "pain_pattern": [],
    "daily_life_pain": False,
    "told_to_avoid": [],
    "joints": [],
    "cleared_for": [],
    "hip_mobility": "good",
    "hips_lift": False,
    "core_bracing": True,
    "balance": "good",
    "falls": False,
    "feet_numb_for_years": False,
    "recent_load_jump": False,
    "hours_since_leg_day": 72,
    "sessions_per_week": 2,
    "last_session": [],
}
PATTERNS: tuple[list[str], ...] = (
    [],
    ["worse_bending"],
    ["worse_arching"],
    ["stiff_mornings_ease_moving"],
)
GRADES: dict[str, Answers] = {
    "pain 3 or 4": {"back_pain": 3, "pain_quality": "dull"},
    "pain 1 or 2": {"back_pain": 2, "pain_quality": "dull"},
    "calm, with a history": {"disc_history": True},
    "calm": {},
}


@dataclass(frozen=True)
class Routine:
    """One person's days: the exercises of each in order, with their doses."""

    days: tuple[tuple[tuple[str, str], ...], ...]

    @property
    def lists(self) -> tuple[frozenset[str], ...]:
        """The exercises of each day."""
        return tuple(frozenset(name for name, _ in day) for day in self.days)


def person(chance: random.Random, gym: Sequence[str]) -> Answers:
    """Somebody of the population: an answer to every question."""
    small = chance.sample(SMALL, 2)
    home = ["dumbbells", "bench_or_step", "bands"]
    plain = [each for each in gym if each not in {"barbell_rack", "hack_squat", "belt_squat"}]
    said = WELL | {
        "age": chance.choice([16, 22, 28, 34, 40, 46, 52, 58, 64, 70, 78, 85]),
        "goal": chance.choice(GOALS),
        "experience": chance.choice(["new", "some", "experienced"]),
        "equipment": chance.choice([[], small, home, plain, MACHINES, list(gym)]),
        "hip_mobility": chance.choice(["good", "good", "good", "limited", "severe"]),
        "core_bracing": chance.random() < 0.8,
        "balance": chance.choice(["good", "good", "good", "good", "poor"]),
    }
    return said | trouble(chance)


def trouble(chance: random.Random) -> Answers:
    """What the back gives: nothing, an ache, pain on the mind, or a history that is calm."""
    kind = chance.choices(["calm", "ache", "pain", "history"], [45, 25, 10, 20])[0]
    if kind == "history":
        ago = chance.choice(["under_3_months", "under_2_years", "longer_ago"])
        return chance.choice(
            [
                {"disc_history": True, "disc_when": ago},
                {"sciatica": "past"},
                {"sciatica": "chronic"},
                {"back_surgery": "cleared"},
                {"spine_conditions": ["scoliosis"]},
            ]
        )
    if kind == "calm":
        return {}
    return {
        "back_pain": chance.choice([1, 2] if kind == "ache" else [3, 4]),
        "pain_quality": "dull",
        "pain_duration": chance.choice(["days", "weeks"]),
        "pain_trend": chance.choice(["better", "same"]),
        "pain_pattern": chance.choice(PATTERNS),
    }


def routine(answers: Answers, rules: RuleBase) -> Routine | None:
    """The days of one person, or nothing for who is referred."""
    document = advise(answers, rules).to_dict()
    if document["session"] is None:
        return None
    days = [document["session"], *document["later"]]
    return Routine(tuple(tuple(_line(line) for line in day["exercises"]) for day in days))


def _line(line: Document) -> tuple[str, str]:
    """An exercise and its whole dose as text."""
    load = line["load"] and line["load"]["percent"]
    dose = f"{line['notation']} reserve {line['reps_in_reserve']} rest {line['rest_seconds']}"
    return line["exercise"], f"{dose} load {load}"


def rows(found: Sequence[tuple[Answers, Routine]], rules: RuleBase) -> Iterator[tuple[str, str]]:
    """What the population got, a row each."""
    routines = [each for _, each in found]
    days = [day for each in routines for day in each.lists]
    most = Counter(days).most_common(1)[0][1]
    chosen = frozenset[str]().union(*days)
    never = [each.id for each in rules.exercises if each.id not in chosen]
    yield "routines", f"{len(routines):,}"
    yield "different routines, with doses", f"{len(set(routines)):,}"
    yield "different lists of a day", f"{len(set(days)):,}"
    yield "the commonest list, of all days", f"{most / len(days):.1%}"
    yield "exercises chosen for somebody", f"{len(chosen)} of {len(rules.exercises)}"
    yield "chosen for nobody", ", ".join(never) or "none"
    yield from _shares(routines)
    yield from _one_leg(found, rules)


def _shares(routines: Sequence[Routine]) -> Iterator[tuple[str, str]]:
    """What two days of one routine share."""
    pairs = [each.lists[:2] for each in routines if len(each.days) > 1]
    if not pairs:
        return
    shares = [len(a & b) / min(len(a), len(b)) for a, b in pairs]
    yield "routines with a second day", f"{len(pairs) / len(routines):.0%}"
    yield "shared by both days, on average", f"{sum(shares) / len(shares):.0%}"
    yield "routines whose days share more than half", f"{sum(s > 0.5 for s in shares)}"


def _one_leg(
    found: Sequence[tuple[Answers, Routine]], rules: RuleBase
) -> Iterator[tuple[str, str]]:
    """How many days have a thigh move on one leg."""
    thighs = {
        each.id: each.attributes["laterality"] == ("one",)
        for each in rules.exercises
        if each.attributes["pattern"] == ("knee_dominant",)
    }
    for label, wanted in (("with a back that needs care", True), ("with a calm back", False)):
        moves = [
            [thighs[name] for name in day if name in thighs]
            for answers, each in found
            if needs_care(answers) is wanted and int(str(answers["age"])) < STEADY
            for day in each.lists
        ]
        some = sum(map(any, moves)) / len(moves)
        yield f"days with a thigh move on one leg, under 65, {label}", f"{some:.1%}"


def needs_care(answers: Answers) -> bool:
    """Whether this person's back hurts or has a history."""
    return any(answers[fact] != WELL[fact] for fact in ("back_pain", *HISTORY))


STEADY = 65  # from here on, who is unsteady stays on both legs
HISTORY = ("disc_history", "sciatica", "back_surgery", "spine_conditions")


def comparisons(rules: RuleBase, gym: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Two people who differ in one thing: what their first days share."""
    base = WELL | {"age": 34, "experience": "experienced", "equipment": list(gym)}
    by_goal = {goal: routine(base | {"goal": goal}, rules) for goal in GOALS}
    by_grade = {
        name: routine(base | {"goal": "general"} | said, rules) for name, said in GRADES.items()
    }
    for named in (by_goal, by_grade):
        for one, other in combinations(named, 2):
            yield f"{one} / {other}", _compared(named[one], named[other])


def _compared(one: Routine | None, other: Routine | None) -> str:
    """How many exercises two routines share, and how many of those in the same dose."""
    if one is None or other is None:
        return "a referral"
    mine, yours = ({line for day in each.days for line in day} for each in (one, other))
    names = {name for name, _ in mine} & {name for name, _ in yours}
    total = {name for name, _ in mine | yours}
    return f"{len(names)} of {len(total)} exercises shared, {len(mine & yours)} in the same dose"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rules = load_rules()
    gym = [choice.id for choice in rules.question["equipment"].choices]
    chance = random.Random(options.seed)
    drawn = [person(chance, gym) for _ in range(options.people)]
    found = [(each, plan) for each in drawn if (plan := routine(each, rules)) is not None]
    print("| of the population | |\n| --- | --- |")
    for row in rows(found, rules):
        print(f"| {row[0]} | {row[1]} |")
    print("\n| two people who differ in one thing | |\n| --- | --- |")
    for row in comparisons(rules, gym):
        print(f"| {row[0]} | {row[1]} |")


if __name__ == "__main__":
    main()
