"""People -> a solver over all that they may say, and its answer."""

from __future__ import annotations

import z3

from advisor.authoring.proof.person import Person, sound
from advisor.authoring.proof.replay import MachineryError


def solver_of(*people: Person) -> z3.Solver:
    """A solver that knows what holds of these people."""
    solver = z3.SolverFor("QF_FD")
    solver.add(sound(*people))
    return solver


def possible(solver: z3.Solver) -> bool:
    """Whether anyone meets all that was asked for. Raises MachineryError if that stays open."""
    found = solver.check()
    if found == z3.unknown:
        raise MachineryError(f"the solver gave up: {solver.reason_unknown()}")
    return bool(found == z3.sat)
