"""Plan → reasons: which rules speak about each part of it, what they say, and on whose word.

A *saying* is the position of a rule and the words it has for the place (empty: its own reason). A
*reason* is what becomes of a saying for one person: it names its rule, says its text, and tells
which answers it rests on, which documents, and how strong that ground is. Every output, text or
JSON, prints these and nothing else.

Texts may leave room for whom to call and where to go: `{emergency_number}`, `{advice_line}` and
`{emergency_room}` become the rule base's words for any place, with those of the country in brackets
where it is known. A country that was guessed may be wrong, so its words never stand alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from advisor.answers import UNSURE, Facts
from advisor.engine.ready import program_of, read_by, table_of
from advisor.findings import grounds, waits_for
from advisor.json_text import Json
from advisor.rulebase.bits import positions
from advisor.rulebase.counting import CountingAnswer, counting_answers, counting_values
from advisor.rulebase.shapes import ANYWHERE, Citation, Helpline, Level, Rule, RuleBase, Slot
from advisor.verdicts import AVOID, UNRESOLVED

if TYPE_CHECKING:
    from advisor.result import Plan

Saying = tuple[int, str]
OUT = (AVOID, UNRESOLVED)
FEW = 2  # what a choice is explained with: nobody weighs up more
# What a reader is told of a source's kind: the strength of the ground, not the study design.
_GROUND = {
    "guideline": "guideline",
    "review": "study",
    "trial": "study",
    "cohort": "study",
    "biomechanics": "study",
    "convention": "convention",
    "article": "article",
    "forum": "article",
    "reasoning": "reasoning",
}


@dataclass(frozen=True)
class Reason:
    """Why, or what to do and why.

    `text` is the sentence to print and `why` what is behind it, where the two differ.
    `because` holds the answers it rests on (`unsure`, or None where not asked); `ground` is
    the kind of the first source, which carries the whole sentence: guideline, study, convention,
    article or reasoning. The other sources support it.
    """

    rule: str
    text: str
    why: str
    because: tuple[tuple[str, object], ...]
    sources: tuple[tuple[str, str, str], ...]  # id, title, section
    ground: str

    def to_dict(self) -> Json:
        """The Reason of the JSON contract, which shares nothing that can be changed."""
        keys = ("id", "title", "section")
        because = ((fact, [*v] if isinstance(v, list) else v) for fact, v in self.because)
        return {
            "rule": self.rule,
            "text": self.text,
            "why": self.why,
            "because": dict(because),
            "sources": [dict(zip(keys, source, strict=True)) for source in self.sources],
            "ground": self.ground,
        }


def reason(rule: Rule, facts: Facts, rules: RuleBase, say: str = "") -> Reason:
    """The reason a rule gives for this person; `say` is what it tells them, if anything."""
    return Reason(
        rule=rule.id,
        text=say or rule.because,
        why=rule.because if say else "",
        because=answers_behind(rule, facts, rules),
        sources=tuple(_source(citation, rules) for citation in rule.sources),
        ground=ground_of(rule.sources, rules),
    )


def rule_name(rule: Rule) -> str:
    """How a plan names a rule: by its id; one that stands for many things, with its own."""
    return f"{rule.id}:{rule.this}" if rule.this else rule.id


def slot_name(slot: Slot) -> str:
    """How a plan names a slot where it speaks as rules do."""
    return f"slot-{slot.id.replace('_', '-')}"


def answers_behind(rule: Rule, facts: Facts, rules: RuleBase) -> tuple[tuple[str, object], ...]:
    """The answers that a rule rests on: the shortest defense of what it is for this person.

    Of a set it names the choices that count, or all where what counts is that some are missing.
    """
    names = grounds(rule.when, facts.by_name(rules), rules.finding)
    known = {name: spoken(name, facts, rules) for name in names}
    return tuple((name, value) for name, value in counting_values(rule, known, rules).items())


def facts_read(place: int, codes: object, rules: RuleBase) -> Facts:
    """The answers that a rule has read, `unsure` among them, as facts: nothing else is known."""
    known = read_by(place, codes, rules)
    not_sure = frozenset(n for n, code in known.items() if code == UNSURE)
    values = (None if n in not_sure else known.get(n) for n in range(len(rules.questions)))
    return Facts(tuple(values), not_sure)


def spoken(fact: str, facts: Facts, rules: RuleBase) -> object:
    """An answer as JSON and Python show it: its value, `unsure`, or None where not asked."""
    place = rules.question_position[fact]
    code = facts.values[place]
    if code is not None:
        return rules.questions[place].decode(code)
    return UNSURE if place in facts.not_sure else None


def _source(citation: Citation, rules: RuleBase) -> tuple[str, str, str]:
    return citation.source, rules.sources[citation.source].title, citation.section


def cited(sources: Iterable[Citation]) -> list[Json]:
    """Which documents something rests on, and where in them."""
    return [{"id": each.source, "section": each.section} for each in sources]


def ground_of(sources: tuple[Citation, ...], rules: RuleBase) -> str:
    """How strong the ground is: that of the first source, which carries the whole sentence."""
    return _GROUND[rules.sources[sources[0].source].kind] if sources else "reasoning"


def worded(saying: Saying, plan: Plan) -> Reason:
    """The reason that a saying stands for."""
    place, words = saying
    text = name_helplines(words, plan.country, plan.rules.emergency_numbers)
    return reason(plan.rules.rules[place], plan.facts, plan.rules, text)


def level_reasons(plan: Plan) -> list[Json]:
    """Why the level is what it is (or, while it is open, at least this), in whole."""
    return [worded((place, ""), plan).to_dict() for place in level_rules(plan)]


def level_rules(plan: Plan) -> list[int]:
    """The rules that tell why the level is what it is, one for each answer that counts.

    Where several rest on an answer, one that has nothing but the level to say puts it best.
    """
    values, read = plan.facts.values, program_of(plan.rules).read
    table = table_of(_counting, plan.rules)
    found = [(*table[place, read[place](values)], place) for place in plan.careful.rules]
    best: dict[CountingAnswer, int] = {}
    for _, answers, place in sorted(found, key=lambda each: each[0]):
        for answer in answers:
            best.setdefault(answer, place)
    return sorted({*best.values()})


def _counting(rules: RuleBase, key: tuple[int, object]) -> tuple[bool, tuple[CountingAnswer, ...]]:
    """Whether a rule has more than a level to say, and the answers that it rests on."""
    place, answers = key
    rule, known = rules.rules[place], read_by(place, answers, rules)
    person = Facts(tuple(known.get(n) for n in range(len(rules.questions))))
    behind = dict(answers_behind(rule, person, rules))
    more = not all(isinstance(effect, Level) for effect in rule.effects)
    return more, tuple(counting_answers(rule, behind, rules))


def said(plan: Plan, kind: str) -> Sequence[Saying]:
    """What the true rules have to say of one kind."""
    every = program_of(plan.rules).sayings.get(kind)
    return every.among(plan.findings.true) if every else ()


def contradictions(plan: Plan) -> list[Saying]:
    """Which answers do not fit together.

    What was stated clear in one word is no answer of its own, and is shown as such: it does not
    count here.
    """
    every = said(plan, "contradiction")
    if not every:
        return []
    clear = {plan.rules.questions[place].id for place in plan.facts.stated_clear}
    answers = plan.facts.by_name(plan.rules)
    return [
        saying
        for saying in every
        if clear.isdisjoint(grounds(plan.rules.rules[saying[0]].when, answers, plan.rules.finding))
    ]


def cue_sayings(plan: Plan, position: int) -> Sequence[Saying]:
    """How to do an exercise: its limits for this person, its own cues, then those of rules."""
    cues = program_of(plan.rules).cues[position].among(plan.findings.true)
    return (*caution_sayings(plan, position), *cues)


def caution_sayings(plan: Plan, position: int) -> Sequence[Saying]:
    """The limits that apply to an exercise."""
    return program_of(plan.rules).limits[position].among(plan.findings.possible)


def standing_in_the_way(plan: Plan, position: int) -> tuple[int, ...]:
    """The rules that decide a verdict: those that forbid it, or else leave it unresolved."""
    word = plan.verdicts.words[position]
    if word not in OUT:
        return ()
    own = tuple(positions(forbidding(plan, position, word)))
    return own or (plan.careful.rules if word == AVOID else ())


def forbidding(plan: Plan, position: int, word: str) -> int:
    """The rules, apart from referrals, that give an exercise this verdict, as a mask."""
    which = plan.findings.true if word == AVOID else plan.findings.unknown
    return which & program_of(plan.rules).forbidders[position]


def needs_of(plan: Plan, forbidders: Iterable[int]) -> list[str]:
    """The facts that unknown rules wait for, and those that the level waits for."""
    wanted = plan.waiting
    for rule in forbidders:
        wanted |= waits_for(rule, plan.facts, plan.rules)
    return [plan.rules.questions[place].id for place in positions(wanted)]


def name_helplines(text: str, country: str, helplines: Mapping[str, Helpline]) -> str:
    """Fill in the placeholders of a text; `country` is a two-letter code, or empty."""
    if "{" not in text or ANYWHERE not in helplines:
        return text
    own = helplines[country].words if country in helplines else {}
    for placeholder, general in helplines[ANYWHERE].words.items():
        here = own.get(placeholder)
        text = text.replace(placeholder, f"{general} ({here})" if here else general)
    return text
