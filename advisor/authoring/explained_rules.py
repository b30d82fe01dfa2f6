"""Examples and remedies for the codes of names, conditions, effects and examples."""

from __future__ import annotations

# Code → what it looks like, and how to mend it.
RULES: dict[str, tuple[str, str]] = {
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
