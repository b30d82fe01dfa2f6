"""Every kind of problem that a rule base can have: a sentence, an example, and how to mend it."""

from __future__ import annotations

Json = dict[str, object]

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
    "bad-days": "A day has a name of its own, and a slot stands once on it.",
    "slot-on-no-day": "Each slot stands on some day, or nothing would ever fill it.",
    "bad-ladder": "An exercise stands on one rung; each rung but the first says when it opens.",
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
    "missing-short": "A page prints the reason of the rule, and has one line for it.",
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


# Code → what it looks like, and how to mend it.
_FILES_MENDED: dict[str, tuple[str, str]] = {
    "not-a-folder": (
        "legday rules check --rules notes.txt",
        "Give the folder that the rules are in.",
    ),
    "no-rule-files": ("a folder with only README.md in it", "Add a file that ends in .yaml."),
    "not-a-file": ("a folder that is named pain.yaml", "Rename it, or mend the link."),
    "wrong-suffix": ("pain.yml", "Rename it to pain.yaml."),
    "linked-folder": ("themes -> ../elsewhere", "Put the folder itself there, not a link to it."),
    "unreadable": ("a file that belongs to another user", "Give yourself the right to read it."),
    "file-too-large": ("one file with every rule in it", "Make a file for each theme."),
    "not-utf-8": ("a file saved as Latin-1", "Save it as UTF-8; every editor can."),
    "bad-character": ('because: "A bell \\u0007 rings."', "Delete the character, or the escape."),
    "bad-yaml": (
        "because: Note: this breaks",
        "Put text with a colon in quotes, or write it below `>-`; check brackets and indents.",
    ),
    "yaml-directive": ("%YAML 1.1", "Delete the line."),
    "yaml-tag": ("weight: !!int 3", "Delete the tag: `weight: 3`."),
    "yaml-anchor": ("when: &sore {shoulder_pain: at least 3}", "Say it again, or name a finding."),
    "second-document": ("---", "Delete the line, or make a second file."),
    "too-deep": ("all: [any: [all: [any: …]]]", "Give the inner parts a name, as findings."),
    "duplicate-key": (
        "fires: {gear: none}\nfires: {gear: [bands]}",
        "Keep one of them; the hint says where the first one is.",
    ),
    "key-not-text": ("3: Three sets", 'Put the key in quotes: `"3": Three sets`.'),
    "bad-number": ("maximum: .inf", "Write a number of at most 18 digits."),
    "empty-file": ("a file with comments only", "Fill it, or remove it."),
    "unknown-section": ("ruels:", "Use a section that the hint or the reference names."),
    "unknown-key": (
        "teme: Today",
        "Use a key that the hint or the reference names: `theme: Today`.",
    ),
    "missing-key": ("a question without `ask`", "Add the key; the reference says what it takes."),
    "missing-because": (
        "strong-pain:\n  when: {shoulder_pain: at least 7}\n  level: professional",
        "Add `because:` with one or two short sentences.",
    ),
    "missing-sources": (
        "sources: []",
        "Name a source, or one of kind `reasoning` if it is your own careful thought.",
    ),
    "wrong-type": ("version: 1.0", 'Write the kind of value the key takes: `version: "1.0"`.'),
    "empty-text": ("because: ''", "Write the text, or leave the key out."),
    "empty-list": ("patterns: []", "Name one at least, or leave the key out."),
    "unknown-word": ("kind: rumor", "Use one of the words that the hint or the reference names."),
    "bad-value": (
        "reviewed: 2026-13-21",
        "Write it as the reference says: `reviewed: 2026-03-21`.",
    ),
    "bad-id": ("Strong_Pain:", "Write `strong-pain` for a rule, `strong_pain` for a finding."),
    "out-of-bounds": ("shoulder_pain: at least 11", "Stay within what can be answered: 0 to 10."),
    "duplicate-id": (
        "strong-pain: … in two files",
        "Rename or remove one; the hint says where the first one is.",
    ),
    "reserved-word": ("findings: {any: …}", "Give it a name that is no word of the language."),
    "name-clash": ("a question `sore` and a finding `sore`", "Rename the finding: `is_sore`."),
}

