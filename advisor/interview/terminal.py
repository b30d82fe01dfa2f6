"""Facts so far → facts, by asking: the loop that ties a conversation to an asker."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from advisor.answers import Facts, quoted
from advisor.command_line import command
from advisor.explain.why_asked import gains, why_asked
from advisor.interview import conversation, prompts
from advisor.interview.asker import Asker
from advisor.interview.reading import Answer, Mistake, Word, read_reply, read_word
from advisor.interview.saving import save_answers
from advisor.plan import plan_for
from advisor.report.blocks import Block, say
from advisor.report.text import Report
from advisor.rulebase.shapes import Question, RuleBase

PROMPT = "> "


class Interrupted(Exception):  # noqa: N818 - it is no error
    """The conversation was left before its end, with the answers so far.

    `how` is `interrupt` (Ctrl-C), `end` (no more input) or `quit`.
    """

    def __init__(self, facts: Facts, how: str) -> None:
        super().__init__(how)
        self.facts = facts
        self.how = how


class _Quit(Exception):  # noqa: N818 - it is no error
    """The person typed `quit`."""


def run(
    rules: RuleBase,
    known: Facts | None,
    asker: Asker,
    save_path: Path | None = None,
    *,
    options: Iterable[str] = (),
) -> Facts:
    """Ask what still matters, then let the answers be reviewed. Raises Interrupted.

    With `save_path` the answers are kept there after each one. `options` are flags that the
    command which takes up the answers needs besides them.
    """
    meeting = _Meeting(rules, known, asker, save_path, tuple(options))
    try:
        return meeting.run()
    except KeyboardInterrupt:
        how = "interrupt"
    except EOFError:
        how = "end"
    except _Quit:
        how = "quit"
    meeting.leave(how)
    raise Interrupted(meeting.talk.everything_said, how)


class _Meeting:
    """One conversation with one asker. `talk` is where it stands, and all that changes."""

    def __init__(
        self,
        rules: RuleBase,
        known: Facts | None,
        asker: Asker,
        save_path: Path | None,
        options: tuple[str, ...],
    ) -> None:
        self.rules = rules
        self.asker = asker
        self.save_path = save_path
        self.options = options
        self.talk = conversation.begin(rules, known)

    def run(self) -> Facts:
        """Ask and review until the person is done with both."""
        if self.talk.position is not None:
            self._show([say(prompts.WELCOME)])
        while True:
            while self.talk.position is not None:
                self._question(self.talk.position)
            if self.talk.referred or not self._review():
                break
        if self.talk.referred and self.talk.set_aside:
            self._show(prompts.aside_blocks(self.talk.set_aside))
        self._keep_answers()
        return self.talk.facts

    def _question(self, position: int) -> None:
        """Ask one question until it is answered, or until another one is to be asked."""
        question, talk = self.rules.questions[position], self.talk
        self._show(prompts.question_blocks(talk, question))
        while self.talk is talk:
            reply = read_reply(self.asker.ask(PROMPT), question, self.rules)
            match reply:
                case Answer(code):
                    self._show(prompts.noted_blocks(question, code))
                    self._move(conversation.answer(talk, code))
                case Mistake(says):
                    self._show([say(says)])
                case Word(word, number):
                    self._obey(word, number, question)

    def _obey(self, word: str, number: int, question: Question) -> None:
        """Do what a word at a question asks for."""
        does: dict[str, Callable[[], None]] = {
            "?": lambda: self._show(prompts.meaning_blocks(question)),
            "why": lambda: self._why(question),
            "list": lambda: self._show(prompts.list_blocks(question)),
            "help": lambda: self._show(prompts.help_blocks()),
            "unsure": lambda: self._move(conversation.unsure(self.talk)),
            "back": lambda: self._back(number),
            "keep": self._keep,
            "enough": self._enough,
            "quit": _quit,
        }
        does[word]()

    def _why(self, question: Question) -> None:
        why = why_asked(self.talk.here, question, self.rules)
        self._show(prompts.why_blocks(why, self.rules))

    def _back(self, steps: int) -> None:
        before = self.talk
        after = conversation.back(before, steps)
        if after.reopened == before.reopened:
            self._show([say("`back`: this is the first question")])
        else:
            self.talk = after

    def _keep(self) -> None:
        if self.talk.reopened is None:
            self._show([say("`keep`: there is no answer yet")])
        else:
            self.talk = conversation.keep(self.talk)

    def _enough(self) -> None:
        if self.talk.open_for_safety:
            self._show(prompts.not_enough_blocks(self.talk))
            return
        after = conversation.enough(self.talk)
        self._show(prompts.enough_blocks(gains(after.facts, sorted(after.left), self.rules)))
        self._move(after)

    def _review(self) -> bool:
        """Show every answer; True if one is to be changed, or more is to be asked."""
        rows = conversation.review(self.talk)
        self._show(prompts.review_blocks(rows, self.talk.set_aside))
        while True:
            line = self.asker.ask(PROMPT).strip()
            if not line:
                return False
            word = read_word(line)
            if word and word.word == "quit":
                _quit()
            if word and word.word == "back" and self.talk.asked:
                self.talk = conversation.back(self.talk, word.number)
                return True
            if line.isascii() and line.isdigit() and 1 <= int(line[:9]) <= len(rows):
                self.talk = conversation.reopen(self.talk, rows[int(line) - 1].position)
                return True
            expected = f"Enter, a number from 1 to {len(rows)}, `back` or `quit`"
            self._show([say(f"{quoted(line)} is nothing to do here: expected {expected}")])

    def _move(self, after: conversation.Conversation) -> None:
        self.talk = after
        self._keep_answers()

    def _keep_answers(self) -> None:
        if self.save_path is not None:
            self._save(self.save_path)

    def _save(self, path: Path) -> bool:
        """Keep the answers; if that fails, say so once and go on without."""
        try:
            path = path.expanduser()
            save_answers(path, self.talk.everything_said, self.rules)
        except (OSError, ValueError, RuntimeError) as error:
            cause = getattr(error, "strerror", None) or "not a usable name"
            self._show([say(f"{quoted(str(path))} cannot be written: {cause.lower()}")])
            self.save_path = None
            return False
        self.save_path = path
        return True

    def leave(self, how: str) -> None:
        """Say how to go on another time; after `quit`, offer to keep the answers first."""
        try:
            self._keep_answers()
            if how == "quit" and self.save_path is None:
                self._offer()
            self._farewell()
        except (KeyboardInterrupt, EOFError):
            self._farewell()

    def _offer(self) -> None:
        self._show(
            [say("To keep your answers, type the name of a new file; Enter leaves without.")]
        )
        while True:
            name = self.asker.ask(PROMPT).strip()
            if not name or self._save(Path(name)):
                return

    def _farewell(self) -> None:
        facts = self.talk.everything_said
        plan = replace(plan_for(facts, self.rules), options=self.options)
        saved = str(self.save_path) if self.save_path else ""
        self._show(prompts.farewell_blocks(command(plan), saved, self.options))

    def _show(self, blocks: Iterable[Block]) -> None:
        self.asker.show(Report(tuple(blocks)))


def _quit() -> None:
    raise _Quit
