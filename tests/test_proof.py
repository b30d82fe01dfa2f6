"""Proofs are about the engine: they say what it does, for everyone, or show who breaks the rule."""

from __future__ import annotations

import itertools
import json
import random
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import z3
from hypothesis import example, given, settings
from hypothesis import strategies as st
from random_bases import BASE, QUESTIONS, every_value, rule_bases
from running import ROOT, SHOULDER, inside, legday, legday_json

from advisor import advise, load_rules
from advisor.answers import Facts
from advisor.authoring.proof import by_construction
from advisor.authoring.proof.person import Person, comparisons_of, person, sound
from advisor.authoring.proof.prove import Proof, people, prove
from advisor.authoring.proof.replay import MachineryError, faults_between
from advisor.authoring.proof.translation import Translation
from advisor.cli.environment import Exit
from advisor.doses import Timetable
from advisor.findings import Findings
from advisor.plan import plan_for
from advisor.result import Plan
from advisor.rulebase.shapes import INTEGER, LEVELS, SET, YES_NO, Question, Rule, RuleBase
from advisor.rulebase.shapes.conditions import Comparison
from advisor.rulebase.shapes.effects import Cap, Level
from advisor.rulebase.shapes.invariants import (
    CHANGES,
    PERMISSIONS,
    Invariant,
    NeverAllowed,
    NoMore,
    RestOf,
    SessionOf,
)
from advisor.session import Session

# All on one worker, as what they share takes long to prove.
pytestmark = pytest.mark.xdist_group("proof")


@pytest.fixture(scope="module")
def proofs() -> dict[str, Proof]:
    return {proof.invariant: proof for proof in prove(load_rules())}


def test_holds_for_everyone(proofs: dict[str, Proof]) -> None:
    assert [name for name, proof in proofs.items() if not proof.holds] == []
    assert len(proofs) >= 12


def test_counts_every_answer_sheet(shoulder: RuleBase) -> None:
    # signs 2^2, pain 11, dislocated 2, gear 2^2, sore after 2^6, hours 1001; each and two more
    assert people(shoulder) == 6 * 13 * 4 * 6 * 66 * 1003
    assert people(load_rules()) > 10**60


# The translation says what the engine says.


def sheet(facts: Facts, them: Person, rules: RuleBase) -> list[z3.BoolRef]:
    """The unknowns that make someone this person."""
    found = []
    for place, (question, value) in enumerate(zip(rules.questions, facts.values, strict=True)):
        answer = them[question.id]
        known = answer.known if value is not None else z3.Not(answer.known)
        found += [known, answer.unsure if place in facts.not_sure else z3.Not(answer.unsure)]
        if value is not None:
            codes = [
                _bit(question, number, value, answer.spans) for number in range(len(answer.bits))
            ]
            found += [
                bit if code else z3.Not(bit) for bit, code in zip(answer.bits, codes, strict=True)
            ]
    return found


def _bit(question: Question, number: int, value: int, spans: tuple[range, ...]) -> bool:
    if question.kind == INTEGER:
        return value in spans[number]
    if question.kind == SET:
        return bool(value >> number & 1)
    return bool(value) if question.kind == YES_NO else value == number


def anyone(rules: RuleBase, chance: random.Random) -> Facts:
    """A random person; most pass the screening, so that plans are met as often as referrals."""
    values: list[int | None] = []
    doubts = set()
    well = chance.random() < 0.7
    for place, question in enumerate(rules.questions):
        roll = chance.random()
        if question.observation is not None and roll < 0.2:
            values.append(question.first)
        elif well and question.clear is not None and roll < 0.93:
            values.append(question.clear)
        elif roll < 0.15 and question.observation is None:
            values.append(None)
        elif roll < 0.3:
            values.append(None)
            doubts.add(place)
        elif question.kind == SET:
            few = chance.sample(
                range(len(question.choices)), min(len(question.choices), chance.randint(0, 3))
            )
            values.append(sum(1 << bit for bit in few))
        else:
            values.append(chance.choice(every_value(question)))
    return Facts(tuple(values), frozenset(doubts))


def outputs(them: Translation) -> dict[str, z3.BoolRef]:
    """What a plan shows, as formulas."""
    rules = them.rules
    found = {f"level {place}": them.level_within(place, place) for place in range(len(LEVELS))}
    found["open"] = them.incomplete
    found["session"] = them.has_session
    for place in range(len(rules.exercises)):
        found[f"allowed {place}"] = them.allowed(place)
        found[f"limited {place}"] = them.limited(place)
    for count in range(1, len(rules.slots) + 1):
        found[f"slots {count}"] = z3.And(them.has_session, them.fills(count))
    for place in range(len(rules.rules)):
        for half in "tp":
            found[f"{half} {place}"] = them.rule(place, half)
    return found


