"""Facts so far → facts, by asking: the loop that ties a conversation to an asker."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from advisor.answers import Facts, quoted
from advisor.explain.why_asked import gains, why_asked
from advisor.interview import conversation, phrases, prompts
from advisor.interview.asker import Asker
from advisor.interview.conversation import EMERGENCY, Conversation
from advisor.interview.keeping import Keeper
from advisor.interview.next_question import PLAN, TROUBLESHOOT, door_question
from advisor.interview.reading import Answer, Mistake, read_reply
from advisor.interview.spoken import Word, read_word, said
from advisor.report.blocks import Block, say
from advisor.report.text import Report
from advisor.rulebase.shapes import Question, RuleBase
from advisor.wishes import NO_WISHES, Wishes

PROMPT, PLAIN_PROMPT = "> ", "Your answer: "


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


class _Found(NamedTuple):
    """What was said to a part of a question; `doubt` is that something in it stayed unsure.

    With `whole`, something of another part was named, and the code is one of the whole question.
    """

    code: int
    doubt: bool = False
    note: str = ""
    whole: bool = False


@dataclass(frozen=True)
class Visit:
    """What somebody came for, where answers are kept, and what is done at the end.

    Without a `door`, the person is asked which one. With `save_path` the answers are kept there
    after each one. `options` are flags that the command which takes up the answers needs besides
    them, and `wishes` are what it asks for. `report` shows what the answers come to, and tells
    whether the person sees it.
    """

    door: str | None = PLAN
    save_path: Path | None = None
    options: tuple[str, ...] = ()
    wishes: Wishes = NO_WISHES
    report: Callable[[Conversation], bool] = lambda _: False


def run(rules: RuleBase, known: Facts | None, asker: Asker, visit: Visit | None = None) -> Facts:
    """Ask what still matters, let the answers be reviewed, and report. Raises Interrupted."""
    meeting = _Meeting(rules, known, asker, visit or Visit())
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

    def __init__(self, rules: RuleBase, known: Facts | None, asker: Asker, visit: Visit) -> None:
        self.rules = rules
        self.asker = asker
        self.visit = visit
        self.keeper = Keeper(visit.save_path, visit.options, visit.wishes)
        self.talk = conversation.begin(rules, known)

    def run(self) -> Facts:
        """Ask, review and report until the person is done with all three."""
        if self.talk.position is not None:
            self._show([say(prompts.WELCOME)])
        self.talk = conversation.begin(self.rules, self.talk.given, self.visit.door or self._door())
        while True:
            while self.talk.position is not None:
                self._question(self.talk.position)
            # Nothing stands before an emergency; a slip is mended below it.
            if not self.talk.emergency and self._review():
                continue
            self._keep_answers()
            if not (self.visit.report(self.talk) and self.talk.emergency and self._slip()):
                return self.talk.facts

    def _door(self) -> str:
        """What the person came for; Enter is a plan."""
        question = door_question(self.rules)
        if question is None or self.talk.emergency:
            return PLAN
        self._show(prompts.door_blocks(question))
        while True:
            line = self._ask(prompts.words_of(question))
            match read_reply(line, question, self.rules) if line.strip() else Answer(0):
                case Answer(code):
                    return question.choices[code].id
                case Mistake(says):
                    self._mistake(says)
                case Word("quit"):
                    raise _Quit
                case Word("help"):
                    self._show(prompts.help_blocks())
                case _:
                    self._show(prompts.door_blocks(question))

    def _question(self, position: int) -> None:
        """Ask one question, part by part, until it is answered or another one is to be asked."""
        question, talk = self.rules.questions[position], self.talk
        whole = _Found(0)
        for place, page in enumerate(prompts.pages(question)):
            self._show(prompts.question_blocks(talk, page))
            found = self._page(page, first=place == 0)
            if found is None:
                return
            code, of = found.code, question if found.whole else page
            if page is not question:
                self._note(of, None if found.doubt and not code else code, found.note)
                code = question.encode(of.decode(code)) | whole.code
            whole = _Found(code, found.doubt or whole.doubt, found.note)
            if code and self._is_emergency(question, code):
                break
        self._take(question, whole, told=page is not question)

    def _page(self, page: Question, *, first: bool) -> _Found | None:
        """What is said to a part of a question; None if another question comes now."""
        talk = self.talk
        while self.talk is talk:
            line = self._ask(prompts.words_of(page))
            match read_reply(line, page, self.rules):
                case Answer(code, note):
                    return _Found(code, note=note)
                case Mistake() if code := self._elsewhere(line, page):
                    return _Found(code, whole=True)
                case Mistake(says):
                    self._mistake(says)
                case Word("unsure"):
                    return self._doubt(page)
                case Word("back") if not first:
                    return None
                case Word(word, number):
                    self._obey(word, number, page)
        return None

    def _elsewhere(self, line: str, page: Question) -> int:
        """What a line names of another page of the same question, in words; 0 if nothing.

        Somebody who has a sign does not wait for the page that lists it. A number would be
        one of this page.
        """
        whole = self.rules.question[page.id]
        if (
            whole.is_number
            or len(whole.choices) == len(page.choices)
            or any(map(str.isdigit, line))
        ):
            return 0
        match read_reply(line, whole, self.rules):
            case Answer(code):
                return code
            case _:
                return 0

    def _doubt(self, page: Question) -> _Found | None:
        """Go through a list of signs one by one, for somebody who cannot tell of all at once."""
        if page.if_unsure is not None:
            return _Found(page.if_unsure, note=prompts.AS_FAR_AS_KNOWN)
        signs = prompts.signs(page)
        if not signs:
            return _Found(0, doubt=True)
        self._show([say(prompts.ONE_BY_ONE)])
        picked, doubt = 0, False
        for place, sign in enumerate(signs):
            self._show(prompts.sign_blocks(sign, place + 1, len(signs)))
            match self._sign(sign):
                case Word("back"):
                    return None
                case Answer(code):
                    picked |= code << place
                case _:
                    doubt = True
            if picked and self._is_emergency(page, picked):
                break
        return _Found(picked, doubt)

    def _sign(self, sign: Question) -> Answer | Word:
        """What is said to one sign: yes or no, unsure, or to begin again."""
        while True:
            match read_reply(self._ask(("yes", "no")), sign, self.rules):
                case Answer(code, note):
                    self._note(sign, code, note)
                    return Answer(code)
                case Word("unsure") as word:
                    self._note(sign, None, "")
                    return word
                case Word("back") as word:
                    return word
                case Word("quit"):
                    raise _Quit
                case Mistake(says):
                    self._mistake(says)
                case _:
                    self._show(prompts.meaning_blocks(sign))

    def _is_emergency(self, page: Question, code: int) -> bool:
        """Whether help is needed now, whatever else is said to this question."""
        question = self.rules.question[page.id]
        whole = question.encode(page.decode(code))
        place = self.rules.question_position[page.id]
        return conversation.level_after(self.talk, place, whole) == EMERGENCY

    def _take(self, question: Question, found: _Found, *, told: bool) -> None:
        """Take an answer. With doubt left, what was picked counts if it is as careful as doubt."""
        place, code = self.rules.question_position[question.id], found.code
        levels = [conversation.level_after(self.talk, place, each) for each in (code, None)]
        unsure = found.doubt and (not code or levels[0] < levels[1])
        taken = None if unsure else code
        if not told or unsure:
            self._note(question, taken, found.note)
        self._move(conversation.answer(self.talk, taken))

    def _obey(self, word: str, number: int, question: Question) -> None:
        """Do what a word at a question asks for."""
        does: dict[str, Callable[[], None]] = {
            "?": lambda: self._show(prompts.meaning_blocks(question)),
            "why": lambda: self._why(self.rules.question[question.id]),
            "list": lambda: self._show(prompts.list_blocks(question)),
            "help": lambda: self._show(prompts.help_blocks()),
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
        left = () if self.talk.door == TROUBLESHOOT else sorted(after.left)
        self._show(prompts.enough_blocks(gains(after.facts, left, self.rules)))
        self._move(after)

    def _review(self) -> bool:
        """Show every answer, or those that lead to a referral; True if one is to be changed."""
        talk = self.talk
        rows = talk.led_here if talk.referred else conversation.review(talk)
        blocks = prompts.right_blocks if talk.referred else prompts.review_blocks
        self._show(blocks(rows, talk.set_aside))
        while True:
            line = self._ask().strip()
            if not line or said(line) == phrases.YES:
                return False
            word = read_word(line)
            if word and word.word == "quit":
                _quit()
            if word and word.word == "back" and talk.asked:
                self.talk = conversation.back(talk, word.number)
                return True
            if line.isascii() and line.isdigit() and 1 <= int(line[:9]) <= len(rows):
                self.talk = conversation.reopen(talk, rows[int(line) - 1].position)
                return True
            which = ": which one?" if said(line) == phrases.NO else " does nothing here:"
            expected = f"Enter, a number from 1 to {len(rows)}, `back` or `quit`"
            self._mistake(f"{quoted(line)}{which} expected {expected}")

    def _slip(self) -> bool:
        """Below an emergency: whether its last answer is to be changed."""
        self._show([say(prompts.SLIP)])
        try:
            while line := self._ask().strip():
                word = read_word(line)
                if word and word.word == "quit":
                    break
                if word and word.word == "back":
                    self.talk = conversation.reopen(self.talk, self.talk.led_here[-1].position)
                    return True
                self._mistake(f"{quoted(line)} does nothing here: expected Enter or `back`")
        except (KeyboardInterrupt, EOFError):
            pass  # they have read it, and leave
        return False

    def _note(self, question: Question, code: int | None, note: str) -> None:
        self._show(prompts.noted_blocks(question, code, note, plain=self.asker.plain))

    def _move(self, after: Conversation) -> None:
        self.talk = after
        self._keep_answers()

    def _keep_answers(self) -> None:
        self._show_if(self.keeper.keep(self.talk))

    def leave(self, how: str) -> None:
        """Say how to go on another time; after `quit`, offer to keep the answers first."""
        try:
            self._keep_answers()
            if how == "quit" and self.keeper.path is None and _said_anything(self.talk):
                self._offer()
        except (KeyboardInterrupt, EOFError):
            pass
        self._show(self.keeper.farewell(self.talk))

    def _offer(self) -> None:
        """Offer to keep the answers; yes is no name, and no means no."""
        self._show([say(prompts.KEEP_WHERE)])
        while True:
            name = self._ask().strip()
            meant = said(name)
            if not name or meant == phrases.NO or read_word(name):
                return
            if meant is not None:
                self._show([say("Good: now type a name for the file, such as me.")])
                continue
            problem = self.keeper.keep_as(name, self.talk)
            if not problem:
                return
            self._show_if(problem)

    def _mistake(self, says: str) -> None:
        """Tell what is wrong with a line; what came ahead behind it is no answer any more."""
        ahead = " The lines behind it were not used." if self.asker.drop() else ""
        self._show([say(says + ("." if ahead else "") + ahead)])

    def _ask(self, words: Sequence[str] = ()) -> str:
        return self.asker.ask(PLAIN_PROMPT if self.asker.plain else PROMPT, words)

    def _show_if(self, says: str) -> None:
        if says:
            self._show([say(says)])

    def _show(self, blocks: Iterable[Block]) -> None:
        self.asker.show(Report(tuple(blocks)))


def _said_anything(talk: Conversation) -> bool:
    facts = talk.everything_said
    return not all(map(facts.is_open, range(len(facts.values))))


def _quit() -> None:
    raise _Quit
