"""Plan → document: the JSON of a plan, the same for one and for a million, and parts of it.

Each rule, source and exercise is told once, in the tables at the end, and named wherever it
counts. The tables come last because they hold what the rest has named.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

import orjson

from advisor.command_line import command_start
from advisor.engine.kept import Kept
from advisor.engine.ready import program_of
from advisor.json_text import Json, json_text
from advisor.parts import NOTHING, GivenAnswer, Spoken, parts_of
from advisor.reasons import (
    OUT,
    caution_sayings,
    contradictions,
    forbidding,
    level_rules,
    name_helplines,
    needs_of,
    standing_in_the_way,
    worded,
)
from advisor.rulebase.bits import chosen, mask_of, positions
from advisor.rulebase.shapes import LEVELS, REFERRAL
from advisor.verdicts import AVOID, CAUTION, UNRESOLVED, preferred, substitutes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from orjson import Fragment

    from advisor.result import Plan
    from advisor.session import Gap, Line, Session

SCHEMA = "legday.plan/2"
BRIEF = "legday.brief/2"
SWAPS = 2  # what else would do: as much as a line of a page holds; `legday check` tells more
LONG = 20  # choices; a question with more of them only names the list that they are


def plan_json(plan: Plan, fields: Sequence[str] = (), carried: Json | None = None) -> bytes:
    """The JSON of a plan in UTF-8, in one line.

    With `fields`, only those keys, and no reasons: small lines, for counting. What is `carried`
    along stands before all of it.
    """
    document = PlanWriter(plan).some(fields or FIELDS)
    return json_text({**carried, **document} if carried else document)


def plan_document(plan: Plan, fields: Sequence[str] = ()) -> Json:
    """The same as plain values: what is read back from that text, and so shared with nobody."""
    document: Json = orjson.loads(plan_json(plan, fields))
    return document


class PlanWriter:
    """Makes the document of one plan, in its order, out of parts that are kept for all of them.

    `named` are the rules that were named so far, and the slots that spoke as rules do; `cited`
    what those rest on: masks.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan, self.parts = plan, parts_of(plan.rules, plan.country)
        self.named = self.cited = 0
        self.codes = plan.facts.codes

    @cached_property
    def given(self) -> list[tuple[int, GivenAnswer]]:
        """The answers that were given, each with its question."""
        answers = self.parts.answers
        return [
            (place, answers[place][code])
            for place, code in enumerate(self.codes[: len(self.plan.rules.asked)])
            if code is not None
        ]

    @cached_property
    def ranked(self) -> dict[str, list[int]]:
        """The allowed exercises of each movement pattern, the most preferred first."""
        verdicts = self.plan.verdicts
        return {
            pattern: preferred(mask & verdicts.allowed, verdicts.weights)
            for pattern, mask in self.plan.rules.pattern_masks.items()
        }

    @cached_property
    def level_rules(self) -> int:
        """The rules that tell why the level is what it is, a mask."""
        return mask_of(level_rules(self.plan))

    def some(self, fields: Iterable[str]) -> Json:
        """Some keys; if not all, without reasons: a verdict is a word, a line its dose."""
        if fields is FIELDS:
            return {name: make(self) for name, make in FIELDS.items()}
        tables = {} if TABLES.isdisjoint(fields) else PlanWriter(self.plan).some(FIELDS)
        small = {name: SMALL.get(name) or FIELDS[name] for name in fields}
        return {
            name: tables[name] if name in TABLES else make(self) for name, make in small.items()
        }

    # What counts where: by name, or with what is said.

    def names(self, rules: int) -> list[str]:
        """Some rules by name."""
        self.named |= rules
        return [self.parts.names[place] for place in positions(rules)]

    def say(self, spoken: Spoken) -> Fragment:
        """What is said, and by which rules."""
        self.named |= spoken.voices
        return spoken.json

    def true(self, kind: str) -> Fragment:
        """What the true rules have to say of one kind."""
        return self.say(self.parts.said[kind].of(self.plan.findings.true))

    def in_session(self, kind: str) -> Fragment:
        """What is said of one kind where there is a session."""
        return self.true(kind) if self.plan.session else NOTHING.json

    def contradictions(self) -> Fragment:
        """Which answers do not fit together."""
        rules = mask_of(place for place, _ in contradictions(self.plan))
        return self.say(self.parts.said["contradiction"].of(rules))

    # The parts of a plan.

    def level_says(self) -> str:
        """The level in a sentence."""
        plan = self.plan
        return "" if plan.level is None else plan.rules.levels[plan.careful.level].says

    def referral(self) -> Json | None:
        """Whom to see and how fast: known as soon as one reason for it is."""
        plan = self.plan
        level = plan.careful.level
        if level < REFERRAL:
            return None
        known = [place for place in plan.careful.rules if plan.findings.true >> place & 1]
        own = [program_of(plan.rules).levels[place].action for place in known]
        words = plan.rules.levels[level]
        general = words.action if known or not words.in_doubt else words.in_doubt
        actions = " ".join(dict.fromkeys(action or general for action in own or [general]))
        text = name_helplines(actions, plan.country, plan.rules.emergency_numbers)
        return {"urgency": LEVELS[level], "action": text}

    def session(self, session: Session) -> Json:
        """One day of the routine."""
        return {
            "day": session.day,
            "says": session.says,
            "minutes": session.minutes,
            "warm_up": self.true("warm_up"),
            "exercises": self.lines(session.lines),
            "stop_if": self.true("stop_sign"),
            "effort": _effort(session.lines),
            "rung": self.rung(session),
            "empty_slots": [self.gap(gap) for gap in session.empty],
        }

    def rung(self, session: Session) -> Json | None:
        """Where the first line that stands on a ladder is on it, and when the next rung opens."""
        found = (self.plan.rules.rungs.get(line.position) for line in session.lines)
        ladder, at = next(filter(None, found), (None, 0))
        if ladder is None:
            return None
        reached = self.plan.verdicts.allowed
        following = [
            rung
            for rung in ladder.rungs[at : at + 1]
            if any(reached >> self.plan.rules.position[name] & 1 for name in rung.exercises)
        ]
        return {
            "ladder": ladder.id,
            "name": ladder.name,
            "at": at,
            "of": len(ladder.rungs),
            "opens_next": following[0].opens if following else "",
        }

    def gap(self, gap: Gap) -> Json:
        """A slot without a line, and why."""
        name = self.parts.slot_names[gap.slot]
        rules = self.names(mask_of(gap.rules))
        return {"slot": gap.slot, "name": name, "reason": gap.reason, "rules": rules}

    def lines(self, lines: Sequence[Line]) -> list[Json]:
        """The lines of the session: what to do, its limits, and why it is there."""
        plan, parts = self.plan, self.parts
        true, possible, known = plan.findings.true, plan.findings.possible, plan.tells_weights
        used = plan.choice.without | mask_of(line.position for line in lines)
        rows = [parts.rows[line.position] for line in lines]
        # How to build up to a weight is told where a day first says so.
        ramped = next((row for row in rows if row.ramp.rules & true), None)
        told: list[Json] = []
        for line, row in zip(lines, rows, strict=True):
            head = parts.head(line, known=known)
            limits, cues = row.limits.of(possible), row.cues.of(true)
            reasons = row.reasons.of(true) if row.reasons.rules & true else parts.slots[line.slot]
            self.named |= head.voices | limits.voices | cues.voices | reasons.voices
            told.append(
                {
                    **head.told,
                    "limits": limits.json,
                    "cues": cues.json,
                    "reasons": reasons.json,
                    "dose_reasons": head.dose_reasons,
                    "ramp": row.ramp.of(true).json if row is ramped else [],
                    "swap": self.swaps(line.slot, used),
                }
            )
        return told

    def swaps(self, slot: str, used: int) -> list[str]:
        """What else would do for a line, the most preferred first; not what is in use."""
        patterns, rows = self.parts.patterns[slot], self.parts.rows
        if len(patterns) == 1:
            ranked, left = self.ranked.get(patterns[0], []), ~used
        else:
            weights, left = self.plan.verdicts.weights, self.plan.rules.slot_masks[slot] & ~used
            ranked = preferred(left & self.plan.verdicts.allowed, weights)
        return [rows[each].name for each in ranked if left >> each & 1][:SWAPS]

    def schedule(self) -> Json | None:
        """The schedule, if there is a session."""
        schedule = self.plan.schedule
        if schedule is None:
            return None
        return {
            "sessions_per_week": list(schedule.sessions_per_week),
            "rest_hours": schedule.rest_hours,
            "ready_in_hours": schedule.ready_in_hours,
            "reasons": self.names(mask_of(schedule.capped_by)),
        }

    def trial(self) -> Json | None:
        """What the session leaves out for a while, to see whether it was the cause."""
        if self.plan.trial is None:
            return None
        leading = self.plan.trial.leading
        return {
            "suspect": self.plan.trial.name,
            "exercise": leading.exercise,
            "trial": leading.trial,
            "review_in_days": leading.review_in_days,
        }

    def wishes(self) -> Json:
        """What was wished for, and of that, what could not be followed."""
        wishes, position = self.plan.wishes, self.plan.rules.position
        return {
            "without": sorted(wishes.without, key=position.__getitem__),
            "with": sorted(wishes.including, key=position.__getitem__),
            "minutes": wishes.minutes,
            "units": wishes.units,
            "not_followed": [
                self.not_followed(place)
                for place in positions(self.plan.choice.wanted)
                if self.plan.session and place not in self.shown
            ],
        }

    def not_followed(self, place: int) -> Json:
        """A wish for an exercise that no day has, and why."""
        plan, exercise = self.plan, self.plan.rules.exercises[place]
        verdict = plan.verdicts.of(place)
        if verdict == AVOID:
            why = f"but it is not for you now. `legday check {exercise.id}` says why."
        elif verdict == UNRESOLVED:
            why = f"but answers are missing. `legday check {exercise.id}` says which."
        elif plan.choice.without >> place & 1:
            why = "but it stays out for now, to see whether it was the cause."
        else:
            why = "but these sessions have no place for it."
        say = f"{exercise.name}: you asked for it, {why}"
        return {"exercise": exercise.id, "verdict": verdict, "say": say}

    def verdicts(self) -> Json:
        """The verdict of every exercise, which is fine unless something is in its way."""
        plan, parts = self.plan, self.parts
        true, unknown, possible = plan.findings.true, plan.findings.unknown, plan.findings.possible
        rows, verdicts, telling = parts.rows, parts.verdicts, parts.telling
        found, named, instead = parts.all_fine.copy(), 0, self.instead()
        for row in chosen(plan.verdicts.caution, rows):
            rules = row.limits.rules & possible
            found[row.name] = verdicts[CAUTION, rules, (), ()]
            named |= rules
        for row in chosen(plan.verdicts.avoid, rows):
            rules = telling[row.forbidders & true] or self.level_rules
            found[row.name] = verdicts[AVOID, rules, instead.get(row.pattern, ()), ()]
            named |= rules
        needs: Kept[int, tuple[str, ...]] = Kept(lambda rules: (*needs_of(plan, positions(rules)),))
        for row in chosen(plan.verdicts.unresolved, rows):
            rules = row.forbidders & unknown
            waits, rules = needs[rules], telling[rules]
            found[row.name] = verdicts[UNRESOLVED, rules, instead.get(row.pattern, ()), waits]
            named |= rules
        self.named |= named
        return found

    def instead(self) -> dict[str, tuple[str, ...]]:
        """For each movement pattern, what is allowed of it, the best preferred first.

        It is the same for all exercises of a pattern that are out, as none of them is allowed.
        """
        rows = self.parts.rows
        return {
            pattern: tuple([rows[place].name for place in places[:SWAPS]])
            for pattern, places in self.ranked.items()
        }

    def safety_net(self) -> Fragment:
        """What to watch for; in an emergency there is only one thing to do."""
        emergency = self.plan.careful.level == len(LEVELS) - 1
        return NOTHING.json if emergency else self.parts.safety_net.of(self.plan.findings.true).json

    def open_questions(self) -> list[Fragment]:
        """The questions whose answers would count."""
        places = self.plan.rules.question_position
        return [self.parts.questions[places[fact]] for fact in open_facts(self.plan)]

    def answers(self) -> Json:
        """What is known of the person."""
        return {each.fact: each.value for _, each in self.given if each.value}

    def facts(self, places: Iterable[int]) -> list[str]:
        """Questions by their ids, in the author's order."""
        asked = self.plan.rules.asked
        return [asked[place].id for place in sorted(places) if place < len(asked)]

    def not_asked(self) -> list[str]:
        """The questions that were neither answered nor answered with `unsure`."""
        return self.facts(place for place, code in enumerate(self.codes) if code is None)

    def command(self) -> str:
        """The command line that gives this plan again."""
        clear = self.plan.facts.stated_clear
        words = [each.words for place, each in self.given if place not in clear]
        return " ".join((command_start(self.plan, "plan"), *words))

    # The tables of what was named.

    def rules(self) -> Json:
        """The rules that were named, and the slots that spoke."""
        told: Json = {}
        codes, cited = self.codes, 0
        for name, read, kept, cites in chosen(self.named, self.parts.voices):
            told[name] = kept[read(codes)]
            cited |= cites
        self.cited = cited
        return told

    def sources(self) -> Json:
        """The documents that those rules, and the exercises of the session, rest on."""
        cited = self.cited
        for place in self.shown:
            cited |= self.parts.exercises[place][1]
        return dict(chosen(cited, self.parts.sources))

    def exercises(self) -> Json:
        """The exercises of the sessions: how each is done."""
        rows, exercises = self.parts.rows, self.parts.exercises
        return {rows[place].name: exercises[place][0] for place in self.shown}

    @cached_property
    def shown(self) -> list[int]:
        """The exercises of all days, as they come, each once."""
        days = self.plan.sessions
        return list(dict.fromkeys(line.position for day in days for line in day.lines))


