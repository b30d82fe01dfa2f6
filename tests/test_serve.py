"""The page and the API of `legday serve`: whole conversations, and what a hostile client gets."""

from __future__ import annotations

import hashlib
import html
import json
import re
import signal
import socket
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import sleep
from typing import Any
from urllib.parse import urlencode

import anyio
import html5lib
import httpx
import pytest
from jsonschema import Draft202012Validator
from running import SHOULDER, environment, inside, legday_json
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


def test_changes_an_answer_as_if_it_had_been_given_at_once() -> None:
    *_, review = walk(start(), DISC)
    asked_again = review.send(("_go", "change disc_history"))
    assert asked_again.question == "disc_history"
    assert asked_again.picked == ["yes"]
    *_, changed = walk(asked_again.send(("_value", "no")), WELL | {"back_pain": 2})
    *_, at_once = walk(start(), {**DISC, "disc_history": False})
    assert said(changed) == said(at_once)
    assert "disc_when" not in said(changed)
    assert "Set aside, for they no longer matter" in changed.text
    undone = changed.send(("_go", "change disc_history")).send(("_value", "yes"))
    assert said(undone) == said(review)  # what was set aside is not asked again


def test_goes_back_to_the_question_before_and_keeps_its_answer() -> None:
    first, second, third, *_ = walk(start(), DISC)
    before = third.send(("_go", "back"))
    assert (before.question, before.picked) == (second.question, ["none"])
    assert before.send(("_go", "back")).question == first.question
    assert before.send(("_value", "none")).text == third.text
    assert first.send(("_go", "back")).question == ""  # the page with the doors


def test_takes_what_is_sent_twice_as_sent_once() -> None:
    _, second, *_ = walk(start(), DISC)
    assert second.send(("_value", "none")) == second.send(("_value", "none"))


def test_holds_two_conversations_in_two_tabs() -> None:
    healthy, sore = walk(start(), WELL), walk(start(), DISC)
    last: list[Page] = []
    for mine, other in zip(healthy, sore, strict=False):
        last = [mine, other]
    ends = [[last[0], *healthy][-1], [last[1], *sore][-1]]
    alone = [[*walk(start(), person)][-1] for person in (WELL, DISC)]
    assert [said(page) for page in ends] == [said(page) for page in alone]


def test_shows_an_emergency_at_once_and_alone() -> None:
    first, page = walk(start(), EMERGENCY)
    assert first.question == "emergency_signs"
    assert page.heading.startswith("EMERGENCY ")
    assert "_value" not in page.text
    assert re.findall("<button", page.text) == ["<button"]  # the one that mends a slip
    assert "<table" not in page.text
    mended = page.send(("_go", "back"))
    assert (mended.question, mended.picked) == ("emergency_signs", ["saddle_numbness"])


def test_shows_what_a_referral_rests_on_before_it() -> None:
    person = {**WELL, "urgent_signs": ["fever_unwell", "weight_loss"]}
    *_, review = walk(start(), person)
    assert "What counts most in your answers" in review.text
    assert "Fever, chills" in review.text.partition("<details>")[0]
    page = review.send(("_go", "show"))
    plan = json.loads(inside("plan", *flags(said(review)), "--format", "json").stdout)
    assert page.heading == f"{plan['level'].upper()} {plan['level_says']}"
    assert html.escape(plan["referral"]["action"]) in page.text
    assert "plan.ics" not in page.text


def test_finds_causes_behind_the_other_door() -> None:
    *_, review = walk(start("troubleshoot"), SORE)
    page = review.send(("_go", "show"))
    words = ("troubleshoot", *flags(said(review)), "--format")
    assert ask("troubleshoot", answers=said(review)).text == inside(*words, "json").stdout
    for cause in json.loads(inside(*words, "json").stdout)["suspects"]:
        assert html.escape(cause["suspect"]) in page.text


def test_checks_one_exercise_for_the_same_answers() -> None:
    *_, review = walk(start(), DISC)
    page = review.send(("_exercise", "leg_press"), ("_go", "show"))
    assert page.heading == "Leg press: leave it out."
    words = ("check", "leg press", *flags(said(review)), "--format", "json")
    asked = ask("check", exercise="leg press", answers=said(review))
    assert asked.text == inside(*words).stdout


def test_gives_the_sessions_as_a_calendar() -> None:
    *_, review = walk(start(), WELL)
    done = post("/plan.ics", review.state)
    assert done.headers["content-type"] == "text/calendar; charset=utf-8"
    assert done.text.count("BEGIN:VEVENT") > 8
    assert post("/plan.ics", [("_door", "plan")]).text.count("_question") == 1  # answers first


