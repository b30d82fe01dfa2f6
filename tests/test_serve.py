"""The page and the API of `legday serve`: whole conversations, and what a hostile client gets."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import anyio
import httpx
import pytest
from running import inside, legday_json
from well import WELL

from advisor import load_rules
from advisor.web.setting import Setting
from advisor.web.site import site

RULES = load_rules()
NOON = datetime(2026, 11, 26, 12)  # noqa: DTZ001 - local time
SETTING = Setting(RULES, hosts=("localhost",), now=lambda: NOON)
APP = site(SETTING)
DISC = {**WELL, "disc_history": True, "disc_when": "under_2_years", "back_pain": 2}
EMERGENCY = {**WELL, "emergency_signs": ["saddle_numbness"]}
SORE = {**DISC, "soreness_onset": "next_day", "last_session": ["leg_press", "deadlift"]}
FORM = "application/x-www-form-urlencoded"


def send(method: str, address: str, app: Any = APP, **more: Any) -> httpx.Response:  # noqa: ANN401 - httpx takes much
    async def sent() -> httpx.Response:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.request(method, address, **more)

    return anyio.run(sent)


def post(address: str, fields: list[tuple[str, str]], app: Any = APP) -> httpx.Response:  # noqa: ANN401 - any application
    headers = {"Content-Type": FORM}
    return send("POST", address, app, content=urlencode(fields), headers=headers)


def ask(name: str, **asked: object) -> httpx.Response:
    return send("POST", f"/api/{name}", json=asked)


@dataclass(frozen=True)
class Page:
    """A page as a person has it before them: what it says, and the fields of its first form."""

    text: str
    status: int = 200

    @property
    def title(self) -> str:
        return html.unescape(re.findall(r"<title>(.*?)</title>", self.text)[0])

    @property
    def heading(self) -> str:
        return html.unescape(re.sub("<.*?>", "", re.findall(r"<h1.*?>(.*?)</h1>", self.text)[0]))

    @property
    def state(self) -> list[tuple[str, str]]:
        found = re.findall(r'<input type="hidden" name="(.*?)" value="(.*?)">', self.form)
        return [(html.unescape(name), html.unescape(value)) for name, value in found]

    @property
    def form(self) -> str:
        return self.text.partition("<form")[2].partition("</form>")[0]

    @property
    def question(self) -> str:
        return dict(self.state).get("_question", "")

    @property
    def picked(self) -> list[str]:
        return re.findall(r'value="([^"]*)" checked', self.form)

    def send(self, *fields: tuple[str, str], app: Any = APP) -> Page:  # noqa: ANN401 - any application
        done = post("/", [*self.state, *fields], app)
        return Page(done.text, done.status_code)


def start(door: str = "plan", app: Any = APP) -> Page:  # noqa: ANN401 - any application
    return Page(send("GET", "/", app).text).send(("_door", door), app=app)


def typed(value: object) -> list[str]:
    if isinstance(value, list):
        return value or ["none"]
    return [
        {True: "yes", False: "no"}.get(value, str(value))
        if value in (True, False) and isinstance(value, bool)
        else str(value)
    ]


def walk(page: Page, answers: Mapping[str, object], app: Any = APP) -> Iterator[Page]:  # noqa: ANN401 - any application
    """The pages of a conversation, up to the first that asks nothing."""
    yield page
    while page.question:
        values = [("_value", each) for each in typed(answers[page.question])]
        page = page.send(*values, app=app)
        assert page.status == 200, page.text
        yield page


def said(page: Page) -> dict[str, str]:
    """The answers that a page holds."""
    return {name: value for name, value in page.state if name[0] != "_" and "." not in name}


def flags(answers: Mapping[str, str]) -> list[str]:
    return [
        word for fact, value in answers.items() for word in (f"--{fact.replace('_', '-')}", value)
    ]


@pytest.mark.parametrize("person", [WELL, DISC], ids=["healthy", "disc"])
def test_ends_in_the_plan_of_the_command_line(person: dict[str, object]) -> None:
    *_, review = walk(start(), person)
    assert review.heading == "Check your answers"
    answers = said(review)
    plan = inside("plan", *flags(answers), "--format", "json").stdout
    assert ask("plan", answers=answers).text == plan
    outcome = review.send(("_go", "show"))
    document = json.loads(plan)
    assert document["status"] == "plan"
    assert document["level_says"] in outcome.heading
    for line in document["session"]["exercises"]:
        assert html.escape(line["name"], quote=False) in outcome.text


def test_asks_what_next_asks() -> None:
    answers: dict[str, object] = {}
    for page in walk(start(), DISC):
        question = legday_json("next", "--answers", "-", given=json.dumps(answers))["question"]
        assert page.question == (question["fact"] if question else "")
        if question:
            answers[page.question] = DISC[page.question]