def _effort(lines: Iterable[Line]) -> str:
    """How hard a set should feel, by what most lines keep in reserve; empty if none does."""
    moved = [line.dose.reps_in_reserve for line in lines if line.dose.hold_seconds is None]
    some = [spare for spare in moved if spare]
    if not some:
        return ""
    spare = max(some, key=some.count)
    return f"Leave {spare} in reserve: end each set when you could still do {spare} more."


def open_facts(plan: Plan) -> list[str]:
    """The questions that safety waits for; in a plan, those its caution rests on."""
    if plan.careful.open_facts:
        return list(plan.careful.open_facts)
    if plan.session is None or not plan.verdicts.unresolved:
        return []
    forbidders = 0
    for position in positions(plan.verdicts.unresolved):
        forbidders |= forbidding(plan, position, UNRESOLVED)
    places = plan.rules.question_position
    wanted = needs_of(plan, positions(forbidders))
    return [fact for fact in wanted if plan.facts.is_open(places[fact])]


def verdict_document(plan: Plan, position: int) -> Json:
    """The verdict on one exercise by itself, with whole reasons."""
    word, rules = plan.verdicts.words[position], standing_in_the_way(plan, position)
    out = word in OUT
    sayings = [(place, "") for place in rules] if out else caution_sayings(plan, position)
    return {
        "verdict": word,
        "name": plan.rules.exercises[position].name,
        "reasons": [worded(saying, plan).to_dict() for saying in sayings],
        "needs": needs_of(plan, rules) if word == UNRESOLVED else [],
        "instead": substitutes(position, plan.verdicts, plan.rules) if out else [],
    }


