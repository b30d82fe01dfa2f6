"""No history permits more than none; only the scheme adds, and it only as it says."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import SHOULDER

from advisor import load_rules
from advisor.authoring.proof.histories import scheme_holds
from advisor.authoring.proof.prove import prove
from advisor.authoring.proof.replay import MachineryError
from advisor.journal import scheme

INVARIANT = """
invariants:
  no-history-permits-more:
    says: No history permits more than none.
    for_each_question: observations
    when_it_gets: [measured]
    then: {permits_no_more: [exercises, level, limits, dose, schedule]}
rules:
  added:
    when: WHEN
    EFFECT
    because: It is added.
    sources: [plain-sense]
    fires: {setbacks: FIRES}
    silent: {setbacks: SILENT}
"""


def holds(folder: Path, when: str, effect: str, fires: int, silent: int) -> bool:
    for each in Path(SHOULDER).glob("*.yaml"):
        (folder / each.name).write_text(each.read_text())
    text = INVARIANT.replace("WHEN", when).replace("EFFECT", effect)
    text = text.replace("FIRES", str(fires)).replace("SILENT", str(silent))
    (folder / "z.yaml").write_text(text)
    (proof,) = prove(load_rules(folder))
    return proof.holds


@pytest.mark.parametrize("effect", ["avoid: push_up", "level: entry", "dose: {sets: at most 1}"])
def test_a_history_may_only_take_away(tmp_path: Path, effect: str) -> None:
    assert holds(tmp_path, "{setbacks: at least 1}", effect, 1, 0)


@pytest.mark.parametrize("effect", ["avoid: push_up", "level: entry", "dose: {sets: at most 1}"])
def test_rejects_a_rule_that_a_history_lifts(tmp_path: Path, effect: str) -> None:
    assert not holds(tmp_path, "{setbacks: at most 0}", effect, 0, 1)


def test_every_short_history_moves_a_weight_only_as_the_scheme_says() -> None:
    rules = load_rules()
    assert rules.scheme is not None
    tried = sum(12**count for count in range(1, rules.scheme.prove_sessions + 1))
    assert scheme_holds(rules) == tried


def test_notices_a_scheme_that_overlooks_what_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheme, "_applying", lambda *_: ())
    with pytest.raises(MachineryError, match="adds to"):
        scheme_holds(load_rules())


def test_notices_a_weight_that_was_not_earned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheme, "_met", lambda *_: True)
    with pytest.raises(MachineryError, match="adds to"):
        scheme_holds(load_rules())


def test_the_shipped_rules_promise_it() -> None:
    (proof,) = prove(load_rules(), "no-history-buys-permission")
    assert proof.holds
    assert "histories" in proof.decided_by