def engine_outputs(plan: Plan) -> dict[str, bool]:
    rules = plan.rules
    found = {f"level {place}": plan.level == level for place, level in enumerate(LEVELS)}
    found["open"] = plan.level is None
    found["session"] = plan.session is not None
    for place in range(len(rules.exercises)):
        found[f"allowed {place}"] = bool(plan.verdicts.allowed >> place & 1)
        found[f"limited {place}"] = not plan.verdicts.ok >> place & 1
    for count in range(1, len(rules.slots) + 1):
        enough = all(len(day.lines) >= count for day in plan.sessions)
        found[f"slots {count}"] = plan.session is not None and enough
    for place in range(len(rules.rules)):
        found[f"t {place}"], found[f"p {place}"] = (
            bool(each >> place & 1) for each in (plan.findings.true, plan.findings.possible)
        )
    return found


class Oracle:
    """Asks the translation of a rule base about given people."""

    def __init__(self, rules: RuleBase) -> None:
        self.rules = rules
        self.person = person("a", rules.questions, comparisons_of(rules))
        self.names = outputs(Translation(rules, self.person))
        self.said = z3.BitVec("said", len(self.names))  # one number is quick to take from a model
        self.solver = z3.SolverFor("QF_FD")
        self.solver.add(sound(self.person))
        bits = [z3.If(each, z3.BitVecVal(1, 1), z3.BitVecVal(0, 1)) for each in self.names.values()]
        self.solver.add(self.said == z3.Concat(bits))

    def says(self, facts: Facts) -> dict[str, bool]:
        assert self.solver.check(sheet(facts, self.person, self.rules)) == z3.sat
        said = self.solver.model().eval(self.said).as_long()
        return dict(
            zip(self.names, (bit == "1" for bit in f"{said:0{len(self.names)}b}"), strict=True)
        )


def differing(oracle: Oracle, facts: Facts) -> list[str]:
    said, wanted = oracle.says(facts), engine_outputs(plan_for(facts, oracle.rules))
    assert said.keys() == wanted.keys()
    return [name for name in wanted if said[name] is not wanted[name]]


@pytest.mark.parametrize(("folder", "times"), [(None, 150), (SHOULDER, 1500)])
def test_translates_what_the_engine_says_to_thousands_of_people(
    folder: str | None, times: int
) -> None:
    rules, chance = load_rules(folder), random.Random(7)
    oracle = Oracle(rules)
    met = set()
    for _ in range(times):
        facts = anyone(rules, chance)
        assert differing(oracle, facts) == []
        met.add(plan_for(facts, rules).status)
    assert met == {"plan", "refer", "incomplete"}


def everyone() -> Iterator[Facts]:
    """Every answer sheet of the random rule bases."""
    options = [
        [*((value, False) for value in every_value(question)), (None, False), (None, True)]
        for question in QUESTIONS
    ]
    for answers in itertools.product(*options):
        doubts = frozenset(place for place, (_, unsure) in enumerate(answers) if unsure)
        yield Facts(tuple(value for value, _ in answers), doubts)


@settings(max_examples=40)
@given(rules=rule_bases(), seed=st.integers(0, 2**16))
def test_translates_random_rule_bases(rules: RuleBase, seed: int) -> None:
    oracle, chance = Oracle(rules), random.Random(seed)
    for facts in chance.sample(list(everyone()), 25):
        assert differing(oracle, facts) == []


# The prover agrees with asking everyone.


def worse(question: Question, before: int, after: int) -> bool:
    """The order of concern, once more and on its own."""
    if question.kind == SET:
        return before & after == before if question.concern == "more" else before & after == after
    if question.kind == INTEGER:
        return after > before if question.concern == "rising" else after < before
    order = [
        int(w == "yes") if question.kind == YES_NO else question.positions[w]
        for w in question.concern
    ]
    return order.index(after) > order.index(before)


def changes(facts: Facts, place: int) -> Iterator[Facts]:
    """Every change of one answer for the worse, to unsure and to none."""
    question, value = QUESTIONS[place], facts.values[place]

    def become(after: int | None, *, unsure: bool = False) -> Facts:
        values = (*facts.values[:place], after, *facts.values[place + 1 :])
        doubts = facts.not_sure - {place} | ({place} if unsure else set())
        return Facts(values, frozenset(doubts))

    for after in every_value(question):
        if value is not None and worse(question, value, after):
            yield become(after)
    if place not in facts.not_sure:
        yield become(None, unsure=True)
    if not facts.is_open(place):
        yield become(None)


