"""A form that was sent → the page that comes next: a question, the review, or what it comes to."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from advisor.answers import NONE, UNSURE, AnswerError
from advisor.explain.one_exercise import check_document
from advisor.explain.troubleshooting import troubleshoot_document
from advisor.interview.conversation import Code, Conversation, ReviewRow, review
from advisor.interview.next_question import TROUBLESHOOT, door_question
from advisor.interview.prompts import answered as in_words
from advisor.interview.reading import LONG, NONE_OF_THESE, choices_of
from advisor.reasons import name_helplines
from advisor.report.blocks import Block
from advisor.report.checks import check_blocks, troubleshoot_blocks
from advisor.report.formatting import Document, lowered
from advisor.report.html import as_html, templates
from advisor.report.sheet import SheetBlock, Written, good_until, sheet_blocks
from advisor.result import Plan
from advisor.rulebase.shapes import Choice, Question, SomeOf
from advisor.web.forms import Form, answered, conversation, hidden, read_form
from advisor.web.guard import policy
from advisor.web.labels import LABELS
from advisor.web.setting import Setting

UNUSABLE = 422


async def start(asked: Request) -> Response:
    """Show the first page: what somebody may come for."""
    setting: Setting = asked.app.state.setting
    rules = setting.rules
    return _page("start.html", setting, rules.title, door=door_question(rules))


async def step(asked: Request) -> Response:
    """Take a form one step on, or back."""
    setting: Setting = asked.app.state.setting
    try:
        form = read_form(await asked.body(), setting.rules)
    except AnswerError as error:
        return _unusable(error, setting)
    if form.does("change") and form.go[1:]:
        return _question(setting, form, setting.rules.question_position[form.go[1]])
    if form.does("back"):
        before = form.before
        return await start(asked) if before is None else _question(setting, form, before)
    return _on(setting, form)


def _on(setting: Setting, form: Form) -> Response:
    """What comes after the answer in a form."""
    try:
        form = answered(form, setting.rules)
    except AnswerError as error:
        return _question(setting, form, form.question or 0, error.problems)
    talk = conversation(form, setting.rules)
    form = replace(form, said=talk.said, asked=talk.asked)
    if talk.position is not None:
        return _question(setting, form, talk.position, talk=talk)
    if talk.emergency or form.does("show"):  # nothing stands before an emergency
        return _outcome(setting, form, talk)
    return _review(setting, form, talk)


async def calendar(asked: Request) -> Response:
    """The sessions as entries for a calendar."""
    from advisor.report.calendar import calendar_text  # noqa: PLC0415 - only who asks for it needs it

    setting: Setting = asked.app.state.setting
    rules = setting.rules
    try:
        form = read_form(await asked.body(), rules)
    except AnswerError as error:
        return _unusable(error, setting)
    plan = setting.plan(conversation(form, rules).facts)
    if plan.status != "plan":
        return await step(asked)
    document, now = plan.to_dict(), setting.now()
    until, _ = good_until(document, rules, _written(setting).since)
    text = calendar_text(document, rules, now, until)
    named = {"Content-Disposition": f'attachment; filename="{rules.name}.ics"'}
    return Response(text, headers=named, media_type="text/calendar")


@dataclass(frozen=True)
class Option:
    """Something that can be picked."""

    value: str
    label: str
    help: str
    picked: bool


def _question(
    setting: Setting,
    form: Form,
    place: int,
    problems: Iterable[str] = (),
    talk: Conversation | None = None,
) -> Response:
    """One question, with the answer it had, and what was wrong with the one that was given."""
    rules = setting.rules
    question = rules.questions[place]
    typed = form.typed if problems else _typed(question, form.said, place)
    number = form.asked.index(place) + 1 if place in form.asked else len(form.asked) + 1
    numbers = [each for each in typed if each != UNSURE]
    return _page(
        "question.html",
        setting,
        question.ask,
        form,
        UNUSABLE if problems else 200,
        question=question,
        groups=_groups(question, {*typed}),
        last=_last(question, {*typed}),
        many=isinstance(question.type, SomeOf),
        long=len(question.choices) > LONG,
        number=numbers[0][:LONG] if numbers else "",
        progress=_progress(number, talk),
        problems=[*problems],
        enough=talk is not None and not talk.open_for_safety and not form.enough,
        back=number > 1,
    )


def _progress(number: int, talk: Conversation | None) -> str:
    """Which question it is, and how many may follow, where that is known."""
    told = LABELS["question"].format(number=number)
    if talk is None:
        return told
    return LABELS["more" if talk.more_at_most else "last"].format(
        number=told, more=talk.more_at_most
    )


def _typed(question: Question, said: Mapping[int, Code], place: int) -> tuple[str, ...]:
    """The answer that a question has, as it is put in."""
    if place not in said:
        return ()
    code = said[place]
    if code is None:
        return (UNSURE,)
    if isinstance(question.type, SomeOf):
        return tuple(question.type.decode(question, code)) or (NONE,)
    return (question.text(code),)


def _groups(question: Question, picked: Container[str]) -> dict[str, list[Option]]:
    """What can be picked, by the group it stands in."""
    shortcuts = (Choice(word, lowered(word)) for word, code in question.shortcuts if code)
    groups: dict[str, list[Option]] = {}
    for each in (*shortcuts, *choices_of(question)):
        if each is not NONE_OF_THESE:
            groups.setdefault(each.group, []).append(_option(each, picked))
    return groups


def _last(question: Question, picked: Container[str]) -> list[Option]:
    """What stands for no choice, and for doubt."""
    unsure = Choice(UNSURE, LABELS["unsure"])
    none = (NONE_OF_THESE,) if isinstance(question.type, SomeOf) else ()
    return [_option(each, picked) for each in (*none, unsure)]


def _option(choice: Choice, picked: Container[str]) -> Option:
    return Option(choice.id, choice.label, choice.help, choice.id in picked)


def _review(setting: Setting, form: Form, talk: Conversation) -> Response:
    """All answers to be looked at, those that a referral rests on first."""
    first = talk.led_here if talk.referred else ()
    return _page(
        "review.html",
        setting,
        LABELS["check"],
        form,
        first=[*map(_row, first)],
        rows=[*map(_row, review(talk))],
        aside=[*map(_row, talk.set_aside)],
    )


def _row(row: ReviewRow) -> tuple[str, str, str]:
    return row.question.id, row.question.ask, in_words(row.question, row.code)


def _outcome(setting: Setting, form: Form, talk: Conversation) -> Response:
    """What the answers come to, behind the door that was taken. An emergency stands alone."""
    plan = setting.plan(talk.facts)
    drawn = "sheet" if plan.status == "plan" and not form.exercise else "report"
    alone = talk.emergency
    return _page(
        "outcome.html",
        setting,
        setting.rules.title,
        form,
        blocks=_blocks(setting, form, plan),
        kind=f"{drawn} alone" if alone else drawn,
        alone=alone,
        part=bool(form.exercise) or form.door == TROUBLESHOOT,
        has_plan=plan.status == "plan",
        exercises=()
        if talk.emergency
        else sorted(setting.rules.exercises, key=lambda each: each.name),
    )


def _blocks(setting: Setting, form: Form, plan: Plan) -> Iterable[SheetBlock | Block]:
    rules = setting.rules

    def fill(text: str) -> str:
        return name_helplines(text, plan.country, rules.emergency_numbers)

    if plan.status == "plan" and form.exercise:
        return check_blocks(check_document(plan, form.exercise), rules, drawn=True)
    if plan.status == "plan" and form.door == TROUBLESHOOT:
        return troubleshoot_blocks(troubleshoot_document(plan), rules, fill)
    document: Document = plan.to_dict()
    return sheet_blocks(document, rules, fill, _written(setting))


def _written(setting: Setting) -> Written:
    today = setting.now().date()
    return Written(today, dict.fromkeys(setting.rules.question, today))


def _unusable(error: AnswerError, setting: Setting) -> Response:
    return _page(
        "unusable.html", setting, LABELS["unusable"], status=UNUSABLE, problems=error.problems
    )


def _page(  # noqa: PLR0913 - a page has this much to say
    name: str,
    setting: Setting,
    title: str,
    form: Form | None = None,
    status: int = 200,
    *,
    blocks: Iterable[object] = (),
    kind: str = "form",
    **more: object,
) -> Response:
    """A page made by one of our templates, with the policy that fits it."""
    template = templates("advisor.web", "advisor.report").get_template(name)
    state = list(hidden(form, setting.rules)) if form else []
    page = as_html(
        blocks, title, kind, template, site=setting.rules.title, hidden=state, words=LABELS, **more
    )
    return HTMLResponse(page, status, {"Content-Security-Policy": policy(page)})
