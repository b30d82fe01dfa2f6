"""Tools for assistants: the protocol's own client talks to `legday mcp`; nothing is softened."""

from __future__ import annotations

import json
import sys
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters
from mcp.shared.exceptions import MCPError
from running import ROOT, SHOULDER, environment, inside, legday_json

from advisor import advise, load_rules
from advisor.answers import read_answers
from advisor.brief import brief_document
from advisor.plan import plan_for
from advisor.rulebase.shapes import RuleBase
from advisor.web.setting import Setting
from advisor.web.tools import EXERCISES, SAFETY, SOURCES, TOOLS, call, input_schema, resources

RULES = load_rules()
LARGEST = 10_000  # bytes of a result
ANSWERS: dict[str, object] = {"emergency_signs": ["saddle_numbness"]}


def server(*words: str) -> StdioServerParameters:
    """The program itself, as an assistant starts it."""
    command = [sys.executable, "-m", "advisor", "mcp", *words]
    return StdioServerParameters(
        command=command[0], args=command[1:], env=environment(), cwd=str(ROOT)
    )


async def ask(client: Client, name: str, **arguments: object) -> Any:  # noqa: ANN401 - JSON
    result = await client.call_tool(name, arguments)
    text = result.content[0].text  # type: ignore[union-attr]
    assert not result.is_error, text
    assert json.loads(text) == result.structured_content
    assert len(text) <= LARGEST, (name, len(text))
    return result.structured_content


def well(question: dict[str, Any], rules: RuleBase) -> object:
    """What somebody with nothing to report says."""
    own = rules.question[question["fact"]]
    if own.clear is not None:
        return own.decode(own.clear)
    return "unsure" if not own.is_number else max(own.minimum, min(30, own.maximum))


def test_a_whole_conversation_ends_with_the_plan_of_the_command_line() -> None:
    async def talk() -> None:
        async with Client(server()) as client:
            answers: dict[str, object] = {}
            step = await ask(client, "next_question", answers=answers)
            while step["question"]:
                left = step["remaining_at_most"]
                answers[step["question"]["fact"]] = well(step["question"], RULES)
                step = await ask(client, "next_question", answers=answers)
                assert step["remaining_at_most"] < left
            plan = await ask(client, "plan", answers=answers)
            wanted = brief_document(advise(answers, RULES).to_dict())
            assert {key: plan[key] for key in wanted} == json.loads(json.dumps(wanted))
            assert plan["session"]["exercises"]
            assert "promise nothing" in plan["instruction"]

    anyio.run(talk)


def test_the_words_of_a_referral_arrive_unchanged() -> None:
    wanted = legday_json("plan", "--emergency-signs", "saddle_numbness", code=3)

    async def talk() -> None:
        async with Client(server()) as client:
            for name in ("next_question", "plan", "troubleshoot"):
                told = await ask(client, name, answers=ANSWERS)
                assert told["status"] == "refer"
                assert told["say"] == [wanted["level_says"], wanted["referral"]["action"]]
                assert "word for word" in told["instruction"]
                assert not told.get("question")
                assert not told.get("session")

    anyio.run(talk)


def test_a_referral_that_is_certain_is_passed_on_while_more_is_asked() -> None:
    wanted = legday_json("plan", "--back-pain", "9", code=4)
    assert wanted["referral"]
    told: Any = call("next_question", {"answers": {"back_pain": 9}}, Setting(RULES))
    assert told["say"] == [wanted["referral"]["action"]]
    assert "word for word" in told["instruction"]
    assert "go on asking" in told["instruction"]
    assert told["question"]


def test_two_conversations_at_a_time_do_not_mix() -> None:
    async def talk() -> None:
        async with Client(server()) as client:
            told: dict[int, Any] = {}

            async def one(pain: int) -> None:
                told[pain] = await ask(client, "plan", answers={"back_pain": pain}, screened=True)

            async with anyio.create_task_group() as group:
                for pain in (0, 2, 4, 9):
                    group.start_soon(one, pain)
            for pain, each in told.items():
                plan = plan_for(read_answers({"back_pain": pain}, RULES, screened=True), RULES)
                assert (each["level"], each["status"]) == (plan.level, plan.status)

    anyio.run(talk)


def test_tells_every_problem_in_the_words_of_the_command_line() -> None:
    async def talk() -> None:
        async with Client(server("--rules", SHOULDER)) as client:
            wrong = {"answers": {"shoulder_pain": 99, "disloctated": True}, "exercise": "plnk"}
            result = await client.call_tool("check_exercise", wrong)
            assert result.is_error
            text = result.content[0].text  # type: ignore[union-attr]
            assert "`shoulder_pain`: `99` is no answer" in text
            assert "did you mean `dislocated`?" in text
            assert "`plnk`" in text

    anyio.run(talk)


def test_another_rule_base_is_another_set_of_tools(shoulder: RuleBase) -> None:
    async def talk() -> None:
        async with Client(server("--rules", SHOULDER)) as client:
            tools = (await client.list_tools()).tools
            assert [each.name for each in tools] == [*TOOLS]
            facts = tools[1].input_schema["properties"]["answers"]["properties"]
            assert [*facts] == [each.id for each in shoulder.asked]
            checked = await ask(client, "check_exercise", exercise="push_up", answers={})
            assert checked["exercise"] == "push_up"
            listed = (await client.list_resources()).resources
            assert {each.uri for each in listed} == {*resources(shoulder)}

    anyio.run(talk)


@pytest.mark.parametrize("address", [EXERCISES, SOURCES, SAFETY, f"{EXERCISES}/leg_press"])
def test_what_can_be_read_is_there(address: str) -> None:
    async def talk() -> None:
        async with Client(server()) as client:
            (contents,) = (await client.read_resource(address)).contents
            assert json.loads(contents.text)  # type: ignore[union-attr]

    anyio.run(talk)


def test_tells_what_cannot_be_read() -> None:
    async def talk() -> None:
        async with Client(server()) as client:
            with pytest.raises(MCPError, match="nothing stands at `legday://exercises/leg_pres`"):
                await client.read_resource(f"{EXERCISES}/leg_pres")

    anyio.run(talk)


def test_every_result_is_small_and_keeps_nothing() -> None:
    setting = Setting(RULES)
    sore = {"back_pain": 2, "soreness_onset": "next_day", "last_session": ["leg_press"]}
    for exercise in [*RULES.exercise][::9]:
        for answers in ({}, sore):
            for name in TOOLS:
                asked = {"answers": answers, "screened": True}
                asked |= {"exercise": exercise} if name == "check_exercise" else {}
                told = [json.dumps(call(name, asked, setting)) for _ in range(2)]
                assert told[0] == told[1]
                assert len(told[0]) <= LARGEST, (name, exercise, len(told[0]))


def test_the_schemas_of_all_tools_are_small() -> None:
    schemas = [json.dumps(input_schema(each, RULES)) for each in TOOLS.values()]
    assert sum(map(len, schemas)) < 3 * LARGEST


def test_says_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "advisor.web.assistant", None)
    done = inside("mcp")
    assert done.returncode == 2
    assert "pip install 'legday-advisor[mcp]'" in done.stderr
