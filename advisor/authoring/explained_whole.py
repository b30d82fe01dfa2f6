"""Examples and remedies for the codes of a rule base as a whole, and for the lints."""

from __future__ import annotations

# Code → what it looks like, and how to mend it.
WHOLE: dict[str, tuple[str, str]] = {
    "missing-section": ("a rule base without `slots:`", "Add the section to any file."),
    "missing-level": ("levels: {go: …, urgent: …}", "Give each of the six levels its words."),
    "bad-question": (
        "type: integer, without `maximum`",
        "Add what the type needs; see the reference.",
    ),
    "bad-clear": ("type: set\nclear: nothing", "Write an answer: `none` for a set."),
    "bad-invariant": (
        "then: {session: at least three}",
        "Write `none`, `at least 3 exercises` or `no exercise twice`; see the reference.",
    ),
    "bad-concern": ("type: set\nconcern: rising", "Write `more` or `fewer` for a set."),
    "missing-attribute": (
        "attributes: {pattern: press}, with `overhead` declared",
        "State every attribute; one with `many: yes` may be an empty list.",
    ),
    "bad-attribute": ("pattern: [press, raise]", "Choose one value, or declare `many: yes`."),
    "no-pattern": ("attributes: {overhead: …}", "Declare `pattern` with one value an exercise."),
    "missing-cues": ("cues: {}", "Write one cue at least, such as `movement: [Push up slowly.]`."),
    "duplicate-name": ("name: Push-up, in two exercises", "Rename one, or drop the alias."),
    "dose-clash": (
        "two slots with the pattern `press` and different doses",
        "Give both slots the same dose.",
    ),
    "bad-schedule": ("sessions_per_week: [3, 2]", "Write the fewest first: `[2, 3]`."),
    "missing-note": ("status: rejected, without `note`", "Say why in `note:`."),
    "needless-conflicts": ("status: gap\nconflicts: [0-02]", "Remove `conflicts`."),
    "guidance-not-encoded": (
        "status: encoded, and no rule says `encodes: [0-01]`",
        "Add the item to the rule that takes it up, or change its status.",
    ),
    "guidance-encoded-anyway": (
        "status: rejected, and a rule says `encodes: [0-01]`",
        "Remove it from the rule, or change its status.",
    ),
}

LINTS: dict[str, tuple[str, str]] = {
    "always-true": (
        "any: [{sore: no}, {sore: yes}], inside a larger condition",
        "Remove the part, or test what was meant.",
    ),
    "never-true": (
        "all: [{shoulder_pain: at least 7}, {shoulder_pain: at most 2}]",
        "Remove the part, or mend its bounds.",
    ),
    "needless-part": (
        "all: [{shoulder_pain: at least 7}, {shoulder_pain: at least 3}]",
        "Remove the part that the message names.",
    ),
    "useless-rule": (
        "a: {when: {pain: at least 7}, avoid: everything}\nb: {when: {pain: 9}, avoid: push_up}",
        "Remove the narrower rule; or accept it, if its reason is worth saying.",
    ),
    "unused-finding": ("findings: {is_tired: …}, named nowhere", "Remove it, or use it in a rule."),
    "unread-question": (
        "questions: {left_handed: …}, read by no rule",
        "Remove it, or write the rule that needs it.",
    ),
    "choice-not-told-apart": (
        "choices: {days: …, weeks: …, months: …}, and only `months` is ever tested",
        "Write a rule for `weeks`, or make one choice of the two.",
    ),
    "no-stand-in": (
        "avoid: {pattern: press}",
        "Leave an exercise of the pattern in, or add a gentle one to the catalogue.",
    ),
    "value-never-used": (
        "values: [low, high, higher], and nothing is `higher`",
        "Remove the value.",
    ),
    "value-used-once": (
        "overhead: levle, declared by mistake and used by one exercise",
        "Mend the word; or accept it, if there really is only one.",
    ),
    "source-not-cited": (
        "sources: {old-book: …}, named nowhere",
        "Remove it, or name it in a rule.",
    ),
    "reason-without-ground": (
        "because: Studies show that it helps.\nsources: [own-reasoning]",
        "Name the study, or say less.",
    ),
    "weaker-source": (
        "sources: [guideline-2020, own-reasoning]",
        "Put first what the whole sentence stands on, or say less; or accept it, with a reason.",
    ),
    "reasoning-only": ("sources: [own-reasoning]", "Nothing to mend: it is good to know."),
    "review-due": ("reviewed: 2019-01-01", "Look at the source again and set `reviewed`."),
    "hard-to-read": (
        "ask: Have you experienced persistent musculoskeletal discomfort?",
        "Use short words and short sentences: `Has it hurt for long?` is enough.",
    ),
    "line-too-wide": (
        "a quoted text of 150 characters",
        "Break the line; `rules fmt` does it wherever it can.",
    ),
    "unusual-form": (
        "rules: {strong-pain: {when: …, level: …}}",
        "Write each entry on a line of its own, with its keys below it.",
    ),
    "to-do": ('because: "TODO: say why."', "Write the text."),
    "unknown-code": ("accepts: {useles-rule: …}", "Use the code that `rules check` names."),
    "needless-acceptance": (
        "accepts: {useless-rule: …}, and the rule is not useless any more",
        "Remove the line.",
    ),
}
