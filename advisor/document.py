"""Plan → document: the JSON of a plan, the same for one and for a million, and parts of it.

Each rule, source and exercise is told once, in the tables at the end, and named wherever it
counts. The tables come last because they hold what the rest has named.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import orjson

from advisor.command_line import command_start
from advisor.engine.ready import program_of
from advisor.json_text import Json, json_text
from advisor.parts import NOT_SURE, Spoken, fragment, line_document, parts_of
from advisor.reasons import (
    OUT,
    Saying,
    caution_sayings,
    choice_sayings,
    contradictions,
    forbidding,
    name_helplines,
    needs_of,
    said,
    slot_name,
    standing_in_the_way,
    worded,
)
from advisor.rulebase.bits import chosen, mask_of, positions
from advisor.rulebase.shapes import LEVELS, REFERRAL
from advisor.verdicts import AVOID, CAUTION, UNRESOLVED, preferred, substitutes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

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

    `named` are the rules that were named so far, `slots` the slots that spoke as rules do, and
    `cited` what those rest on: masks. `ranked` are the allowed exercises, the most preferred
    first, and `of_pattern` the same by movement pattern.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.parts = parts_of(plan)
        self.named = self.slots = self.cited = 0
        self.codes = [*plan.facts.values]
        for place in plan.facts.not_sure:
            self.codes[place] = NOT_SURE
        kept, answer, not_sure = self.parts.answers, self.parts.answer, plan.facts.not_sure
        self.given = [
            (place, kept.get((place, code)) or answer(place, code))
            for place, code in enumerate(plan.facts.values[: len(plan.rules.asked)])
            if code is not None or place in not_sure
        ]
        self.ranked = preferred(plan.verdicts.allowed, plan.verdicts.weights)
        rows = self.parts.rows
        self.of_pattern: dict[str, list[int]] = {name: [] for name in plan.rules.pattern_masks}
        for place in self.ranked:
            self.of_pattern[rows[place][1]].append(place)

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

    def names(self, places: Iterable[int]) -> list[str]:
        """Some rules by name."""
        every = list(places)
        for place in every:
            self.named |= 1 << place
        names = self.parts.rule_names
        return [names[place] for place in every]

    def say(self, sayings: Iterable[Saying]) -> object:
        """What is said, and by which rules."""
        said_by = self.parts.said(tuple(sayings))
        self.named |= said_by.rules
        self.slots |= said_by.slots
        return said_by.json

    def texts(self, kind: str) -> list[str]:
        """What the true rules have to say of one kind, without who says it."""
        return [self.parts.text(saying) for saying in said(self.plan, kind)]

    def in_session(self, kind: str) -> object:
        """What is said of one kind where there is a session."""
        return self.say(said(self.plan, kind) if self.plan.session else ())

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
        plan = self.plan
        return {
            "day": session.day,
            "says": session.says,
            "minutes": session.minutes,
            "warm_up": self.say(said(plan, "warm_up")),
            "exercises": self.lines(session.lines),
            "stop_if": self.say(said(plan, "stop_sign")),
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
        rules = self.names(gap.rules)
        return {"slot": gap.slot, "name": name, "reason": gap.reason, "rules": rules}

    def lines(self, lines: Sequence[Line]) -> list[object]:
        """The lines of the session, those that other people have just so from what is kept."""
        plan, parts = self.plan, self.parts
        true, possible = plan.findings.true, plan.findings.possible
        used = plan.choice.without
        for line in lines:
            used |= 1 << line.position
        ramped = self.ramped(lines)
        told: list[object] = []
        for line in lines:
            limits, cues, reasons = parts.speakers[line.position]
            swaps = self.swaps(line.slot, used)
            ramp = line is ramped and program_of(plan.rules).ramps[line.position].mask & true
            key = (
                *(line.slot, line.position, id(line.dose), id(line.capped_by), swaps),
                *(ramp, plan.tells_weights),
                *(limits & possible, cues & true, reasons & true),
            )
            known = parts.lines.get(key)
            if known is None:
                known = parts.lines[key] = self.kept_line(line, swaps, ramp=bool(ramp))
            self.named |= known.rules
            self.slots |= known.slots
            told.append(known.json)
        return told

    def ramped(self, lines: Sequence[Line]) -> Line | None:
        """The first line of a day for which a rule says how to build up to the weight."""
        ramps, true = program_of(self.plan.rules).ramps, self.plan.findings.true
        return next((line for line in lines if ramps[line.position].mask & true), None)

    def kept_line(self, line: Line, swaps: tuple[int, ...], *, ramp: bool) -> Spoken:
        """A line as it is kept: what to do, its limits, and why it is there."""
        plan, parts, rules = self.plan, self.parts, self.plan.rules
        cues = program_of(rules).cues[line.position]
        spoken = {
            "limits": parts.said(tuple(caution_sayings(plan, line.position))),
            # Besides those of rules there are its own, which `exercises` tells.
            "cues": parts.said(cues.among(plan.findings.true & ~parts.catalogue)),
            "reasons": parts.said(tuple(choice_sayings(plan, line))),
        }
        steps = program_of(rules).ramps[line.position].among(plan.findings.true) if ramp else ()
        speakers, slots = mask_of(line.capped_by), 0
        for each in spoken.values():
            speakers, slots = speakers | each.rules, slots | each.slots
        told = fragment(
            {
                **line_document(line, plan),
                **{name: each.json for name, each in spoken.items()},
                "dose_reasons": [parts.rule_names[place] for place in line.capped_by],
                "ramp": [parts.text(saying) for saying in steps],
                "swap": [rules.exercises[place].id for place in swaps],
            }
        )
        parts.count()
        return Spoken(told, speakers, slots, line)

    def swaps(self, slot: str, used: int) -> tuple[int, ...]:
        """What else would do for a line, the most preferred first; not what is in use."""
        patterns = self.parts.patterns[slot]
        if len(patterns) == 1:
            ranked, left = self.of_pattern.get(patterns[0], []), ~used
        else:
            ranked, left = self.ranked, self.plan.rules.slot_masks[slot] & ~used
        found: tuple[int, ...] = ()
        for each in ranked:
            if left >> each & 1:
                found = *found, each
                if len(found) == SWAPS:
                    break
        return found

    def schedule(self) -> Json | None:
        """The schedule, if there is a session."""
        schedule = self.plan.schedule
        if schedule is None:
            return None
        return {
            "sessions_per_week": list(schedule.sessions_per_week),
            "rest_hours": schedule.rest_hours,
            "ready_in_hours": schedule.ready_in_hours,
            "reasons": self.names(schedule.capped_by),
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
                if self.plan.session and place not in self.shown()
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
        found, rows, verdict, named = parts.all_fine.copy(), parts.rows, parts.verdict, 0
        instead, level = self.instead(), mask_of(parts.level_rules(self.codes, plan))
        for name, _, _, limits in chosen(plan.verdicts.caution, rows):
            rules = limits & possible
            found[name] = verdict(CAUTION, rules)
            named |= rules
        for name, pattern, forbidders, _ in chosen(plan.verdicts.avoid, rows):
            rules = parts.telling(forbidders & true) or level
            found[name] = verdict(AVOID, rules, instead.get(pattern, ()))
            named |= rules
        needs: dict[int, tuple[str, ...]] = {}
        for name, pattern, forbidders, _ in chosen(plan.verdicts.unresolved, rows):
            rules = forbidders & unknown
            if rules not in needs:
                needs[rules] = tuple(needs_of(plan, positions(rules)))
            better = instead.get(pattern, ())
            told = parts.telling(rules)
            found[name] = verdict(UNRESOLVED, told, better, needs[rules])
            named |= told
        self.named |= named
        return found

    def instead(self) -> dict[str, tuple[str, ...]]:
        """For each movement pattern, what is allowed of it, the best preferred first.

        It is the same for all exercises of a pattern that are out, as none of them is allowed.
        """
        rows = self.parts.rows
        return {
            pattern: tuple([rows[place][0] for place in places[:SWAPS]])
            for pattern, places in self.of_pattern.items()
        }

    def safety_net(self) -> list[str]:
        """What to watch for; in an emergency there is only one thing to do."""
        return [] if self.plan.careful.level == len(LEVELS) - 1 else self.texts("safety_net")

    def open_questions(self) -> list[object]:
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
        told, self.cited = self.parts.rules_told(self.named, self.codes, self.plan)
        for place in positions(self.slots):
            told[slot_name(self.plan.rules.slots[place])] = self.parts.slots[place]
            self.cited |= self.parts.slot_sources[place]
        return told

    def sources(self) -> Json:
        """The documents that those rules, and the exercises of the session, rest on."""
        cited = self.cited
        for place in self.shown():
            cited |= self.parts.exercise(place)[1]
        return dict(chosen(cited, self.parts.sources))

    def exercises(self) -> Json:
        """The exercises of the sessions: how each is done."""
        rows, exercise = self.parts.rows, self.parts.exercise
        return {rows[place][0]: exercise(place)[0] for place in self.shown()}

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
    return [
        {"day": each.day, "exercises": [line_document(line, plan) for line in each.lines]}
        for each in sessions
    ]


# The keys of the document, in the contract's order, each with what makes its value.
FIELDS: dict[str, Callable[[PlanWriter], object]] = {
    "schema": lambda _: SCHEMA,
    "level": lambda w: w.plan.level,
    "status": lambda w: w.plan.status,
    "level_says": PlanWriter.level_says,
    "level_reasons": lambda w: w.names(w.parts.level_rules(w.codes, w.plan)),
    "referral": PlanWriter.referral,
    "before": lambda w: w.in_session("before_training"),
    "session": lambda w: w.plan.session and w.session(w.plan.session),
    "later": lambda w: [w.session(each) for each in w.plan.later],
    "schedule": PlanWriter.schedule,
    "trial": PlanWriter.trial,
    "wishes": PlanWriter.wishes,
    "progression": lambda w: w.in_session("progression"),
    "advice": lambda w: w.in_session("advice"),
    "contradictions": lambda w: w.say(contradictions(w.plan)),
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