def test_ends_the_questions_early_once_safety_needs_none() -> None:
    pages = walk(start(), WELL)
    early = next(page for page in pages if "No more questions" in page.text)
    review = early.send(("_go", "enough"))
    assert review.heading == "Check your answers"
    assert len(said(review)) < len(said([*walk(start(), WELL)][-1]))
    assert review.send(("_go", "show")).heading


@pytest.mark.parametrize(
    ("question", "values", "says"),
    [
        ("emergency_signs", [], "Pick an answer."),
        ("emergency_signs", ["none", "chest_pain"], "`none` alone"),
        ("emergency_signs", ["unsure", "chest_pain"], "`unsure` alone"),
        ("age", [""], "Write a whole number from 10 to 100."),
        ("age", ["3", "unsure"], "not both"),
        ("age", ["400"], "`400` is no answer"),
        ("disc_history", [], "Pick an answer."),
    ],
)
def test_asks_again_and_says_why(question: str, values: list[str], says: str) -> None:
    page = next(page for page in walk(start(), WELL) if page.question == question)
    again = page.send(*(("_value", each) for each in values))
    assert (again.status, again.question) == (422, question)
    assert again.title.startswith("There is a problem: ")
    summary = again.text.partition('role="alert"')[2].partition("</div>")[0]
    assert says in html.unescape(summary)
    target = re.findall('href="#(.*?)"', summary)
    assert target
    assert f'id="{target[0]}"' in again.text
    assert said(again) == said(page)


def test_takes_doubt_for_an_answer() -> None:
    pages = walk(start(), WELL | {"disc_history": "unsure"})
    after = next(page for page in pages if "disc_history" in said(page))
    assert said(after)["disc_history"] == "unsure"


def every_kind() -> Iterator[Page]:
    yield Page(send("GET", "/").text)
    *pages, review = walk(start(), DISC)
    yield from (*pages, review, review.send(("_go", "show")), pages[0].send())
    yield review.send(("_exercise", "leg_press"), ("_go", "show"))
    yield [*walk(start(), EMERGENCY)][-1]
    yield Page(post("/", [("nonsense", "1")]).text)


def test_writes_pages_that_need_nothing_else() -> None:
    for page in every_kind():
        html5lib.HTMLParser(strict=True).parse(page.text)
        assert (
            re.findall(r"<(?:script|link|img|iframe)|\son\w+=|\sstyle=|url\(|@import", page.text)
            == []
        )
        assert re.findall(r'(?:href|action|formaction)="(?![/#])', page.text) == []
        assert page.text.count("<h1") == 1
        assert len(re.findall("<label", page.text)) >= len(
            re.findall(r'<(?:input type="(?!hidden)|select)', page.text)
        )
        ids = re.findall(r'\sid="(.*?)"', page.text)
        assert len(ids) == len({*ids})
        named = re.findall(r'\s(?:for|aria-describedby|aria-labelledby)="(.*?)"', page.text)
        assert {*" ".join(named).split()} <= {*ids}


def test_sends_no_page_of_more_than_60_kilobytes() -> None:
    *_, review = walk(start(), {**WELL, "equipment": [*RULES.question["equipment"].positions]})
    fields = [*review.state, ("_go", "show")]
    headers = {"Content-Type": FORM, "Accept-Encoding": "gzip"}
    sent = send("POST", "/", content=urlencode(fields), headers=headers)
    assert sent.headers["content-encoding"] == "gzip"
    assert int(sent.headers["content-length"]) < 60_000


def test_says_what_keeps_a_page_safe() -> None:
    for done in (send("GET", "/"), ask("plan"), send("GET", "/nowhere"), ask("plan", nonsense=1)):
        headers = done.headers
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-content-type-options"] == "nosniff"
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; form-action 'self'; frame-ancestors 'none'")
        assert "unsafe" not in policy
        assert "set-cookie" not in headers
        assert "access-control-allow-origin" not in headers


def test_lets_a_page_have_its_own_style_and_nothing_else() -> None:
    *_, review = walk(start(), DISC)
    for done in (send("GET", "/"), post("/", [*review.state, ("_go", "show")])):
        [style] = re.findall("<style>(.*?)</style>", done.text, re.DOTALL)
        digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
        assert done.headers["content-security-policy"].endswith(f"; style-src 'sha256-{digest}'")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", ""])
def test_answers_to_its_own_names_alone(host: str) -> None:
    for method, address in (("GET", "/"), ("POST", "/api/plan")):
        done = send(method, address, headers={"Host": host}, content="{}")
        assert (done.status_code, "level" in done.text) == (400, False)


