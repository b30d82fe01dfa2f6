"""Every kind of problem that a rule base can have, each explained in one sentence."""

from __future__ import annotations

# From the folder to the text of a file.
_FILES = {
    "not-a-folder": "The rule base must be a folder that can be opened.",
    "no-rule-files": "The folder holds no file that ends in .yaml, so there is nothing to go by.",
    "not-a-file": "Something is named like a rule file but is a folder, a pipe or a broken link.",
    "wrong-suffix": "Only files that end in .yaml are read, so this one is forgotten.",
    "linked-folder": "Folders behind a link are not read, so the rules in there are forgotten.",
    "unreadable": "The operating system does not let us read this file or folder.",
    "file-too-large": "A rule file may hold one mebibyte at most; split it by theme.",
    "not-utf-8": "Rule files are UTF-8 text.",
    "bad-character": "Control characters have no business in a rule file, not even escaped ones.",
}

# YAML, as far as it is allowed here.
_YAML = {
    "bad-yaml": "The file is not well-formed YAML.",
    "yaml-directive": "Lines like %YAML change how a file is read and are not allowed.",
    "yaml-tag": "Tags such as !!str are not allowed: a value means what it looks like.",
    "yaml-anchor": "Anchors and aliases are not allowed: each rule can be read on its own.",
    "second-document": "A file holds one YAML document only.",
    "too-deep": "Nothing in a rule file needs to be nested that deep.",
    "duplicate-key": "The same key stands twice in one mapping, and only one could count.",
    "key-not-text": "Keys are words; numbers, true, null, lists and mappings are not.",
    "bad-number": "The number is infinite, not a number, or too large to be meant.",
    "empty-file": "A rule file holds at least one section.",
}

# The shape of an entry.
_KEYS = {
    "unknown-section": "The top-level key is none of the sections of a rule base.",
    "unknown-key": "The key has no meaning here, so what it says would be lost.",
    "missing-key": "A key that must be there is not.",
    "missing-because": "Every rule and slot says why, in its own words.",
    "missing-sources": "Every rule, slot and exercise names at least one source.",
    "wrong-type": "The value is of another kind than the key takes.",
    "empty-text": "A text must not be empty.",
    "empty-list": "A list must not be empty here.",
    "unknown-word": "The key takes one of a few fixed words, and this is none of them.",
    "bad-value": "The value does not fit the key.",
    "bad-id": "Ids are snake_case; those of rules and sources are kebab-case.",
    "out-of-bounds": "The number lies outside of what is possible here.",
    "duplicate-id": "The same thing is defined twice, and only one could count.",
    "reserved-word": "The id is a word of the rule language and cannot name anything else.",
    "name-clash": "A fact and a finding share a name, so a condition could mean either.",
}

# One thing naming another.
_NAMES = {
    "unknown-fact": "A condition or example names a fact or finding that does not exist.",
    "unknown-choice": "The question has no such choice.",
    "unknown-exercise": "There is no such exercise.",
    "unknown-attribute": "No such attribute of exercises is declared.",
    "unknown-value": "The attribute has no such value.",
    "unknown-slot": "There is no such slot.",
    "unknown-source": "There is no such source.",
    "unknown-pattern": "The attribute `pattern` has no such value.",
    "unknown-guidance": "There is no such item of guidance.",
    "unknown-level": "There is no such level.",
    "unknown-placeholder": "Braces in a text are filled in, and there is nothing to fill in here.",
    "this-outside-for-each": "The word `this` stands for nothing unless the rule has `for_each`.",
    "this-not-used": "A rule with `for_each` that never says `this` is the same rule many times.",
    "unknown-topic": "No topic that rules can be about is declared by this name.",
    "circular-findings": "Findings that build on each other in a circle have no meaning.",
}

# Conditions, effects and examples.
_RULES = {
    "bad-condition": "A condition is `always`, or a mapping of facts, findings, all, any and not.",
    "empty-condition": "A condition without parts would always hold; write `always` if meant.",
    "wrong-test": "The test does not fit the type of the question.",
    "too-wide": "The condition leans on too many facts to be checked; split it in two rules.",
    "inexact-condition": "The condition stays unknown although every answer leads to the same.",
    "bad-selector": "A selector is an id, a list, a mapping of attributes, or `everything`.",
    "selector-matches-nothing": "No exercise fits the selector, so the effect has no effect.",
    "no-effect": "A rule does something: it has at least one effect.",
    "bad-cap": "A number of a dose is capped with `at most` or `at least` and a whole number.",
    "no-kinship": "The word `kin_of` means nothing until the rule base says what relatives are.",
    "level-missing": "A rule about a topic takes something away, so it carries the topic's level.",
    "wrong-direction": "A cap may only make the dose more careful, never less.",
    "needless-action": "What to do is said from level professional up, and only there.",
    "missing-action": "From level professional up, a level says what to do.",
    "bad-advice": "A cue names its exercises; other advice is for everyone and names none.",
    "missing-example": "Every rule with a condition shows answers that fire it and that do not.",
    "needless-example": "A rule that always holds has no answers that fire it or do not.",
    "example-does-not-fire": "The condition is not true for the answers that should fire it.",
    "example-not-silent": "The condition is not false for the answers that should not fire it.",
}

