"""The body of a form ↔ where a conversation stands.

All of it is in the form: each answer under the id of its question, in the order in which they were
asked, and those that were set aside after them, marked as such. So the page before, a second tab
and a form that is sent twice all go on from what they show.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from advisor.answers import AnswerError, encode, quoted, read_answers
from advisor.command_line import answer_text
from advisor.interview.conversation import Code, Conversation, resume
from advisor.interview.next_question import PLAN, TROUBLESHOOT
from advisor.rulebase.shapes import Question, RuleBase, SomeOf
from advisor.web.labels import LABELS

MOST_FIELDS = 1000
ASIDE = "aside."  # before the id of a question whose answer was set aside
OWN = "_"  # begins the fields of the form itself; ids begin with a letter
Field = tuple[str, str]


@dataclass(frozen=True)
class Form:
    """What was sent: answers by position, in order those that were asked, and what to do with it.

    `question` is the one that was shown, and `typed` what was put in there. `go` is the button: a
    word, perhaps with the id of a question.
    """

    said: Mapping[int, Code]
    asked: tuple[int, ...] = ()
    door: str = PLAN
    enough: bool = False
    exercise: str = ""
    question: int | None = None
    typed: tuple[str, ...] = ()
    go: tuple[str, ...] = ()

    def does(self, word: str) -> bool:
        """Whether this button was pressed."""
        return self.go[:1] == (word,)

    @property
    def before(self) -> int | None:
        """The question that was asked before the one shown, or last; None if there was none."""
        end = self.asked.index(self.question) if self.question in self.asked else len(self.asked)
        return self.asked[end - 1] if end else None


def read_form(body: bytes, rules: RuleBase) -> Form:
    """Read a form. Raises AnswerError with everything in it that no page of ours would send."""
    given, own = _fields(body)
    names = [rules.id_of(name.removeprefix(ASIDE)) for name, _ in given]
    last = {name.removeprefix(OWN): value for name, value in own}
    go = tuple(last.get("go", "").split())
    problems = [
        f"{quoted(name)}: answered twice: give one answer"
        for name, times in Counter(names).items()
        if times > 1
    ]
    try:
        facts = read_answers(
            {name: each for name, (_, each) in zip(names, given, strict=True)}, rules
        )
    except AnswerError as error:
        problems += error.problems
    places = rules.question_position
    shown = [*go[1:2], *([last["question"]] if "question" in last else [])]
    problems += [f"unknown question {quoted(name)}" for name in shown if name not in places]
    if (exercise := last.get("exercise", "")) and exercise not in rules.position:
        problems.append(f"unknown exercise {quoted(exercise)}")
    if problems:
        raise AnswerError(problems)
    return Form(
        said={places[name]: facts.values[places[name]] for name in names},
        asked=tuple(places[n] for n, (name, _) in zip(names, given, strict=True) if n == name),
        door=TROUBLESHOOT if last.get("door") == TROUBLESHOOT else PLAN,
        enough="enough" in last or go == ("enough",),
        exercise=exercise,
        question=places[last["question"]] if "question" in last else None,
        typed=tuple(value for name, value in own if name == f"{OWN}value" and value.strip()),
        go=go,
    )


def _fields(body: bytes) -> tuple[list[Field], list[Field]]:
    """The answers, and the fields of the form itself. Raises AnswerError."""
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError:
        raise AnswerError(["not a form of this page"]) from None
    own = [pair for pair in pairs if pair[0].startswith(OWN)]
    return [pair for pair in pairs if pair not in own], own


def read_value(question: Question, typed: tuple[str, ...], rules: RuleBase) -> Code:
    """The answer that was put in at a question. Raises AnswerError with one line for a person."""
    if not typed:
        words = LABELS["no_number"] if question.is_number else LABELS["nothing"]
        raise AnswerError([words.format(expected=question.type.expected(question))])
    if len(typed) > 1 and not isinstance(question.type, SomeOf):
        raise AnswerError([LABELS["either"]])
    try:
        code = encode(question, typed[0] if len(typed) == 1 else [*typed], rules)
    except AnswerError as error:
        start = f"`{question.id}`: "
        raise AnswerError(each.removeprefix(start) for each in error.problems) from None
    return question.if_unsure if code is None else code


def conversation(form: Form, rules: RuleBase) -> Conversation:
    """Where the conversation of a form stands, once what was put in is among the answers."""
    return resume(rules, form.said, form.asked, door=form.door, enough=form.enough)


def answered(form: Form, rules: RuleBase) -> Form:
    """The form with what was put in at its question among the answers. Raises AnswerError.

    With another answer than before, all that was asked after it is looked at again.
    """
    if form.question is None or (form.does("enough") and not form.typed):
        return form
    place, code = form.question, read_value(rules.questions[form.question], form.typed, rules)
    if place not in form.asked:
        asked = (*form.asked, place)
    else:
        asked = form.asked if form.said[place] == code else ()
    return replace(form, said={**form.said, place: code}, asked=asked)


def hidden(form: Form, rules: RuleBase) -> Iterator[Field]:
    """The fields that hold where a conversation stands."""
    yield f"{OWN}door", form.door
    if form.enough:
        yield f"{OWN}enough", "yes"
    if form.exercise:
        yield f"{OWN}exercise", form.exercise
    aside = [place for place in form.said if place not in form.asked]
    for place in (*form.asked, *aside):
        question = rules.questions[place]
        name = question.id if place in form.asked else f"{ASIDE}{question.id}"
        yield name, answer_text(question, form.said[place])