def _small_sessions(sessions: Iterable[Session], plan: Plan) -> list[Json]:
    """Days without their reasons."""
    parts, known = parts_of(plan.rules, plan.country), plan.tells_weights
    return [
        {
            "day": each.day,
            "exercises": [parts.head(line, known=known).told for line in each.lines],
        }
        for each in sessions
    ]


# The keys of the document, in the contract's order, each with what makes its value.
FIELDS: dict[str, Callable[[PlanWriter], object]] = {
    "schema": lambda _: SCHEMA,
    "level": lambda w: w.plan.level,
    "status": lambda w: w.plan.status,
    "level_says": PlanWriter.level_says,
    "level_reasons": lambda w: w.names(w.level_rules),
    "referral": PlanWriter.referral,
    "before": lambda w: w.in_session("before_training"),
    "session": lambda w: w.plan.session and w.session(w.plan.session),
    "later": lambda w: [w.session(each) for each in w.plan.later],
    "schedule": PlanWriter.schedule,
    "trial": PlanWriter.trial,
    "wishes": PlanWriter.wishes,
    "progression": lambda w: w.in_session("progression"),
    "advice": lambda w: w.in_session("advice"),
    "contradictions": PlanWriter.contradictions,
    "safety_net": PlanWriter.safety_net,
    "verdicts": PlanWriter.verdicts,
    "open_questions": PlanWriter.open_questions,
    "answers": PlanWriter.answers,
    "not_sure": lambda w: w.facts(w.plan.facts.not_sure),
    "not_asked": PlanWriter.not_asked,
    "stated_clear": lambda w: w.facts(w.plan.facts.stated_clear),
    "command": PlanWriter.command,
    "rule_base": lambda w: w.parts.base,
    "rules": PlanWriter.rules,
    "sources": PlanWriter.sources,
    "exercises": PlanWriter.exercises,
}
TABLES = {"rules", "sources", "exercises"}
# The keys whose small form leaves the reasons out.
SMALL: dict[str, Callable[[PlanWriter], object]] = {
    "session": lambda w: next(iter(_small_sessions(w.plan.sessions[:1], w.plan)), None),
    "later": lambda w: _small_sessions(w.plan.later, w.plan),
    "verdicts": lambda w: dict(zip(w.plan.rules.exercise, w.plan.verdicts.words, strict=True)),
    "fired": lambda w: list(w.plan.fired),
}
