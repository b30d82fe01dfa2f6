"""A tiny rule base of another subject, written by hand: reports need no YAML to be tested."""

from __future__ import annotations

import io
from dataclasses import replace

from advisor.answers import read_answers
from advisor.plan import plan_for
from advisor.report.text import console
from advisor.rulebase.shapes import (
    CHOICE,
    INTEGER,
    SET,
    YES_NO,
    Advise,
    All,
    Any,
    Attribute,
    Avoid,
    Cap,
    Caution,
    Choice,
    Citation,
    Comparison,
    Condition,
    Dose,
    Effect,
    Exercise,
    Finding,
    Level,
    LevelWords,
    Named,
    Not,
    Prefer,
    Question,
    Rule,
    RuleBase,
    Schedule,
    Slot,
    Source,
)

PRESS, RAISE, ROW, HANG = 1, 2, 4, 8
SORE = Comparison("ache", "between", (3, 10))
STUCK = Comparison("stuck", "is", (1,))

QUESTIONS = (
    Question("stuck", YES_NO, "Is the joint stuck?", "Signs", clear=0),
    Question("ache", INTEGER, "How strong is the ache?", "Today", minimum=0, maximum=10),
    Question(
        "side",
        CHOICE,
        "Which side?",
        "Today",
        choices=(Choice("left", "The left"), Choice("right", "The right")),
    ),
    Question(
        "tools",
        SET,
        "What do you have?",
        "Tools",
        choices=(Choice("bar", "A bar"), Choice("band", "A band")),
    ),
    Question("hours", INTEGER, "Hours since the last time?", "Today", minimum=0, maximum=99),
)


def _exercise(name: str, pattern: str, tools: tuple[str, ...] = ()) -> Exercise:
    attributes = {"pattern": (pattern,), "tools": tools}
    return Exercise(name.lower(), name, attributes, per_side=name == "Raise")


def _rule(name: str, when: Condition, *effects: Effect, because: str, source: str) -> Rule:
    return Rule(name, when, effects, because, sources=(Citation(source),))


RULES = (
    _rule("ache-care", SORE, Level(1), because="A sore joint needs care.", source="guide"),
    _rule(
        "ache-cap",
        SORE,
        Cap(RAISE | ROW, "sets", at_most=True, amount=1),
        because="Less is enough.",
        source="own",
    ),
    _rule(
        "ache-hold",
        SORE,
        Caution(RAISE, "Go only half way."),
        because="The top pinches.",
        source="story",
    ),
    _rule(
        "ache-no-press", SORE, Avoid(PRESS | HANG), because="Overhead loads pinch.", source="story"
    ),
    _rule(
        "no-bar",
        Not(Comparison("tools", "count", (1, 1))),
        Avoid(ROW),
        because="This needs a bar.",
        source="own",
    ),
    _rule(
        "stop",
        All(()),
        Advise("stop_sign", "Stop if it stabs."),
        because="It warns.",
        source="guide",
    ),
    _rule(
        "stuck-see",
        STUCK,
        Level(3, "Call the clinic this week."),
        because="A stuck joint should be seen.",
        source="guide",
    ),
    _rule(
        "watch",
        All(()),
        Advise("safety_net", "Watch for a numb hand."),
        because="A nerve.",
        source="guide",
    ),
    _rule(
        "cue",
        All(()),
        Advise("cue", "Move slowly.", PRESS | RAISE | ROW | HANG),
        because="Control.",
        source="story",
    ),
    _rule(
        "like-raise", All(()), Prefer(RAISE, (), 1), because="A raise is simple.", source="study"
    ),
)

DOSE = Dose(3, 10, 2, 90, load_percent=100, load_step_percent=10)
RULE_BASE = RuleBase(
    name="shoulders",
    version="1",
    title="Shoulder day",
    sha256="0" * 64,
    questions=QUESTIONS,
    findings=(Finding("tender", "it is tender today", Any((SORE, STUCK))),),
    exercises=(
        _exercise("Press", "push"),
        _exercise("Raise", "push"),
        _exercise("Row", "pull", ("bar",)),
        _exercise("Hang", "pull"),
    ),
    rules=RULES,
    slots=(
        Slot("push", "Push", ("push",), DOSE, "Push first."),
        Slot("pull", "Pull", ("pull",), replace(DOSE, hold_seconds=20, reps=1), "Then pull."),
    ),
    levels=tuple(LevelWords(f"This is {word}.", "Do something.") for word in "012345"),
    sources={
        "guide": Source("guide", "A guide", "guideline", "NHS", 2020, read="full"),
        "study": Source("study", "A study", "trial", "Doe and others, Hospital", 2001),
        "story": Source("story", "A story", "article"),
        "own": Source("own", "Our reasoning", "reasoning"),
    },
    attributes={"tools": Attribute("tools", "what it needs", ("bar", "band"), many=True)},
    schedule=Schedule((2, 3), 48, "hours"),
    session_at_most=7,
)

CLEAR = {"stuck": False, "ache": 4, "tools": ["band"]}
NAMED = Named("tender")


def document(answers: dict[str, object], *, screened: bool = False) -> dict[str, object]:
    """The document of a plan for these answers."""
    return plan_for(read_answers(answers, RULE_BASE, screened=screened), RULE_BASE).to_dict()


def printed(report: object, width: int = 80, *, plain: bool = False, color: bool = False) -> str:
    """What a report looks like."""
    stream = io.StringIO()
    console(stream, width=width, color=color, plain=plain).print(report)
    return stream.getvalue()


def flat(text: str) -> str:
    """Text without its line breaks."""
    return " ".join(text.split())
