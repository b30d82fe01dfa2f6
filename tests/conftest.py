from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from advisor import load_rules
from advisor.rulebase.shapes import RuleBase

ROOT = Path(__file__).parent.parent
settings.register_profile(
    "suite",
    deadline=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.register_profile("long", settings.get_profile("suite"), max_examples=20_000)  # by hand
settings.load_profile("suite")


@pytest.fixture(scope="session")
def rules() -> RuleBase:
    return load_rules()


@pytest.fixture(scope="session")
def shoulder() -> RuleBase:
    return load_rules(ROOT / "tests" / "shoulder")
