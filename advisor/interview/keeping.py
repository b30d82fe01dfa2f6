"""The answers of a conversation → a file after each of them, and the way back when it is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from shlex import join

from advisor.answers import Facts, quoted
from advisor.command_line import command, command_start
from advisor.interview import prompts
from advisor.interview.conversation import Conversation
from advisor.interview.next_question import PLAN, door_question
from advisor.interview.saving import save_answers
from advisor.plan import plan_for
from advisor.report.blocks import Block
from advisor.wishes import NO_WISHES, Wishes

SUFFIX = ".json"


class Keeper:
    """Keeps answers at `path`, if there is one.

    `options` are flags that every command needs, and `wishes` go along with those that take them.
    """

    def __init__(
        self, path: Path | None, options: Sequence[str] = (), wishes: Wishes = NO_WISHES
    ) -> None:
        self.path = path
        self.options = tuple(options)
        self.wishes = wishes

    def keep(self, talk: Conversation) -> str:
        """Keep the answers; if that fails, say what went wrong, once, and go on without."""
        if self.path is None:
            return ""
        path, self.path = self.path, None
        try:
            path = path.expanduser()
            save_answers(path, talk.everything_said, talk.rules)
        except (OSError, ValueError, RuntimeError) as error:
            cause = getattr(error, "strerror", None) or "not a usable name"
            return f"{quoted(str(path))} cannot be written: {cause.lower()}"
        self.path = path
        return ""

    def keep_as(self, name: str, talk: Conversation) -> str:
        """Keep the answers under a name that was typed; say what went wrong, if anything."""
        path = Path(name)
        self.path = path if path.suffix else path.with_name(f"{path.name}{SUFFIX}")
        return self.keep(talk)

    def farewell(self, talk: Conversation) -> list[Block]:
        """How to go on another time, and what the answers come to so far."""
        door = ("--door", talk.door) if door_question(talk.rules) else ()
        plan = plan_for(talk.everything_said, talk.rules, self.wishes)
        plan = replace(plan, options=self.options)
        saved = str(self.path) if self.path else ""
        resumed = replace(plan, options=(*self.options, *door))
        again = command(resumed, "ask")
        if saved:
            start = command_start(replace(resumed, facts=Facts(())), "ask")
            again = f"{start} {join(('--answers', saved, '--save', saved))}"
        return prompts.farewell_blocks(again, command(plan, talk.door or PLAN), saved)
