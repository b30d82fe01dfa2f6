"""`legday rules explain`: every code has an example and a way out."""

from __future__ import annotations

import io
import json
from dataclasses import asdict

import pytest

from advisor.cli.app import run
from advisor.cli.environment import Environment
from advisor.rulebase.problems import codes


def legday(*words: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    code = run(["rules", "explain", *words], Environment(io.StringIO(), out, err, {}))
    return int(code), out.getvalue(), err.getvalue()


@pytest.mark.parametrize("code", codes())
def test_has_an_example_and_a_whole_sentence_of_remedy(code: str) -> None:
    found = codes()[code]
    assert found.example.strip()
    assert found.remedy[0].isupper()
    assert found.remedy.endswith(".")


def test_tells_what_is_wrong_how_it_looks_and_how_to_mend_it() -> None:
    code, out, err = legday("wrong-direction")
    assert (code, err) == (0, "")
    assert out.startswith("wrong-direction (error)\n\n")
    assert codes()["wrong-direction"].says in out
    assert "For example:\n\n  dose: {sets: at least 5}\n" in out
    assert "accepts" not in out


def test_says_how_an_entry_accepts_a_lint() -> None:
    assert "  accepts: {useless-rule: …}\n" in legday("useless-rule")[1]


def test_lists_all_codes_without_one() -> None:
    code, out, _ = legday()
    assert code == 0
    lines = out.splitlines()
    assert [line.split()[0] for line in lines[: len(codes())]] == [*codes()]


def test_json_is_the_same_in_data() -> None:
    assert json.loads(legday("--format", "json")[1]) == [asdict(each) for each in codes().values()]
    assert json.loads(legday("bad-cap", "--format", "json")[1]) == asdict(codes()["bad-cap"])


@pytest.mark.parametrize(
    ("typed", "hint"),
    [("unkown-fact", "did you mean `unknown-fact`?"), ("zzz", "see `legday rules explain`")],
)
def test_rejects_an_unknown_code_with_a_hint(typed: str, hint: str) -> None:
    code, out, err = legday(typed)
    assert (code, out) == (2, "")
    assert err == f"error: unknown code `{typed}` ({hint})\n"