HOSTILE = (
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "\x1b[31m\u202eevil\u2066\x00\r\nSet-Cookie: a=b",
    "../../etc/passwd",
    "\U0001d54f" * 5000,
    "' OR 1=1 --",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_shows_hostile_text_as_text(text: str) -> None:
    _, page, *_ = walk(start(), DISC)
    fields = [
        "_door",
        "_enough",
        "_exercise",
        "_question",
        "_value",
        "_go",
        "emergency_signs",
        text,
    ]
    for name in fields:
        state = [(key, value) for key, value in page.state if key != name]
        for sent in ([*state, (name, text)], [*page.state, (name, text)], [(name, text)]):
            done = post("/", sent)
            assert done.status_code in {200, 422}
            html5lib.HTMLParser(strict=True).parse(done.text)
            assert re.findall(r"<(?:script|img)|\u202e|\x1b|\x00", done.text) == []
            assert "set-cookie" not in done.headers
            assert post("/plan.ics", sent).status_code in {200, 422}
    for key in ("answers", "exercise", "door", "people", "fields", text):
        for name in ("next", "plan", "check", "troubleshoot", "batch"):
            done = ask(name, **{key: text})
            assert done.status_code == 422
            assert done.json()["problems"]
            assert not re.search("[\x00\x1b\u202e]", done.text)


@pytest.mark.parametrize("body", [b"\xff\xfe", b"%ff=%ff", b"a=1&" * 2000, b"\x00", b"=", b"&&&"])
def test_tells_of_what_is_no_form(body: bytes) -> None:
    done = send("POST", "/", content=body, headers={"Content-Type": FORM})
    assert done.status_code in {200, 422}
    assert "<h1>" in done.text


def test_refuses_a_body_that_is_too_large() -> None:
    body = b"x" * 10_000_000

    async def pieces() -> Any:  # noqa: ANN401 - an iterator of httpx
        for _ in range(100):
            yield b"x" * 100_000

    for address in ("/", "/plan.ics", "/api/plan", "/api/batch"):
        for content in (body, pieces()):
            done = send("POST", address, content=content)
            assert done.status_code == 413
            assert done.json()["problems"] == [
                "the body is too large: expected at most 1048576 bytes"
            ]


def test_refuses_a_body_that_does_not_arrive() -> None:
    async def slow() -> Any:  # noqa: ANN401 - an iterator of httpx
        yield b"a="
        await anyio.sleep(60)

    done = send("POST", "/", site(Setting(RULES, patience=0.05)), content=slow())
    assert (done.status_code, done.json()["status"]) == (408, 408)


def test_tells_all_that_is_wrong_with_a_request_in_the_words_of_the_command_line() -> None:
    answers = {"age": "old", "back_pain": 11, "backpain": 1, "disc_history": "perhaps"}
    done = ask("plan", answers=answers, screend=True, minutes="ten", without=["squats of old"])
    assert done.headers["content-type"] == "application/problem+json"
    problem = done.json()
    assert (done.status_code, problem["status"], problem["type"]) == (422, 422, "about:blank")
    given = inside("plan", "--answers", "-", given=json.dumps(answers)).stderr.splitlines()
    assert len(given) == 4
    told = [line.removeprefix("error: `-`: ") for line in given]
    assert problem["problems"] == [
        "unknown key `screend` (did you mean `screened`?)",
        "`minutes`: `ten`: expected a whole number",
        *told,
        "unknown exercise `squats of old` (did you mean `squat_to_a_box`?)",
    ]


@pytest.mark.parametrize(
    "body", ["", "[]", "{", '"x"', "nul", "[" * 100_000, '{"a": 1, "a": 2}', "\x00"]
)
def test_tells_of_what_is_no_request(body: str) -> None:
    for name in ("next", "plan", "check", "troubleshoot", "batch"):
        done = send("POST", f"/api/{name}", content=body)
        assert done.status_code == 422
        assert done.json()["problems"]


def test_looks_up_no_more_names_than_a_person_would_write() -> None:
    names = [f"nonsense {number}" for number in range(60_000)]
    done = ask("plan", without=names)
    assert done.json()["problems"][0].endswith("expected a list of at most 50 texts")
    for asked in (dict.fromkeys(names, 1), {"answers": dict.fromkeys(names, 1)}):
        assert len(ask("plan", **asked).json()["problems"]) <= 50


def test_takes_a_whole_number_with_a_point_as_json_has_it() -> None:
    sent = send("POST", "/api/plan", content=b'{"answers": {"age": 45.0}, "minutes": 3e1}')
    assert sent.text == inside("plan", "--age", "45", "--minutes", "30", "--format", "json").stdout
    assert send("POST", "/api/plan", content=b'{"answers": {"age": 45.5}}').status_code == 422
    assert send("POST", "/api/plan", content=b'{"answers": {"age": 1e999}}').status_code == 422


def test_takes_wishes_and_is_brief_as_the_command_line() -> None:
    words = ("plan", "--screened", "--minutes", "30", "--without", "plank", "--units", "lb")
    wishes = {"minutes": 30, "without": ["plank"], "units": "lb"}
    assert ask("plan", screened=True, **wishes).text == inside(*words, "--format", "json").stdout
    brief = ask("plan", screened=True, brief=True)
    assert brief.text == inside("plan", "--screened", "--brief").stdout


def test_asks_the_next_question_as_the_command_line() -> None:
    for door in ("plan", "troubleshoot"):
        words = ("next", "--answers", "-", "--door", door, "--format", "json")
        given = {"emergency_signs": [], "age": "unsure"}
        assert (
            ask("next", answers=given, door=door).text
            == inside(*words, given=json.dumps(given)).stdout
        )


def test_answers_many_as_the_command_line() -> None:
    people = [{"id": 7, **WELL}, {"name": "x", "age": "old", "nonsense": 1}, {}, EMERGENCY]
    given = "".join(f"{json.dumps(each)}\n" for each in people)
    for fields in ([], ["level", "status"]):
        more = ("--fields", ",".join(fields)) if fields else ()
        done = ask("batch", people=people, **({"fields": fields} if fields else {}))
        assert done.headers["content-type"] == "application/x-ndjson"
        assert done.text == inside("batch", "-", *more, given=given).stdout
    assert ask("batch", people=people, fields=["levl"]).json()["problems"] == [
        "`fields`: `levl` is no key of a plan (did you mean `level`?)"
    ]
    assert ask("batch", people=[{}] * 1001).status_code == 422


def test_describes_what_it_takes_and_gives() -> None:
    document = send("GET", "/api/openapi.json").json()
    assert document["openapi"] == "3.1.0"
    schemas = document["components"]["schemas"]
    assert [*schemas["answers"]["properties"]] == [question.id for question in RULES.asked]

    def checked(value: object, name: str) -> None:
        whole = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
        Draft202012Validator(whole).validate(value)

    checked(WELL, "answers")
    checked(dict.fromkeys(WELL, "unsure"), "answers")
    assert not Draft202012Validator(schemas["answers"]).is_valid({"age": 400})
    assert not Draft202012Validator(schemas["answers"]).is_valid({"nonsense": 1})
    for name in ("next", "plan", "check", "troubleshoot"):
        asked = {"exercise": "plank"} if name == "check" else {}
        checked(ask(name, answers=WELL, **asked).json(), name)
        checked(ask(name, nonsense=1).json(), "problem")
    checked(ask("plan", answers=WELL, brief=True).json(), "brief")
    assert {*document["paths"]} == {
        f"/api/{name}" for name in ("next", "plan", "check", "troubleshoot", "batch")
    }


@pytest.mark.parametrize(
    ("method", "address", "code"),
    [
        ("GET", "/api/plan", 405),
        ("PUT", "/", 405),
        ("GET", "/../etc", 404),
        ("POST", "/api/x", 404),
    ],
)
def test_tells_of_a_wrong_address_as_a_problem(method: str, address: str, code: int) -> None:
    done = send(method, address)
    assert (done.status_code, done.json()["status"]) == (code, code)


SHOULDERS = load_rules(SHOULDER)
SHOULDER_APP = site(Setting(SHOULDERS, options=("--rules", SHOULDER), now=lambda: NOON))
CALM = {
    "alarm_signs": [],
    "shoulder_pain": 0,
    "dislocated": False,
    "sore_after": [],
    "gear": ["dumbbells"],
}


def test_is_a_site_about_shoulders_with_another_rule_base() -> None:
    first = Page(send("GET", "/", SHOULDER_APP).text)
    assert first.heading == SHOULDERS.title
    answers = CALM | {each.id: "unsure" for each in SHOULDERS.asked if each.id not in CALM}
    pages = [*walk(start(app=SHOULDER_APP), answers, SHOULDER_APP)]
    words = ("plan", "--rules", SHOULDER, *flags(said(pages[-1])), "--format", "json")
    plan = inside(*words).stdout
    done = send("POST", "/api/plan", SHOULDER_APP, json={"answers": said(pages[-1])})
    assert done.text == plan
    outcome = pages[-1].send(("_go", "show"), app=SHOULDER_APP)
    assert json.loads(plan)["level_says"] in outcome.heading
    seen = " ".join(
        re.sub("<style>.*?</style>|<.*?>", " ", page.text, flags=re.DOTALL) for page in pages
    )
    assert not re.search(r"\b(leg|disc|squat|spine)\b", seen, re.IGNORECASE)
    emergency = [*walk(start(app=SHOULDER_APP), {"alarm_signs": ["arm_numb"]}, SHOULDER_APP)][-1]
    assert emergency.heading.startswith("EMERGENCY")
    described = send("GET", "/api/openapi.json", SHOULDER_APP).json()
    assert [*described["components"]["schemas"]["answers"]["properties"]] == [
        each.id for each in SHOULDERS.asked
    ]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def served(folder: Path, *words: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The real program, in a world of its own, once it answers."""
    port = free_port()
    places = {name: str(folder) for name in ("HOME", "TMPDIR", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
    process = subprocess.Popen(
        [sys.executable, "-m", "advisor", "serve", "--port", str(port), *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        cwd=folder,
        env=environment(PYTHONDONTWRITEBYTECODE="1", **places),
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            with suppress(httpx.TransportError):
                httpx.get(address)
                break
            sleep(0.05)
        yield address, process
    finally:
        process.kill()
        process.wait()


def test_keeps_and_tells_nothing_of_what_was_answered(tmp_path: Path) -> None:
    with served(tmp_path, "--rules", SHOULDER) as (address, process):
        fields = {"_door": "plan", "alarm_signs": "arm_numb"}
        page = httpx.post(address, data=fields)
        wrong = httpx.post(f"{address}/api/plan", json={"answers": {"alarm_signs": "secret"}})
        port = int(address.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port)) as cut:
            cut.sendall(
                b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n\r\nalarm_signs="
            )
        assert httpx.get(address).status_code == 200
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (page.status_code, wrong.status_code, process.returncode) == (200, 422, 130)
    assert "EMERGENCY" in page.text
    assert "set-cookie" not in page.headers
    assert (out, err) == ("", f"{address} (Ctrl-C ends it)\n")
    assert [*tmp_path.iterdir()] == []


def test_tells_of_an_address_that_is_taken() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = inside("serve", "--port", port, "--rules", SHOULDER)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith(
        f"error: cannot listen at `http://127.0.0.1:{port}`"
    )


def test_warns_before_it_is_open_to_others() -> None:
    done = inside("serve", "--host", "192.0.2.1", "--rules", SHOULDER)  # of no machine
    assert done.returncode == 2
    warning, _, error = done.stderr.splitlines()
    assert warning == "warning: others can reach this page, and nothing hides what they send to it"
    assert error.startswith("error: cannot listen at ")


def test_says_how_to_get_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    done = inside("serve")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == ("error: a page needs `uvicorn` (pip install 'legday-advisor[serve]')\n")


def test_is_not_imported_by_other_commands() -> None:
    script = (
        "import sys; sys.argv = ['legday', *sys.argv[1:]]\n"
        "from advisor.cli import main\n"
        "try: main()\n"
        "finally:\n"
        "    late = {'starlette', 'uvicorn', 'anyio', 'advisor.web'}\n"
        "    print(late & {*sys.modules}, file=sys.stderr)"
    )
    for words in (["--help"], ["plan", "--screened"], ["next"], ["serve", "--help"]):
        done = subprocess.run(
            [sys.executable, "-c", script, *words],
            capture_output=True,
            encoding="utf-8",
            env=environment(),
            check=False,
        )
        assert done.stderr == "set()\n"


def test_takes_one_word_for_many_choices() -> None:
    page = next(page for page in walk(start(), WELL) if page.question == "equipment")
    assert '<label for="choice-1">Full gym</label>' in page.text
    after = page.send(("_value", "full gym"))
    assert said(after)["equipment"].split(",") == [*RULES.question["equipment"].positions]


@pytest.mark.parametrize("go", ["change", "change nonsense", "change age age", "back", "nonsense"])
def test_takes_a_button_that_it_does_not_have(go: str) -> None:
    done = post("/", [("_door", "plan"), ("_go", go)])
    assert done.status_code in {200, 422}
    assert "<h1" in done.text


def test_names_the_number_to_call_where_people_are() -> None:
    app = site(Setting(RULES, country="GB", options=("--country", "GB")))
    answers = {"emergency_signs": ["saddle_numbness"]}
    words = ("plan", "--country", "GB", "--emergency-signs", "saddle_numbness", "--format", "json")
    done = send("POST", "/api/plan", app, json={"answers": answers})
    assert done.text == inside(*words).stdout
    page = [*walk(start(app=app), answers, app)][-1]
    assert "999" in page.text
    assert "911" not in page.text
