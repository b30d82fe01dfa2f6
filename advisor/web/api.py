"""Requests of programs → the JSON that the command line prints for the same answers.

What is wrong with a request is told as a problem document (RFC 9457), all of it at once.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from functools import partial

from anyio.lowlevel import checkpoint
from starlette.requests import Request as Asked
from starlette.responses import Response, StreamingResponse

from advisor.answers import AnswerError, read_answers
from advisor.brief import brief_document
from advisor.document import FIELDS, SMALL, plan_json
from advisor.explain.one_exercise import check_document
from advisor.explain.troubleshooting import troubleshoot_document
from advisor.interview.next_question import PLAN, next_document, next_step
from advisor.json_text import Json, json_line, json_text
from advisor.rulebase.problems import did_you_mean
from advisor.rulebase.shapes import normal
from advisor.web.openapi import openapi
from advisor.web.requests import Request, read_request
from advisor.web.setting import Setting

JSON, LINES, PROBLEM = "application/json", "application/x-ndjson", "application/problem+json"
_CARRIED = frozenset({"id", "name"})  # what is no question, but goes with a person to the output


def problem(status: int, title: str, problems: tuple[str, ...] = ()) -> Response:
    """A problem document: what is wrong, and all there is of it."""
    document: Json = {"type": "about:blank", "title": title, "status": status}
    if problems:
        document |= {"detail": "; ".join(problems), "problems": problems}
    return Response(json_line(document), status, media_type=PROBLEM)


async def answer(asked: Asked) -> Response:
    """Answer a request to one of the addresses of the API."""
    setting: Setting = asked.app.state.setting
    name = asked.url.path.rpartition("/")[2]
    try:
        request = read_request(await asked.body(), name, setting)
        if name == "batch":
            lines = _paced(_lines(request, setting))
            return StreamingResponse(lines, media_type=LINES)
        return Response(json_line(_DOCUMENTS[name](request, setting)), media_type=JSON)
    except AnswerError as error:
        return problem(422, "unusable answers", tuple(dict.fromkeys(error.problems)))


async def described(asked: Asked) -> Response:
    """Tell what can be asked, as OpenAPI has it."""
    return Response(json_line(openapi(asked.app.state.setting.rules)), media_type=JSON)


def _next(request: Request, setting: Setting) -> Json:
    facts, rules = request.facts, setting.rules
    step = next_step(facts, rules, str(request.given.get("door", PLAN)))
    return next_document(step, facts, rules)


def _plan(request: Request, setting: Setting) -> Json:
    document = setting.plan(request.facts, request.wishes).to_dict()
    return brief_document(document) if request.given.get("brief") else document


def _check(request: Request, setting: Setting) -> Json:
    return check_document(setting.plan(request.facts), request.exercise)


def _troubleshoot(request: Request, setting: Setting) -> Json:
    return troubleshoot_document(setting.plan(request.facts))


_DOCUMENTS = {"next": _next, "plan": _plan, "check": _check, "troubleshoot": _troubleshoot}


def _lines(request: Request, setting: Setting) -> Iterator[bytes]:
    """The lines of a batch, each made when the one before it is on its way.

    Raises AnswerError, before the first, for a batch that cannot be answered.
    """
    people: list[Json] = request.given["people"]  # type: ignore[assignment]  # it was checked
    fields = tuple(dict.fromkeys(request.given.get("fields", ())))  # type: ignore[call-overload]  # the same
    known = (*FIELDS, *SMALL)
    problems = [
        f"`fields`: `{each}` is no key of a plan ({did_you_mean(each[:60], known)})"
        for each in fields
        if each not in known
    ]
    if len(people) > setting.most:
        problems.append(f"`people`: {len(people)} of them: expected at most {setting.most} a time")
    if problems:
        raise AnswerError(problems)
    one = partial(_line, fields=fields, screened=bool(request.given.get("screened")))
    # Whoever sends a batch need not be where its people are.
    anywhere = replace(setting, country="", options=())
    return (one(person, line, anywhere) for line, person in enumerate(people, 1))


async def _paced(lines: Iterator[bytes]) -> AsyncIterator[bytes]:
    """The same lines; after each, others have their turn."""
    for line in lines:
        yield line
        await checkpoint()


def _line(
    person: Json, line: int, setting: Setting, *, fields: tuple[str, ...], screened: bool
) -> bytes:
    """The plan of one person of a batch, or what is wrong with the answers."""
    aside = [name for name in person if normal(name) in _CARRIED - {*setting.rules.question}]
    carried = {name: person[name] for name in aside}
    answers = {name: value for name, value in person.items() if name not in carried}
    try:
        facts = read_answers(answers, setting.rules, screened=screened)
        return plan_json(setting.plan(facts), fields, carried) + b"\n"
    except AnswerError as error:
        said = "; ".join(error.problems)
        return json_text({**carried, "error": said, "line": line}) + b"\n"
