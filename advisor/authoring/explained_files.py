"""Examples and remedies for the codes of files, of YAML and of the shape of entries."""

from __future__ import annotations

# Code → what it looks like, and how to mend it.
FILES: dict[str, tuple[str, str]] = {
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
