"""A chat bot's side of the conversation: `legday next`, one stateless step at a time.

The bot keeps nothing but the answers so far. Each turn it sends them, gets the next question,
and asks it; when no question is left, it sends them once more for the plan. Here the person is
a JSON file of answers, so that the whole chat can be replayed:

    python examples/chat_client.py examples/chats/mild-ache.json
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

LEGDAY = [sys.executable, "-m", "advisor"]
PLANS = {0, 3, 4}  # a plan, a referral, or open questions; anything else is an error


def legday(answers: dict[str, Any], *words: str) -> dict[str, Any]:
    """Run one command on the answers so far. Raises SystemExit with its error message."""
    done = subprocess.run(
        [*LEGDAY, *words, "--answers", "-"],
        input=json.dumps(answers),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in PLANS:
        sys.exit(done.stderr)
    return json.loads(done.stdout)


def chat(person: dict[str, Any]) -> dict[str, Any]:
    """Ask until nothing is left that matters; what the person has no answer to is not sure."""
    answers: dict[str, Any] = {}
    while question := (step := legday(answers, "next", "--format", "json"))["question"]:
        fact = question["fact"]
        answers[fact] = person.get(fact, "unsure")
        print(f"bot: {question['ask']} [{step['remaining_at_most']} more at most]")
        print(f"you: {json.dumps(answers[fact])}")
    return answers


def main() -> None:
    """Replay the chat of one person and say what came of it."""
    person = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    plan = legday(chat(person), "plan", "--brief")
    print(f"bot: {plan['level_says']}")
    if plan["referral"]:
        print(f"bot: {plan['referral']['action']}")
    for line in plan["session"]["exercises"] if plan["session"] else []:
        print(f"bot: {line['name']}, {line['notation']}. {line['reasons'][0]}")


if __name__ == "__main__":
    main()
