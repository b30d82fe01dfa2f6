"""Facts so far → facts, by asking: the loop that ties a conversation to an asker."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from shlex import join
from typing import NamedTuple

from advisor.answers import Facts, quoted
from advisor.command_line import command, command_start
from advisor.explain.why_asked import gains, why_asked
from advisor.interview import conversation, phrases, prompts
from advisor.interview.amounts import Answer
from advisor.interview.asker import Asker
from advisor.interview.conversation import EMERGENCY, Conversation
from advisor.interview.next_question import PLAN, TROUBLESHOOT, door_question
from advisor.interview.reading import Mistake, read_reply
from advisor.interview.saving import save_answers
from advisor.interview.spoken import Word, read_word, said
from advisor.plan import plan_for
from advisor.report.blocks import Block, say
from advisor.report.text import Report
from advisor.rulebase.shapes import Question, RuleBase
from advisor.wishes import NO_WISHES, Wishes

PROMPT, PLAIN_PROMPT = "> ", "Your answer: "
SUFFIX = ".json"


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


_LEFT = {KeyboardInterrupt: "interrupt", EOFError: "end", _Quit: "quit"}


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
    except tuple(_LEFT) as left:
        how = _LEFT[type(left)]
    meeting.leave(how)
    raise Interrupted(meeting.talk.everything_said, how)


class _Meeting:
    """One conversation with one asker.

    `talk` is where it stands, and `path` where the answers are kept, if they are.
    """

    def __init__(self, rules: RuleBase, known: Facts | None, asker: Asker, visit: Visit) -> None:
        self.rules, self.asker, self.visit = rules, asker, visit
        self.path = visit.save_path
        self.talk = conversation.begin(rules, known)

    def run(self) -> Facts:
        """Ask, review and report until the person is done with all three."""
        if self.talk.position is not None:
            self._say(prompts.WELCOME)
        self.talk = conversation.begin(self.rules, self.talk.given, self.visit.door or self._door())
        while True:
            while self.talk.position is not None:
                self._question(self.rules.questions[self.talk.position])
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
            match self._reply(question, enter=Answer(0)):
                case Answer(code):
                    return question.choices[code].id
                case Word("help"):
                    self._show(prompts.help_blocks())
                case _:
                    self._show(prompts.door_blocks(question))

    def _question(self, question: Question) -> None:
        """Ask one question, part by part, until it is answered or another one is to be asked."""
        whole = _Found(0)
        for place, page in enumerate(prompts.pages(question)):
            self._show(prompts.question_blocks(self.talk, page))
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
            match self._reply(page):
                case Answer(code, note):
                    return _Found(code, note=note)
                case _Found() as found:
                    return found
                case Word("unsure"):
                    return self._doubt(page)
                case Word("back") if not first:
                    return None
                case Word() as word:
                    self._obey(word, page)
        return None

    def _reply(self, page: Question, enter: Answer | None = None) -> Answer | Word | _Found:
        """What is said to a question or a part of it, which is asked again after a mistake."""
        while True:
            line = self._ask(prompts.words_of(page))
            reply = enter if enter and not line.strip() else read_reply(line, page, self.rules)
            match reply:
                case Mistake() if code := self._elsewhere(line, page):
                    return _Found(code, whole=True)
                case Mistake(says):
                    self._mistake(says)
                case Word("quit"):
                    raise _Quit
                case _:
                    return reply

    def _elsewhere(self, line: str, page: Question) -> int:
        """What a line names of another page of the same question, in words; 0 if nothing.

        Somebody who has a sign does not wait for the page that lists it. A number would be
        one of this page.
        """
        whole = self.rules.question.get(page.id)
        if not (whole and page.choices and {*page.choices} < {*whole.choices}):
            return 0
        reply = None if any(map(str.isdigit, line)) else read_reply(line, whole, self.rules)
        return reply.code if isinstance(reply, Answer) else 0

    def _doubt(self, page: Question) -> _Found | None:
        """Go through a list of signs one by one, for somebody who cannot tell of all at once."""
        if page.if_unsure is not None:
            return _Found(page.if_unsure, note=prompts.AS_FAR_AS_KNOWN)
        signs = prompts.signs(page)
        if not signs:
            return _Found(0, doubt=True)
        self._say(prompts.ONE_BY_ONE)
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
            match self._reply(sign):
                case Answer(code, note) as reply:
                    self._note(sign, code, note)
                    return reply
                case Word("unsure") as reply:
                    self._note(sign, None, "")
                    return reply
                case Word("back") as reply:
                    return reply
                case _:
                    self._show(prompts.meaning_blocks(sign))

    def _is_emergency(self, page: Question, code: int) -> bool:
        """Whether help is needed now, whatever else is said to this question."""
        place = self.rules.question_position[page.id]
        whole = self.rules.questions[place].encode(page.decode(code))
        return conversation.level_after(self.talk, place, whole) == EMERGENCY

    def _take(self, question: Question, found: _Found, *, told: bool) -> None:
        """Take an answer. With doubt left, what was picked counts if it is as careful as doubt."""
        place, code = self.rules.question_position[question.id], found.code
        picked, doubted = (conversation.level_after(self.talk, place, c) for c in (code, None))
        unsure = found.doubt and (not code or picked < doubted)
        taken = None if unsure else code
        if not told or unsure:
            self._note(question, taken, found.note)
        self._move(conversation.answer(self.talk, taken))

    def _obey(self, word: Word, page: Question) -> None:
        """Do what a word at a question asks for."""
        question, talk = self.rules.question[page.id], self.talk
        match word.word:
            case "?":
                self._show(prompts.meaning_blocks(page))
            case "why":
                why = why_asked(talk.here, question, self.rules)
                self._show(prompts.why_blocks(why, self.rules))
            case "list":
                self._show(prompts.list_blocks(page))
            case "help":
                self._show(prompts.help_blocks())
            case "back":
                self.talk = conversation.back(talk, word.number)
                if self.talk.reopened == talk.reopened:
                    self.talk = talk
                    self._say("`back`: this is the first question")
            case "keep" if talk.reopened is None:
                self._say("`keep`: there is no answer yet")
            case "keep":
                self.talk = conversation.keep(talk)
            case "enough":
                self._enough()

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
        self._show(prompts.review_blocks(rows, talk.set_aside, referred=talk.referred))
        while True:
            line = self._ask().strip()
            if not line or said(line) == phrases.YES:
                return False
            match read_word(line):
                case Word("quit"):
                    raise _Quit
                case Word("back", steps) if talk.asked:
                    self.talk = conversation.back(talk, steps)
                    return True
            if line.isascii() and line.isdigit() and 1 <= int(line[:9]) <= len(rows):
                self.talk = conversation.reopen(talk, rows[int(line) - 1].position)
                return True
            which = ": which one?" if said(line) == phrases.NO else " does nothing here:"
            expected = f"Enter, a number from 1 to {len(rows)}, `back` or `quit`"
            self._mistake(f"{quoted(line)}{which} expected {expected}")

    def _slip(self) -> bool:
        """Below an emergency: whether its last answer is to be changed."""
        self._say(prompts.SLIP)
        try:
            while line := self._ask().strip():
                match read_word(line):
                    case Word("quit"):
                        break
                    case Word("back"):
                        self.talk = conversation.reopen(self.talk, self.talk.led_here[-1].position)
                        return True
                self._mistake(f"{quoted(line)} does nothing here: expected Enter or `back`")
        except (KeyboardInterrupt, EOFError):
            pass  # they have read it, and leave
        return False

    def leave(self, how: str) -> None:
        """Say how to go on another time; after `quit`, offer to keep the answers first."""
        try:
            self._keep_answers()
            facts = self.talk.everything_said
            unsaid = all(map(facts.is_open, range(len(self.talk.rules.asked))))
            if how == "quit" and self.path is None and not unsaid:
                self._offer()
        except (KeyboardInterrupt, EOFError):
            pass
        self._farewell()

    def _offer(self) -> None:
        """Offer to keep the answers; yes is no name, and no means no."""
        self._say(prompts.KEEP_WHERE)
        while self.path is None:
            name = self._ask().strip()
            meant = said(name)
            if not name or meant == phrases.NO or read_word(name):
                return
            if meant is not None:
                self._say("Good: now type a name for the file, such as me.")
                continue
            path = Path(name)
            self.path = path if path.suffix else path.with_name(f"{path.name}{SUFFIX}")
            self._keep_answers()

    def _farewell(self) -> None:
        """Tell how to go on another time, and what the answers come to so far."""
        visit, talk = self.visit, self.talk
        door = ("--door", talk.door) if door_question(self.rules) else ()
        plan = plan_for(talk.everything_said, self.rules, visit.wishes)
        plan = replace(plan, options=visit.options)
        resumed = replace(plan, options=(*visit.options, *door))
        again = command(resumed, "ask")
        if saved := str(self.path or ""):
            start = command_start(replace(resumed, facts=Facts(())), "ask")
            again = f"{start} {join(('--answers', saved, '--save', saved))}"
        self._show(prompts.farewell_blocks(again, command(plan, talk.door), saved))

    def _keep_answers(self) -> None:
        """Keep the answers; if that fails, say what went wrong, once, and go on without."""
        if self.path is None:
            return
        path, self.path = self.path, None
        try:
            path = path.expanduser()
            save_answers(path, self.talk.everything_said, self.rules)
        except (OSError, ValueError, RuntimeError) as error:
            cause = getattr(error, "strerror", None) or "not a usable name"
            self._say(f"{quoted(str(path))} cannot be written: {cause.lower()}")
        else:
            self.path = path

    def _move(self, after: Conversation) -> None:
        self.talk = after
        self._keep_answers()

    def _note(self, question: Question, code: int | None, note: str) -> None:
        self._show(prompts.noted_blocks(question, code, note, plain=self.asker.plain))

    def _mistake(self, says: str) -> None:
        """Tell what is wrong with a line; what came ahead behind it is no answer any more."""
        self._say(f"{says}. The lines behind it were not used." if self.asker.drop() else says)

    def _ask(self, words: Sequence[str] = ()) -> str:
        return self.asker.ask(PLAIN_PROMPT if self.asker.plain else PROMPT, words)

    def _say(self, text: str) -> None:
        self._show([say(text)])

    def _show(self, blocks: Iterable[Block]) -> None:
        self.asker.show(Report(tuple(blocks)))
