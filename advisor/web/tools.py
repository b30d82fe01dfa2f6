"""A tool's name and its arguments → a small result for an assistant, with what to say of it.

Nothing is kept between two calls. The documents are those of the command line, without sources and
rule ids, so that a conversation holds many of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from advisor.answers import AnswerError, quoted
from advisor.brief import brief_document, brief_question
from advisor.explain.one_exercise import check_document
from advisor.explain.troubleshooting import troubleshoot_document
from advisor.interview.next_question import PLAN, next_document, next_step
from advisor.json_text import Json, json_text
from advisor.report.catalogue import exercise_document, sources_document
from advisor.report.formatting import Document
from advisor.result import Plan
from advisor.rulebase.problems import did_you_mean
from advisor.rulebase.shapes import LEVELS, Advise, RuleBase
from advisor.web.openapi import answers_schema
from advisor.web.requests import KEYS, NEEDED, TAKES, Request, read_request
from advisor.web.setting import Setting

FEW = 4  # reasons for a question
SCHEME = "legday"
EXERCISES, SOURCES, SAFETY = (f"{SCHEME}://{name}" for name in ("exercises", "sources", "safety"))
_GUARDS = ("stop_sign", "safety_net")  # the kinds of advice that are safety notes

REFER = (
    "Pass `say` on word for word, first and alone. Do not soften it, explain it away or add to it, "
    "and offer no exercise. Then give `safety_net`, if there is one, in its own words."
)
REFER_AND_ASK = (
    "Pass `say` on word for word, first and alone. Do not soften it, explain it away or add to it, "
    "and offer no exercise. Then go on asking (`next_question`): it may be more urgent than that."
)
INCOMPLETE = (
    "There is no plan yet. Ask what is open in the words of the questions, one at a time "
    "(`next_question` picks it), and take no answer for granted: not knowing is `unsure`."
)
GO = (
    "Give the level, each limit and when to stop in these words. Add no exercise, weight or "
    "repetition of your own; promise nothing, and give no diagnosis and no advice on medicine."
)
_INSTRUCTIONS = {"refer": REFER, "incomplete": INCOMPLETE, "plan": GO}


@dataclass(frozen=True)
class Tool:
    """What an assistant can call; `address` is that of the API that takes the same."""

    name: str
    address: str
    title: str
    about: str
    small: Callable[[Request, Plan, Document], Json]  # also of the whole document of the plan


def call(name: str, arguments: Mapping[str, object], setting: Setting) -> Json:
    """What comes of a call. Raises AnswerError with every problem, KeyError for no such tool."""
    tool = TOOLS[name]
    request = read_request(json_text({**arguments}), tool.address, setting)
    plan = setting.plan(request.facts, request.wishes)
    whole: Document = plan.to_dict()
    referral = whole["referral"] or {}
    certain = plan.status == "incomplete" and referral
    return {
        "level": plan.level,
        "status": plan.status,
        "say": [each for each in (whole["level_says"], referral.get("action")) if each],
        "instruction": REFER_AND_ASK if certain else _INSTRUCTIONS[plan.status],
        **tool.small(request, plan, whole),
    }


def input_schema(tool: Tool, rules: RuleBase) -> Json:
    """What a tool takes, as JSON Schema: the questions of the rule base are in it."""
    properties: Json = {key: KEYS[key] for key in TAKES[tool.address] if key != "brief"}
    properties["answers"] = answers_schema(rules, brief=True)
    needed = [NEEDED[tool.address]] if tool.address in NEEDED else []
    asked: Json = {"type": "object", "properties": properties, "additionalProperties": False}
    return asked | ({"required": needed} if needed else {})


def _next(request: Request, plan: Plan, whole: Document) -> Json:
    if plan.status == "refer":
        return {"question": None, "safety_net": whole["safety_net"]}
    step = next_step(plan.facts, plan.rules, str(request.given.get("door", PLAN)))
    document: Any = next_document(step, plan.facts, plan.rules)
    if question := document["question"]:
        why = list(dict.fromkeys(each["text"] for each in question["why"]))
        document["question"] = brief_question(question) | {"why": why[:FEW]}
    return document  # type: ignore[no-any-return]


def _plan(_: Request, __: Plan, whole: Document) -> Json:
    return brief_document(whole)


def _check(request: Request, plan: Plan, _: Document) -> Json:
    checked: Any = check_document(plan, request.exercise)
    kept = ("exercise", "name", "verdict", "needs", "instead", "would_change", "cannot_change")
    return {
        **{key: checked[key] for key in kept},
        **{key: _texts(checked[key]) for key in ("reasons", "cues")},
        "dose": checked["dose"] and checked["dose"]["notation"],
        "not_picked": [
            {key: each[key] for key in ("day", "picked", "why")} for each in checked["not_picked"]
        ],
        "safety_net": checked["safety_net"],
    }


def _troubleshoot(_: Request, plan: Plan, whole: Document) -> Json:
    found: Any = troubleshoot_document(plan)
    return {
        "suspects": [{**each, "reasons": _texts(each["reasons"])} for each in found["suspects"]],
        "advice": _texts(found["advice"]),
        "safety_net": whole["safety_net"],
        "open_questions": [brief_question(each) for each in found["open_questions"]],
    }


def _texts(reasons: Iterable[Mapping[str, Any]]) -> list[str]:
    return list(dict.fromkeys(each["text"] for each in reasons))


TOOLS = {
    each.name: each
    for each in (
        Tool(
            "next_question",
            "next",
            "The next question",
            "The one question worth asking now, with its choices, or none when enough is known. "
            "Give all answers so far; an answer that is not known is `unsure`.",
            _next,
        ),
        Tool(
            "plan",
            "plan",
            "A plan",
            "The plan for these answers, or whom to see first. Ask with `next_question` before.",
            _plan,
        ),
        Tool(
            "check_exercise",
            "check",
            "Check an exercise",
            "Whether one exercise is fine for this person, why, and what to do instead.",
            _check,
        ),
        Tool(
            "troubleshoot",
            "troubleshoot",
            "Find the cause",
            "After a session that hurt: likely causes, and one change to try at a time.",
            _troubleshoot,
        ),
    )
}


def resources(rules: RuleBase) -> dict[str, str]:
    """What can be read, by address, with what it is."""
    listed = {
        EXERCISES: "Every exercise: id, name and movement pattern",
        SOURCES: "The documents behind the rules, and what was read of each",
        SAFETY: "What each level says, when to stop, and what to watch for",
    }
    return listed | {f"{EXERCISES}/{each.id}": each.name for each in rules.exercises}


def resource(address: str, rules: RuleBase) -> object:
    """What stands at an address. Raises AnswerError if there is nothing."""
    if address == EXERCISES:
        return [
            {"exercise": each.id, "name": each.name, "pattern": each.pattern}
            for each in rules.exercises
        ]
    if address == SOURCES:
        return [{**each, "rules": len(each["rules"])} for each in sources_document(rules)]  # type: ignore[arg-type]
    if address == SAFETY:
        return _safety(rules)
    place, _, name = address.rpartition("/")
    if place != EXERCISES or name not in rules.exercise:
        hint = did_you_mean(address[:99], resources(rules))
        raise AnswerError([f"nothing stands at {quoted(address)}" + (f" ({hint})" if hint else "")])
    return exercise_document(name, rules)


def _safety(rules: RuleBase) -> Json:
    """The words of the levels, and all advice that guards."""
    levels = {
        LEVELS[place]: {"says": each.says, "action": each.action}
        for place, each in enumerate(rules.levels)
    }
    notes = {
        kind: [
            effect.say
            for rule in rules.rules
            for effect in rule.effects
            if isinstance(effect, Advise) and effect.kind == kind
        ]
        for kind in _GUARDS
    }
    return {"levels": levels, **notes}
