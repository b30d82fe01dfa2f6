"""A person with nothing to report, every question answered; tests change what they are about."""

from __future__ import annotations

import io

from advisor.cli.app import run
from advisor.cli.environment import Environment

WELL: dict[str, object] = {
    "emergency_signs": [],
    "urgent_signs": [],
    "health_flags": [],
    "blood_pressure_controlled": True,
    "age": 35,
    "disc_history": False,
    "disc_when": "longer_ago",
    "sciatica": "never",
    "back_surgery": "never",
    "spine_conditions": [],
    "back_pain": 0,
    "pain_in_lifts": 0,
    "soreness_onset": "never",
    "pain_quality": "none",
    "leg_symptoms": "none",
    "pain_duration": "days",
    "pain_trend": "better",
    "daily_life_pain": False,
    "pain_pattern": [],
    "pain_triggers": [],
    "told_to_avoid": [],
    "joints": [],
    "cleared_for": [],
    "hip_mobility": "good",
    "hips_lift": False,
    "core_bracing": True,
    "experience": "experienced",
    "recent_load_jump": False,
    "balance": "good",
    "falls": False,
    "feet_numb_for_years": False,
    "equipment": [],
    "goal": "general",
    "hours_since_leg_day": 1000,
    "sessions_per_week": 2,
    "last_session": [],
}


def legday(*words: str, **variables: str) -> tuple[int, str, str]:
    """Run a command line in a world of its own: exit code, standard output, standard error."""
    out, err = io.StringIO(), io.StringIO()
    code = run(list(words), Environment(io.StringIO(), out, err, variables))
    return code, out.getvalue(), err.getvalue()
