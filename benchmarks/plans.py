"""How long one plan takes, and one question: Python to Python, on the shipped rule base.

    python benchmarks/plans.py [--people 500] [--rounds 9] [--seed 1]

The people are those of `questions.py`, and of each also a half: every answer is left out with a
chance of one in six. Plans are timed for all people together, round after round; questions one
by one, over whole conversations, each the best of three, so that a pause of the machine is not
taken for ours. `advise` takes answers in words and checks them.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import statistics
import time
from collections.abc import Callable, Iterable

from questions import person

from advisor import Plan, advise, load_rules
from advisor.answers import Facts
from advisor.document import plan_json
from advisor.interview.next_question import next_step
from advisor.plan import plan_for
from advisor.rulebase.shapes import RuleBase

SILENT = 1 / 6


def in_words(facts: Facts, rules: RuleBase) -> dict[str, object]:
    """A person's answers as somebody would give them."""
    answers = zip(rules.asked, facts.values, strict=False)
    return {q.id: q.decode(value) for q, value in answers if value is not None}


def half_silent(facts: Facts, rules: RuleBase, chance: random.Random) -> Facts:
    """The same person, with some questions not answered; what is measured stays."""
    asked = len(rules.asked)
    left = (None if chance.random() < SILENT else value for value in facts.values[:asked])
    return Facts((*left, *facts.values[asked:]))


def each_second(work: Callable[[object], object], items: Iterable[object], rounds: int) -> float:
    """How many of the items are done in a second of this process, the median of the rounds."""
    every = list(items)
    rates = []
    for _ in range(rounds):
        start = time.process_time()
        for item in every:
            work(item)
        rates.append(len(every) / (time.process_time() - start))
    return statistics.median(rates)


def plans(people: list[Facts], rules: RuleBase, rounds: int) -> dict[str, float]:
    """Plans a second, by what is made."""
    answers = [in_words(facts, rules) for facts in people]
    made = [advise(each, rules) for each in answers]
    if [plan.facts.values for plan in made] != [facts.values for facts in people]:
        raise SystemExit("the answers in words are not the facts")
    small = ("level", "session")

    def fresh(write: Callable[[Plan], object]) -> Callable[[object], object]:
        """With a plan of its own each time, as a plan keeps what was asked of it."""
        return lambda each: write(advise(each, rules))  # type: ignore[arg-type]

    return {
        "plan_for (facts to Plan)": each_second(
            lambda facts: plan_for(facts, rules), people, rounds
        ),
        "advise (answers to Plan)": each_second(fresh(lambda plan: plan), answers, rounds),
        "advise, to_dict": each_second(fresh(Plan.to_dict), answers, rounds),
        "advise, full line of JSON": each_second(fresh(plan_json), answers, rounds),
        "advise, line of level and session": each_second(
            fresh(lambda plan: plan_json(plan, small)), answers, rounds
        ),
    }


def questions(people: list[Facts], rules: RuleBase) -> list[float]:
    """Milliseconds for each question of each conversation, the last of which finds none."""
    return [ms for someone in people for ms in _conversation(someone, rules)]


def _conversation(someone: Facts, rules: RuleBase) -> list[float]:
    values = [question.first for question in rules.questions]
    times = []
    while True:
        best = float("inf")
        for _ in range(3):
            facts = Facts(tuple(values))
            start = time.process_time()
            step = next_step(facts, rules)
            best = min(best, 1000 * (time.process_time() - start))
        times.append(best)
        if step is None:
            return times
        values[step.position] = someone.values[step.position]


def main() -> None:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--seed", type=int, default=1)
    words = parser.parse_args()
    rules, chance = load_rules(), random.Random(words.seed)
    people = [person(chance, rules)[1] for _ in range(words.people)]
    silent = [half_silent(facts, rules, chance) for facts in people]
    print(
        f"{len(rules.rules)} rules, {len(rules.questions)} questions, {words.people} people; "
        f"Python {platform.python_version()}, {os.cpu_count()} cores; {words.rounds} rounds\n"
    )
    print("| what is made | all answered, a second | one in six left out, a second |")
    print("| --- | ---: | ---: |")
    some = plans(silent, rules, words.rounds)
    for name, rate in plans(people, rules, words.rounds).items():
        print(f"| {name} | {rate:,.0f} | {some[name]:,.0f} |")
    times = sorted(questions(people, rules))
    high = times[int(len(times) * 0.99)]
    print(
        f"\nnext question, {len(times)} of them: median {statistics.median(times):.2f} ms, "
        f"99th percentile {high:.2f} ms, worst {times[-1]:.2f} ms"
    )


if __name__ == "__main__":
    main()