# Questions, the catalogue, the session and the guidance as a whole.
_WHOLE = {
    "missing-section": "A rule base has a name, all six levels, a question and a slot at least.",
    "missing-level": "Each of the six levels needs its words.",
    "bad-question": "The question has a key its type does not take, or lacks one it needs.",
    "bad-clear": "The all-clear answer is not an answer to this question.",
    "bad-concern": "The order of concern does not fit the type of the question.",
    "missing-attribute": "An exercise must state this attribute, or rules could overlook it.",
    "bad-attribute": "The attribute takes one value only, or a list was left empty.",
    "no-pattern": "The attribute `pattern` must be declared: it decides what may stand in.",
    "missing-cues": "Each exercise says how it is done.",
    "duplicate-name": "Two exercises answer to the same name.",
    "dose-clash": "Slots that share a pattern must agree on the dose.",
    "bad-schedule": "The schedule is not possible, or leans on a question that is no number.",
    "bad-invariant": "An invariant says of whom it speaks and claims one of the things it can.",
    "missing-note": "An item of guidance that is not simply encoded says why.",
    "needless-conflicts": "Only a resolved item lists the items that it clashes with.",
    "guidance-not-encoded": "The item is said to be encoded, but no rule or exercise names it.",
    "guidance-encoded-anyway": "The item is said to be rejected or a gap, but something names it.",
}

# What `legday rules check` finds in a rule base that can be used as it is.
_LINTS = {
    "always-true": "A part of the condition holds for everyone, so it says nothing.",
    "never-true": "A part of the condition holds for nobody, so it says nothing.",
    "needless-part": "The condition means the same without one of its parts.",
    "useless-rule": "Another rule holds whenever this one does, and does as much or more.",
    "unused-finding": "No rule, finding or invariant names the finding.",
    "unread-question": "No rule reads the answer, so nobody needs to be asked.",
    "choice-not-told-apart": "No rule tells the choice from another one, or from none.",
    "no-stand-in": "The rule leaves a movement pattern without a single exercise to do instead.",
    "value-never-used": "No exercise has this value of the attribute.",
    "source-not-cited": "Nothing in the rule base rests on the source.",
    "line-too-wide": "A line of a rule file is 120 characters wide at most.",
    "unusual-form": "The file is written in a way that `rules fmt` does not dare to touch.",
    "to-do": "The text still says TODO: somebody meant to come back to it.",
    "unknown-code": "The key `accepts` names something that is no code of a lint.",
    "needless-acceptance": "The key `accepts` excuses something that is not the case.",
}

# The same, where a second look is worth it, but nothing need be wrong.
_WARNINGS = {
    "value-used-once": "One exercise has this value and no rule asks for it: it may be a slip.",
    "reason-without-ground": "The reason speaks of studies, but none stands behind the rule.",
    "weaker-source": "The first source carries the sentence, and one behind it is weaker in kind.",
    "review-due": "Nobody has looked at the source for a long time.",
    "hard-to-read": "A tired person should be able to read every question with ease.",
}

# The same, where nothing is wrong at all.
_NOTES = {
    "reasoning-only": "The rule rests on the authors' own reasoning alone, and says so.",
}

CODES: dict[str, str] = {
    **_FILES,
    **_YAML,
    **_KEYS,
    **_NAMES,
    **_RULES,
    **_WHOLE,
    **_LINTS,
    **_WARNINGS,
    **_NOTES,
}
# What an entry may accept with a reason: the lints, but not those about `accepts` itself.
ACCEPTABLE = frozenset(
    {*_LINTS, *_WARNINGS, *_NOTES}
    - {"unknown-code", "needless-acceptance", "line-too-wide", "unusual-form"}
)

ERROR, WARNING, NOTE = "error", "warning", "note"


def severity(code: str) -> str:
    """How much a problem weighs: `error`, `warning` or `note`."""
    return WARNING if code in _WARNINGS else NOTE if code in _NOTES else ERROR
