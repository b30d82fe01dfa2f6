"""`EXERCISE=SETSxREPS[@KG][/RIR]` ↔ sets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from advisor.answers import AnswerError, named_exercise, quoted
from advisor.journal.records import KG_OF_LB, Sets
from advisor.rulebase.shapes import RuleBase
from advisor.rulebase.shapes.history import SetDone
from advisor.wishes import KG, LB

NOTHING = "none"
HOW = "SETSxREPS[@WEIGHT][/REPS LEFT], such as 3x8@40/2, or 2x20s for a hold"
_SPOKEN = re.compile(
    r"(?P<sets>[0-9]{1,2})x(?:(?P<reps>[0-9]{1,3})(?=x|[@/]|$))?x?(?:(?P<seconds>[0-9]{1,4})s)?"
    r"(?:@(?P<weight>[0-9]{1,4}(?:[.,][0-9]{1,3})?)(?P<unit>kg|lb)?)?(?:/(?P<left>[0-9]{1,2}))?"
)


def kilograms(weight: float, unit: str) -> float | None:
    """A weight in kilograms; nothing is no weight."""
    return round(weight * KG_OF_LB if unit == LB else weight, 6) or None


def weight_words(kg: float, unit: str) -> str:
    """A weight as it is shown."""
    return f"{round(kg / KG_OF_LB if unit == LB else kg, 1):g} {unit}"


def read_done(said: Iterable[str], rules: RuleBase, unit: str) -> Sets:
    """The sets of each exercise that was told of. Raises AnswerError with every problem."""
    found, problems = Sets(), list[str]()
    for each in said:
        name, _, how = each.rpartition("=")
        try:
            exercise = named_exercise(name, rules)
            before = found.get(exercise, ())
            found[exercise] = before + read_sets(how, exercise, unit, len(before))
        except AnswerError as error:
            unlike = f"{quoted(each)}: expected EXERCISE={HOW}"
            problems += [f"`--did`: {each}" for each in (error.problems if name else [unlike])]
    if problems:
        raise AnswerError(problems)
    return found


def read_sets(how: str, exercise: str, unit: str = KG, after: int = 0) -> tuple[SetDone, ...]:
    """The sets in words such as `3x8@40/2`, numbered after those before. Raises AnswerError."""
    words = "".join(how.casefold().split())
    if words == NOTHING:
        return ()
    spoken = _SPOKEN.fullmatch(words)
    if spoken is None or not (spoken["reps"] or spoken["seconds"]) or not int(spoken["sets"]):
        raise AnswerError([f"{quoted(how)} is no sets: expected {HOW}"])
    weight = float((spoken["weight"] or "0").replace(",", "."))
    reps, seconds, left = (
        int(spoken[key]) if spoken[key] else None for key in ("reps", "seconds", "left")
    )
    kg = kilograms(weight, spoken["unit"] or unit)
    numbers = range(after + 1, after + int(spoken["sets"]) + 1)
    return tuple(SetDone(exercise, number, reps, kg, seconds, left) for number in numbers)


def sets_words(sets: Sequence[SetDone], unit: str = KG) -> str:
    """Sets in short, as they are typed: `3x8@40/2`; sets that are alike are counted."""
    runs = groupby(sets, lambda each: replace(each, number=0, pain=None, load_percent=None))
    return ", ".join(_run_words(len([*run]), alike, unit) for alike, run in runs)


def _run_words(count: int, done: SetDone, unit: str) -> str:
    held = f"{done.seconds}s" if done.seconds else ""
    work = "x".join(filter(None, [str(done.reps or ""), held])) or "?"
    weight = f"@{weight_words(done.kg, unit).replace(' ', '')}" if done.kg else ""
    left = f"/{done.in_reserve}" if done.in_reserve is not None else ""
    kind = f" ({done.kind.replace('_', '-')})" if done.kind != SetDone.kind else ""
    return f"{count}x{work}{weight}{left}{kind}"