# A referral and a cap on the schedule that both end with a worse mood: before, nothing was capped.
ENDING = replace(
    BASE,
    questions=QUESTIONS,
    findings=(),
    schedule=replace(BASE.schedule, hours_since=""),
    rules=tuple(
        Rule(f"r{place}", Comparison("mood", "is", (2,)), (effect,), "so")
        for place, effect in enumerate(
            (Level(4), Cap(63, "sessions_per_week", at_most=True, amount=1))
        )
    ),
)


@settings(max_examples=25)
@example(rules=ENDING, words={"schedule"})
@given(rules=rule_bases(), words=st.sets(st.sampled_from(PERMISSIONS), min_size=1, max_size=3))
def test_agrees_with_asking_every_pair_of_people(rules: RuleBase, words: set[str]) -> None:
    claim = NoMore(tuple(rules.question), CHANGES, tuple(sorted(words)))
    invariant = Invariant("kept", "", (claim,))
    plans = {facts: plan_for(facts, rules) for facts in everyone()}
    breaking = any(
        faults_between(invariant, claim, plans[facts], plans[other])
        for facts in plans
        for place in range(len(QUESTIONS))
        for other in changes(facts, place)
    )
    (proof,) = prove(replace(rules, invariants=(invariant,)))
    assert proof.holds is not breaking


CLAIMS = st.one_of(
    st.integers(1, 63).map(NeverAllowed),
    st.integers(1, 3).map(SessionOf),
    st.sampled_from([50, 60, 70]).map(RestOf),
)


@settings(max_examples=40)
@given(rules=rule_bases(), claim=CLAIMS)
def test_agrees_with_asking_everyone(
    rules: RuleBase, claim: NeverAllowed | SessionOf | RestOf
) -> None:
    def wrong(plan: Plan) -> bool:
        if isinstance(claim, NeverAllowed):
            return bool(plan.verdicts.allowed & claim.exercises)
        if isinstance(claim, RestOf):
            return plan.schedule is not None and plan.schedule.rest_hours < claim.hours
        return not plan.sessions or any(len(s.lines) < claim.at_least for s in plan.sessions)

    breaking = any(wrong(plan_for(facts, rules)) for facts in everyone())
    (proof,) = prove(replace(rules, invariants=(Invariant("kept", "", (claim,)),)))
    assert proof.holds is not breaking


# A hole that was planted is found, and what is printed shows it.

HOLES = [
    (  # the rule about slipped discs forgets those who have one
        "disc-or-sciatica-no-leg-press",
        [
            ("{disc_or_chronic_sciatica: yes}", "{sciatica: current}"),
            ("fires: {disc_history: yes}", "fires: {sciatica: current}"),
            ("silent: {disc_history: no, sciatica: never}", "silent: {sciatica: never}"),
        ],
        "disc-history-never-leg-press",
    ),
    (  # an emergency that is only urgent
        "chest-pain-emergency",
        [("level: emergency", "level: urgent")],
        "emergency-sign-is-an-emergency",
    ),
    (  # with more pain, the limit on the weight goes away
        "pain-5-ask-first",
        [("{back_pain: at least 5}", "{back_pain: 5}")],
        "more-pain-never-adds-load",
    ),
    (  # the same, and nobody asks for the next step of caution
        "pain-5-ask-first",
        [("{back_pain: at least 5}", "{back_pain: 5}")],
        "caution-never-buys-permission",
    ),
    (  # sharp pain counts only where it is strong
        "sharp-pain-ask-first",
        [
            (
                "{pain_quality: sharp, back_gives_pain: yes}",
                "{pain_quality: sharp, back_pain: at least 3}",
            ),
            (
                "fires: {pain_quality: sharp, back_pain: 1}",
                "fires: {pain_quality: sharp, back_pain: 3}",
            ),
        ],
        "strong-pain-never-trains",
    ),
]


def with_hole(folder: Path, rule: str, edits: list[tuple[str, str]]) -> str:
    """The rule base with one rule changed, in a folder."""
    shutil.copytree(ROOT / "rules", folder)
    (path,) = (p for p in folder.rglob("*.yaml") if f"\n  {rule}:\n" in p.read_text())
    head, tail = path.read_text().split(f"\n  {rule}:\n")
    for old, new in edits:
        assert old in tail
        tail = tail.replace(old, new, 1)
    path.write_text(f"{head}\n  {rule}:\n{tail}")
    return str(folder)


