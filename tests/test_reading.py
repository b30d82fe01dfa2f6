"""Bytes of rule files become nodes with places, or problems with places, and never a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.rulebase.problems import Problem, Problems, RuleBaseError, did_you_mean
from advisor.rulebase.reading.build import read_rule_base
from advisor.rulebase.reading.files import LARGEST, digest, gather
from advisor.rulebase.reading.nodes import DEEPEST, Node, read_file
from advisor.rulebase.shapes import Place

ROOT = Path(__file__).parent.parent
SHOULDER = ROOT / "tests" / "shoulder"


def read(text: str | bytes) -> tuple[Node | None, list[Problem]]:
    problems = Problems()
    data = text.encode() if isinstance(text, str) else text
    return read_file(data, "a.yaml", problems), list(problems)


def value(text: str) -> object:
    node, problems = read(f"key: {text}")
    assert not problems
    assert node
    child = node.child("key")
    assert child
    return child.plain()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("yes", "yes"),
        ("off", "off"),
        ("true", True),
        ("False", False),
        ("~", None),
        ("", None),
        ("12", 12),
        ("-3", -3),
        ("0o17", 15),
        ("0x1F", 31),
        ("017", 17),
        ("1.5", 1.5),
        ("12:30", "12:30"),
        ("1_000", "1_000"),
        ("0-26", "0-26"),
        ("2026-11-21", "2026-11-21"),
        ("3 to 4", "3 to 4"),
        ("'3'", "3"),
        ("[a, {b: no}]", ["a", {"b": "no"}]),
    ],
)
def test_reads_plain_values_as_yaml_1_2_does(text: str, expected: object) -> None:
    found = value(text)
    assert found == expected
    assert type(found) is type(expected)


def test_knows_the_place_of_every_key_and_value() -> None:
    node, _ = read("rules:\n  one:\n    - a\n    - {b: c}\n")
    assert node
    rules = node.child("rules")
    assert rules
    assert rules.keys["one"] == Place("a.yaml", 2, 3)
    found = node.child("rules", "one", 1, "b")
    assert found
    assert found.place == Place("a.yaml", 4, 11)


def test_reads_a_file_with_a_byte_order_mark() -> None:
    node, problems = read(b"\xef\xbb\xbfa: b\n")
    assert node
    assert (node.plain(), problems) == ({"a": "b"}, [])


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a: !!str 3", "yaml-tag", 1, 4),
        ("a: ! 3", "yaml-tag", 1, 4),
        ("a: &x 3", "yaml-anchor", 1, 4),
        ("b: c\na: *x", "yaml-anchor", 2, 4),
        ("---\na: b\n---\nc: d", "second-document", 3, 1),
        ("%YAML 1.1\n---\na: b", "yaml-directive", 1, 1),
        ("a: b\na: c", "duplicate-key", 2, 1),
        ("3: b", "key-not-text", 1, 1),
        ("true: b", "key-not-text", 1, 1),
        ("? [a]\n: b", "key-not-text", 1, 3),
        ("a: .nan", "bad-number", 1, 4),
        ("a: -.inf", "bad-number", 1, 4),
        ("a: 1e999", "bad-number", 1, 4),
        ("a: " + "9" * 5000, "bad-number", 1, 4),
        ("a: b\nc: \x00", "bad-character", 2, 4),
        ("a: b\x07", "bad-character", 1, 5),
        (r'a: "\0"', "bad-character", 1, 4),
        (r'a: "\ud800"', "bad-character", 1, 4),
        (r'a: "\UFFFFFFFF"', "bad-yaml", 1, 1),
        ("a: 'b", "bad-yaml", 1, 4),
        (b"a: b\nc: \xff", "not-utf-8", 2, 4),
        ("a: b".encode("utf-16"), "not-utf-8", 1, 1),
        ("", "empty-file", 1, 1),
        ("# only a comment", "empty-file", 1, 1),
        ("- a", "wrong-type", 1, 1),
        ("just words", "wrong-type", 1, 1),
    ],
)
def test_rejects_text_that_could_be_misread(
    text: str | bytes, code: str, line: int, column: int
) -> None:
    _, problems = read(text)
    found = [(each.code, each.file, each.line, each.column) for each in problems]
    assert found == [(code, "a.yaml", line, column)]


@pytest.mark.parametrize("opening", ["- ", "[", "{a: ", "? "])
def test_rejects_deep_nesting_however_deep(opening: str) -> None:
    _, problems = read(opening * 20_000)
    assert [each.code for each in problems] in (["too-deep"], ["key-not-text"])


def test_reads_nesting_up_to_the_limit() -> None:
    inner = DEEPEST - 1
    assert read("a: " + "[" * inner + "]" * inner)[1] == []


def codes(folder: Path) -> list[tuple[str, str]]:
    with pytest.raises(RuleBaseError) as error:
        read_rule_base(folder)
    return [(each.code, each.file) for each in error.value.problems]


def test_rejects_a_folder_without_rule_files(tmp_path: Path) -> None:
    (tmp_path / "schema.json").write_text("{}")
    assert codes(tmp_path) == [("no-rule-files", ".")]


def test_rejects_a_file_or_nothing_in_place_of_the_folder(tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    assert codes(file) == [("not-a-folder", str(file))]
    file.write_text("a: b")
    assert codes(file) == [("not-a-folder", str(file))]


def test_rejects_whatever_would_be_overlooked(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "gone.yaml").symlink_to("nowhere")
    (tmp_path / "large.yaml").write_bytes(b" " * (LARGEST + 1))
    (tmp_path / "other.yml").write_text("a: b")
    (tmp_path / "linked").symlink_to(SHOULDER, target_is_directory=True)
    assert codes(tmp_path) == [
        ("not-a-file", "folder.yaml"),
        ("not-a-file", "gone.yaml"),
        ("file-too-large", "large.yaml"),
        ("linked-folder", "linked"),
        ("wrong-suffix", "other.yml"),
    ]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_rejects_files_and_folders_that_cannot_be_read(tmp_path: Path) -> None:
    for name in ("locked.yaml", "shut"):
        path = tmp_path / name
        path.mkdir() if name == "shut" else path.write_text("a: b")
        path.chmod(0)
    found = codes(tmp_path)
    (tmp_path / "shut").chmod(0o700)
    assert [code for code, _ in found] == ["unreadable", "unreadable"]


def test_reports_every_bad_file_at_once(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "two.yaml").write_text("a: &x b")
    (tmp_path / "a.yaml").write_text("a: 'b")
    (tmp_path / "c.yaml").write_text("ruels: {}")
    assert codes(tmp_path) == [
        ("bad-yaml", "a.yaml"),
        ("yaml-anchor", "b/two.yaml"),
        ("unknown-section", "c.yaml"),
    ]


def test_passes_over_what_editors_and_systems_leave_behind(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a: b")
    before = digest(gather(tmp_path)[0])
    (tmp_path / ".#a.yaml").symlink_to("somebody@machine.1234:5678")  # a lock of Emacs
    (tmp_path / "._a.yaml").write_bytes(b"\0\5\x16\7")  # of macOS, on a disk of another kind
    (tmp_path / ".hidden.yml").write_text("a: b")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "b.yaml").write_text("- no rules")
    assert digest(gather(tmp_path)[0]) == before


WITHOUT_LIBYAML = """
import sys
sys.modules["yaml._yaml"] = None
import yaml
assert not yaml.__with_libyaml__
from pathlib import Path
from advisor.rulebase.reading.build import read_rule_base
print(len(read_rule_base(Path(sys.argv[1])).rules))
"""


def test_reads_the_same_where_libyaml_is_missing() -> None:
    words = [sys.executable, "-c", WITHOUT_LIBYAML, str(SHOULDER)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == (f"{len(read_rule_base(SHOULDER).rules)}\n", "")


def test_hashes_names_and_bytes_of_rule_files_only(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a: b")
    first = digest(gather(tmp_path)[0])
    (tmp_path / "README.md").write_text("words")
    assert digest(gather(tmp_path)[0]) == first
    (tmp_path / "a.yaml").rename(tmp_path / "c.yaml")
    renamed = digest(gather(tmp_path)[0])
    (tmp_path / "c.yaml").write_text("a: c")
    assert len({first, renamed, digest(gather(tmp_path)[0])}) == 3


def test_a_problem_reads_like_a_line_of_a_compiler() -> None:
    problem = Problem("unknown-fact", "a.yaml", 3, 5, "no fact is called `bak`", "did you mean?")
    assert str(problem) == "a.yaml:3:5: no fact is called `bak` (did you mean?)"
    assert str(RuleBaseError([problem, problem])) == str(problem)


def test_hints_at_the_nearest_word_or_at_all_of_a_few() -> None:
    assert did_you_mean("bak_pain", ["age", "back_pain"]) == "did you mean `back_pain`?"
    assert did_you_mean("zzz", ["a", "b"]) == "known: `a`, `b`"
    assert did_you_mean("zzz", [str(number) for number in range(100)]) == ""


@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_never_fails_on_random_bytes(data: bytes) -> None:
    node, problems = read(data)
    assert (node is None) <= bool(problems)
    assert all("\n" not in str(each) for each in problems)


YAML_BITS = st.lists(
    st.sampled_from(
        [*"[]{}:,-&*!|>'\"%@`#?\n\t \\aé0", "\n  ", ": ", "- ", "\\x", "\\U", "<<", "'"]
    ),
    max_size=40,
).map("".join)


@given(YAML_BITS)
@settings(max_examples=300)
def test_never_fails_on_random_yaml(text: str) -> None:
    node, problems = read(text)
    assert (node is None) <= bool(problems)
