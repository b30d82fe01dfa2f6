"""Published vignettes: nobody gets less care than is right, but for the gaps that are told."""

from __future__ import annotations

import json
import subprocess
import sys
from types import ModuleType

import pytest
from running import ROOT, environment

from advisor import load_rules
from advisor.rulebase.shapes import INTEGER, LEVELS, RuleBase

sys.path.insert(0, str(ROOT / "benchmarks"))
import triage

DOCUMENT, VIGNETTES = triage.read(load_rules())
CLOSED = [vignette for vignette in VIGNETTES if vignette.open is None]


def run(*words: str) -> str:
    script = ROOT / "benchmarks" / "triage.py"
    done = subprocess.run(
        [sys.executable, str(script), *words],
        capture_output=True,
        encoding="utf-8",
        env=environment(),
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize("vignette", CLOSED, ids=lambda vignette: vignette.id)
def test_gives_no_less_care_than_is_right(vignette: triage.Vignette) -> None:
    assert vignette.got >= vignette.level.least, LEVELS[vignette.got]


def test_calls_open_only_what_gets_too_little() -> None:
    """A gap that is closed is no longer told as one."""
    closed = [v.id for v in VIGNETTES if v.open and v.got >= v.level.least]
    assert closed == []


def test_gives_a_self_care_vignette_a_session() -> None:
    (boxes,) = (v for v in VIGNETTES if v.id == "semigran-lifted-boxes")
    assert boxes.got <= boxes.level.most


def test_answers_every_question_and_leaves_no_vignette_half_told(rules: RuleBase) -> None:
    assert DOCUMENT["fill"].keys() == {each.id for each in rules.asked}
    assert len({v.id for v in VIGNETTES}) == len(VIGNETTES)
    assert {v.set for v in VIGNETTES} == DOCUMENT["sets"].keys()
    for vignette in VIGNETTES:
        assert len(vignette.note.split()) > 5
        assert vignette.label is None or vignette.label in triage.LABELS
        assert vignette.level.least <= vignette.level.most


def test_gives_one_of_the_answers_that_the_text_leaves_open(rules: RuleBase) -> None:
    for vignette in VIGNETTES:
        for fact, fitting in vignette.ours.items():
            said = vignette.answers[fact]
            if rules.question[fact].kind == INTEGER:
                assert fitting[0] <= said <= fitting[1], vignette.id
            else:
                assert said in fitting, vignette.id


def test_prints_the_scorecard() -> None:
    text = run()
    assert "emergencies missed" in text
    assert all(v.id in text for v in VIGNETTES if v.open)


def test_prints_the_same_as_json(rules: RuleBase) -> None:
    card = json.loads(run("--format", "json"))
    assert card == triage.scorecard(rules)
    every = card["sets"]["all"]["range"]
    assert every["n"] == len(VIGNETTES) == every["right"] + every["over"] + every["under"]
    assert every["under"] == len(VIGNETTES) - len(CLOSED)


def test_counts_what_is_over_and_under() -> None:
    module: ModuleType = triage
    of = module.Range.of
    worst, best = of("emergency", "emergency"), of("go", "go")
    calm = min(VIGNETTES, key=lambda v: v.got)
    assert 0 < calm.got < len(LEVELS) - 1
    under = module.score([calm], lambda _: worst)
    assert (under["under"], under["emergencies"], under["emergencies_missed"]) == (1, 1, 1)
    over = module.score([calm], lambda _: best)
    assert (over["over"], over["emergencies"], over["emergencies_missed"]) == (1, 0, 0)
    assert module.score([calm], lambda _: None)["n"] == 0