@pytest.mark.parametrize(("rule", "edits", "invariant"), HOLES, ids=[each[2] for each in HOLES])
def test_shows_a_person_who_falls_through_a_hole(
    tmp_path: Path, rule: str, edits: list[tuple[str, str]], invariant: str
) -> None:
    folder = with_hole(tmp_path / "rules", rule, edits)
    found = legday_json("rules", "prove", "--only", invariant, "--rules", folder, code=1)
    assert [(each["invariant"], each["holds"]) for each in found] == [(invariant, False)]
    shown = found[0]["counterexample"]
    assert shown["wrong"]
    for each in (shown, shown["compared_with"]):
        if each is not None:
            _, *words = shlex.split(each["command"])
            pasted = inside(*words, "--format", "json").stdout
            plan = advise(each["answers"], load_rules(folder)).to_dict()
            assert json.loads(pasted)["level"] == plan["level"]
            session = plan["session"] and [
                line["exercise"] for line in plan["session"]["exercises"]
            ]
            assert (plan["level"], session) == (each["plan_level"], each["session"])
            allowed = [n for n, v in plan["verdicts"].items() if v["verdict"] in {"ok", "caution"}]
            assert sorted(allowed) == sorted(each["allowed"])


def test_prints_a_command_that_shows_the_hole(tmp_path: Path) -> None:
    rule, edits, invariant = HOLES[0]
    folder = with_hole(tmp_path / "rules", rule, edits)
    done = inside("rules", "prove", "--only", invariant, "--rules", folder)
    assert done.returncode == 1
    (line,) = (line for line in done.stdout.splitlines() if "legday plan" in line)
    assert "--disc-history" in line
    # Which person is found is the solver's choice; some of them have more to answer for a plan.
    assert inside(*shlex.split(line)[1:]).returncode in (Exit.DONE, Exit.INCOMPLETE)
    assert "is allowed." in done.stdout


# What is wrong with the program is not blamed on the rules.


def test_does_not_show_what_the_engine_does_not(
    shoulder: RuleBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Translation, "has_session", z3.BoolVal(val=True))
    with pytest.raises(MachineryError, match="does not replay"):
        list(
            prove(
                replace(
                    shoulder,
                    invariants=(
                        Invariant("kept", "", (NeverAllowed(0), SessionOf(9))),
                        Invariant("lost", "", (RestOf(60),)),
                    ),
                )
            )
        )


def test_finds_a_session_that_repeats_an_exercise(
    shoulder: RuleBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = by_construction.build_routine

    def doubled(*given: object) -> tuple[Session, ...]:
        days = real(*given)  # type: ignore[arg-type]
        return tuple(replace(day, lines=day.lines * 2) for day in days)

    assert by_construction.each_once(shoulder) > 4
    monkeypatch.setattr(by_construction, "build_routine", doubled)
    with pytest.raises(MachineryError, match="repeats an exercise"):
        by_construction.each_once(shoulder)


def test_finds_a_wait_that_is_too_short(
    shoulder: RuleBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = by_construction.timetable

    def hasty(findings: Findings, past: int | None, rules: RuleBase) -> Timetable:
        table = real(findings, past, rules)
        return replace(table, ready_in_hours=max(0, table.ready_in_hours - 1))

    assert by_construction.waits(shoulder) == 2 * 1001
    monkeypatch.setattr(by_construction, "timetable", hasty)
    with pytest.raises(MachineryError):
        by_construction.waits(shoulder)


def test_finds_a_stand_in_that_is_out(shoulder: RuleBase, monkeypatch: pytest.MonkeyPatch) -> None:
    assert by_construction.stand_ins(shoulder) > 20
    everything = [exercise.id for exercise in shoulder.exercises]
    monkeypatch.setattr(by_construction, "substitutes", lambda *_: everything)
    with pytest.raises(MachineryError, match="stands in"):
        by_construction.stand_ins(shoulder)


# The command.


def test_says_how_each_was_decided() -> None:
    done = inside("rules", "prove", "--only", "no-exercise-twice")
    assert (done.returncode, done.stderr) == (0, "")
    assert "holds for all" in done.stdout
    assert "by construction" in done.stdout


def test_rejects_an_unknown_invariant() -> None:
    done = inside("rules", "prove", "--only", "no-exercise-twise")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.strip() == (
        "error: unknown invariant `no-exercise-twise` (did you mean `no-exercise-twice`?)"
    )


def test_names_what_to_install_where_the_solver_is_missing(tmp_path: Path) -> None:
    (tmp_path / "z3.py").write_text(
        "raise ModuleNotFoundError(\"No module named 'z3'\", name='z3')\n"
    )
    done = legday("rules", "prove", PYTHONPATH=f"{tmp_path}:{ROOT}")
    assert (done.returncode, done.stdout) == (1, "")
    assert "legday-advisor[prove]" in done.stderr
    assert done.stderr.count("\n") == 1


def test_has_nothing_to_prove_in_a_base_without_invariants() -> None:
    assert legday_json("rules", "prove", "--rules", SHOULDER) == []