_RULES_MENDED: dict[str, tuple[str, str]] = {
    "unknown-fact": ("when: {sholder_pain: 3}", "Name a question or a finding: `shoulder_pain`."),
    "unknown-choice": ("when: {gear: dumbels}", "Use a choice of the question, as it is listed."),
    "unknown-exercise": ("avoid: pushup", "Use an id of the catalogue: `push_up`."),
    "unknown-attribute": (
        "avoid: {overhed: high}",
        "Use an attribute that is declared: `overhead`.",
    ),
    "unknown-value": ("avoid: {overhead: higher}", "Use one of the declared values: `high`."),
    "unknown-slot": ("prefer: {slots: [mian], weight: 1}", "Use the id of a slot: `main`."),
    "unknown-source": ("sources: [plain-sens]", "Use the id of a source, or add the source."),
    "unknown-pattern": ("patterns: [pres]", "Use a value of the attribute `pattern`."),
    "unknown-guidance": ("encodes: [0-99]", "Use the id of an item of guidance, or add the item."),
    "unknown-level": (
        "level: carefull",
        "Use one of go, modified, entry, professional, urgent, emergency.",
    ),
    "unknown-placeholder": (
        "because: You have no {gear}.",
        "Write `{this}` in a rule with `for_each`, or leave the braces out.",
    ),
    "this-outside-for-each": (
        "when: {gear: this}",
        "Add `for_each: gear`, or name the value that is meant.",
    ),
    "this-not-used": (
        "for_each: gear\nwhen: {shoulder_pain: 3}",
        "Say `this` in the condition or the effect, or remove `for_each`.",
    ),
    "unknown-topic": ("about: shoudler", "Use a topic that is declared, or declare it."),
    "no-kinship": (
        "avoid: {kin_of: this}, without a section `kinship`",
        "Add `kinship: {same: pattern, at_least: [overhead]}`.",
    ),
    "level-missing": (
        "about: shoulder\navoid: {overhead: high}",
        "Add `level: modified`: whoever is denied something is told that it is not the usual plan.",
    ),
    "circular-findings": (
        "a: {when: {b: yes}}\nb: {when: {a: yes}}",
        "Build one of them on facts alone.",
    ),
    "bad-condition": ("when: sore", "Write `always`, or a mapping: `{is_sore: yes}`."),
    "empty-condition": ("when: {}", "Write `always` if everyone is meant."),
    "wrong-test": (
        "when: {shoulder_pain: yes}",
        "Test what the question can be answered with: `{shoulder_pain: at least 1}`.",
    ),
    "too-wide": (
        "one condition over fifteen questions",
        "Write two rules, each with some of the questions.",
    ),
    "inexact-condition": (
        "any: [{shoulder_pain: at least 3}, {shoulder_pain: at most 2}]",
        "Test each fact once. Here both answers agree, so the fact does not matter: leave it out.",
    ),
    "bad-selector": ("avoid: 3", "Write an id, a list, `{attribute: value}` or `everything`."),
    "selector-matches-nothing": (
        "avoid: {overhead: high, pattern: rotation}",
        "Widen the selector, or remove the effect: nothing in the catalogue fits.",
    ),
    "no-effect": (
        "a rule with `when` and `because` only",
        "Add `avoid`, `level` or another effect.",
    ),
    "bad-cap": ("dose: {sets: 2}", "Say which way: `dose: {sets: at most 2}`."),
    "wrong-direction": (
        "dose: {sets: at least 5}",
        "A dose is made more careful only: `at most` for sets, `at least` for rest.",
    ),
    "needless-action": ("level: modified\naction: Rest.", "Remove `action`, or raise the level."),
    "missing-action": ("urgent: {says: See a doctor.}", "Add `action:`, what to do and how fast."),
    "bad-advice": (
        "advise: {as: cue, say: Breathe.}",
        "Add `exercises:` to a cue; leave them out of all other advice.",
    ),
    "missing-example": (
        "a rule with `when: {shoulder_pain: at least 7}` alone",
        "Add `fires: {shoulder_pain: 7}` and `silent: {shoulder_pain: 6}`.",
    ),
    "needless-example": ("when: always\nfires: {shoulder_pain: 7}", "Remove the example."),
    "example-does-not-fire": (
        "when: {shoulder_pain: at least 7}\nfires: {shoulder_pain: 6}",
        "Mend the example if the rule is right, or the rule if the example is.",
    ),
    "example-not-silent": (
        "when: {any: [{slipped: yes}, {sore: yes}]}\nsilent: {slipped: no}",
        "Answer enough for the condition to be false: `silent: {slipped: no, sore: no}`.",
    ),
}

_WHOLE_MENDED: dict[str, tuple[str, str]] = {
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
    "bad-ladder": (
        "ladders: {press: {rungs: [{exercises: [push_up], …}, {exercises: [push_up], …}]}}",
        "Name each exercise once, and write `opens:` on each rung but the first.",
    ),
    "dose-clash": (
        "two slots with the pattern `press` and different doses",
        "Give both slots the same dose.",
    ),
    "bad-days": (
        "days: {in_order: [{day: A, slots: [main, main], …}]}",
        "Name each slot once a day, and give each day another name.",
    ),
    "slot-on-no-day": (
        "a slot `cuff`, and no day whose `slots` name it",
        "Put it on a day, or remove it.",
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

_LINTS_MENDED: dict[str, tuple[str, str]] = {
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
    "missing-short": (
        "avoid: {overhead: high}\nbecause: …, without `short`",
        "Add `short:`, the reason as one sentence of at most 70 letters.",
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

EXPLAINED: dict[str, tuple[str, str]] = {
    **_FILES_MENDED,
    **_RULES_MENDED,
    **_WHOLE_MENDED,
    **_LINTS_MENDED,
}


def explanation(code: str) -> Json:
    """What a code means. Raises KeyError for an unknown one."""
    example, remedy = EXPLAINED[code]
    return {
        "code": code,
        "severity": severity(code),
        "says": CODES[code],
        "example": example,
        "remedy": remedy,
        "acceptable": code in ACCEPTABLE,
    }


def explanations() -> list[Json]:
    """What every code means, in the order of reading a rule base."""
    return [explanation(code) for code in CODES]
