"""What a journal holds → blocks: what was felt and lifted as small charts, sessions as a table.

And what came of it → the lines that stand before the session of today.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from advisor.report.blocks import Block, Chart, Divider, Grid, Item, Part, Row, Title, say, section
from advisor.report.formatting import Document, answer_words, count, name, sentence
from advisor.rulebase.shapes import RuleBase

BARS = "▁▂▃▄▅▆▇█"
MISSING = "·"
MOST = 40  # sessions in a chart: more are wider than a window
LINES = 14  # of a page that are about today
FEW = 3  # exercises of today, each of which has a line of its own
MOMENTS = {"before": "Before", "during": "During", "next_morning": "Next morning"}
Weigh = Callable[[float], str]


def progress_blocks(
    document: Document, rules: RuleBase, weigh: Weigh, *, drawn: bool
) -> list[Block]:
    """The report of `progress`: charts where they can be `drawn`, else tables."""
    if not document["sessions"]:
        return [Title("Nothing is logged yet.")]
    return [
        *_felt(document["check_ins"][-MOST:], rules, drawn=drawn),
        *_lifted(document["exercises"], rules, weigh, drawn=drawn),
        *_quiet(document["quiet_in_a_row"], rules),
        *(say(_rung_words(each, rules)) for each in document["rungs"]),
        *([say(trial_words(trial, rules))] if (trial := document["trial"]) else ()),
        *_due(document["due"]),
    ]


def _felt(entries: Sequence[Document], rules: RuleBase, *, drawn: bool) -> tuple[Block, ...]:
    """The check-ins, of which the rule base says what they ask."""
    if rules.journal is None or not entries:
        return ()
    question = rules.question[rules.journal.check_in]
    if drawn:
        # One step of the chart for each of the low numbers, which matter most.
        felt = [each[moment] or 0 for each in entries for moment in MOMENTS]
        ends = (question.minimum, max(question.minimum + len(BARS) - 1, *felt))
        rows = tuple(_drawn_row(moment, entries, ends) for moment in MOMENTS)
        grid = Grid(("Moment", "From first to last", "Last"), rows, bare=True)
    else:
        grid = Grid(("Date", *MOMENTS.values()), tuple(map(_felt_row, entries)))
    when = _change([entries[0]["date"], entries[-1]["date"]])
    return section(f"How it felt, {when}", say(question.ask), grid)


def _change(ends: Iterable[str]) -> str:
    return " to ".join(dict.fromkeys(ends))


def _felt_words(felt: Mapping[str, object]) -> str:
    said = [f"{label.lower()} {felt[key]}" for key, label in MOMENTS.items() if key in felt]
    return ", ".join(said).capitalize()


def _felt_row(entry: Document) -> Row:
    felt = {key: entry[key] for key in MOMENTS if entry[key] is not None}
    spelled = f"{_felt_words(dict.fromkeys(MOMENTS, 'not said') | felt)}."
    return Row((entry["date"], *(str(felt.get(key, "-")) for key in MOMENTS)), spelled, spelled)


def _drawn_row(moment: str, entries: Sequence[Document], ends: tuple[int, int]) -> Row:
    values = [each[moment] for each in entries]
    said = [each for each in values if each is not None]
    chart, last = bars(values, ends), f"last {said[-1]}" if said else "not said"
    cells = (MOMENTS[moment], chart, last)
    return Row(cells, f"{chart} {last}", f"{last}.", chart=Chart(tuple(values), ends))


def _lifted(
    exercises: dict[str, list[Document]], rules: RuleBase, weigh: Weigh, *, drawn: bool
) -> tuple[Block, ...]:
    """The heaviest set of each exercise, session by session; of one without a weight, the reps."""
    rows = []
    for exercise, entries in exercises.items():
        key = "kg" if any(each["kg"] for each in entries) else "reps"
        values = [each[key] for each in entries][-MOST:]
        known = [each for each in values if each is not None]
        if known:
            ends = known[0], known[-1]
            change = _change(weigh(each) if key == "kg" else f"{each} reps" for each in ends)
            often = count(len(entries), "session")
            chart = bars(values, (min(known), max(known))) if drawn else often
            spelled = f"{change}, {often}."
            cells, bounds = (name(exercise, rules), chart, change), (min(known), max(known))
            shown = Chart(tuple(values), bounds) if drawn else None
            rows.append(Row(cells, f"{chart} {change}", spelled, chart=shown))
    columns = ("Exercise", "From first to last" if drawn else "Sessions", "Weight or reps")
    return section("Weights", Grid(columns, tuple(rows))) if rows else ()


def _quiet(number: int, rules: RuleBase) -> Iterator[Block]:
    if rules.journal is not None:
        meaning = f"At most {rules.journal.quiet} before, during and the next morning."
        yield say(meaning, lead=f"Quiet sessions in a row: {number}.")


def _rung_words(each: Document, rules: RuleBase) -> str:
    ladder = next(one for one in rules.ladders if one.id == each["ladder"])
    where = f"Rung {each['rung']} of {each['of']} of {ladder.name}"
    return f"{where}: {name(each['exercise'], rules)}, on {each['date']}."


def _due(due: Document) -> Iterator[Block]:
    if due["unrecorded_morning"]:
        yield say(f"To record: the morning after {due['unrecorded_morning']}.")
    if due["next_session"]:
        which = f" is day {due['next_day']}" if due["next_day"] else ""
        yield say(f"The next session{which}, from {day_words(due['next_session'])} on.")


def bars(values: Sequence[float | None], ends: tuple[float, float]) -> str:
    """A small chart of numbers, from the lowest end to the highest."""
    low, high = ends
    steps = (len(BARS) - 1) / (high - low) if high > low else 0
    return "".join(
        MISSING if each is None else BARS[round((min(max(each, low), high) - low) * steps)]
        for each in values
    )


def sessions_blocks(sessions: Sequence[Document], rules: RuleBase) -> tuple[Block, ...]:
    """Sessions as a table: the day and how it felt, and below it what was done."""
    if not sessions:
        return (Title("Nothing is logged yet."),)
    rows = tuple(_session_row(each, rules) for each in sessions)
    return section("Sessions", Grid(("Session", "How it felt"), rows, bare=True))


def _session_row(session: Document, rules: RuleBase) -> Row:
    day = f", day {session['day']}" if session["day"] else ""
    source = f", from {session['source']}" if session["source"] else ""
    when = f"{session['date'].replace('T', ' ')}{day}{source}"
    says = _felt_words(session["check_ins"]) or "Not said"
    done = [Item(sets, lead=name(each, rules)) for each, sets in session["exercises"].items()]
    note = [Item(session["note"], lead="Note")] if session["note"] else []
    return Row((when, says), f"{says}.", f"{says}.", (*done, *note))


def answers_blocks(answers: Sequence[Document], rules: RuleBase) -> tuple[Block, ...]:
    """The kept answers, each with the day since when it holds."""
    rows = []
    for each in answers:
        question, since = rules.question.get(each["fact"]), each["since"][:10]
        said = answer_words(question, each["value"]) if question else str(each["value"])
        asked = question.ask if question else each["fact"]
        spelled = f"{said}, since {since}."
        rows.append(Row((asked, since), spelled, spelled, (Item(said),)))
    return section("Answers", Grid(("Question", "Since"), tuple(rows))) if rows else ()


def with_today(blocks: list[Block], document: Document, rules: RuleBase) -> list[Block]:
    """A page with what is to be said of today, before its session."""
    part = today_part(document, rules)
    at = next((n for n, each in enumerate(blocks) if isinstance(each, Divider)), len(blocks))
    return [*blocks[:at], part, *blocks[at:]] if part.items else blocks


def today_part(document: Document, rules: RuleBase) -> Part:
    """What is to be said of today."""
    return Part("TODAY", tuple(_today(document, rules)), most=LINES)


def _today(document: Document, rules: RuleBase) -> Iterator[Item]:
    if document["wait_until"]:
        yield Item(f"Wait until {day_words(document['wait_until'])}: your back is still resting.")
    if document["unrecorded_morning"]:
        day = day_words(document["unrecorded_morning"])
        yield Item(f"The morning after {day} was not recorded; staying where you are.")
    for each in document["differing"]:
        say = f"You said {each['answered']}, and your journal says {each['observed']}"
        yield Item(f"{say}. We go by {each['counts']}.", lead=rules.question[each["fact"]].ask)
    if trial := document["running_trial"]:
        yield Item(trial_words(trial, rules))
    if document["session"]:
        if document["lighter"]:
            yield Item("A lighter session: fewer sets, the same moves.")
        yield from _moves(document["since"], rules)


def _moves(since: Sequence[Document], rules: RuleBase) -> Iterator[Item]:
    """What moved since last time, in one line where much of it moved for one reason."""
    for why in dict.fromkeys(each["why"] for each in since):
        alike = [each for each in since if each["why"] == why]
        if len(alike) > FEW:
            yield Item(sentence(f"{len(alike)} exercises: {why.rstrip('.')}"))
        else:
            yield from (Item(_moved(each, name(each["exercise"], rules))) for each in alike)


def _moved(each: Document, exercise: str) -> str:
    was = each["was"] if each["was"] == exercise else f"{exercise}, {each['was']}"
    return sentence(f"{was} → {each['now']}: {each['why'].rstrip('.')}")


def trial_words(trial: Document, rules: RuleBase) -> str:
    """How a trial stands."""
    what = f"without {name(trial['exercise'], rules)}" if trial["exercise"] else trial["suspect"]
    if trial["due"]:
        return f"Your trial, {what}, is over: say with --trial helped or did_not_help how it went."
    review = day_words(trial["review_on"])
    return f"Day {trial['day']} of your trial, {what}. We look at it on {review}."


def result_words(result: str, suspect: str, following: str) -> str:
    """What the result of a trial means, in words."""
    if result == "helped":
        return f"It got better without it, so this is likely the cause: {suspect}."
    then = f" Next to try: {following}." if following else ""
    return f"It made no difference, so this is likely not the cause: {suspect}.{then}"


def day_words(said: str) -> str:
    """A day, with the time where it is told, such as Thursday, November 5, 18:00."""
    time = datetime.fromisoformat(said)
    clock = f", {time:%H:%M}" if "T" in said else ""
    return f"{time:%A, %B} {time.day}{clock}"
