"""Random people for property tests: answers in every state an answer can have."""

from __future__ import annotations

from hypothesis import strategies as st

from advisor.rulebase.shapes import CHOICE, INTEGER, YES_NO, Question, RuleBase


def values(question: Question) -> st.SearchStrategy[object]:
    if question.kind == YES_NO:
        return st.booleans()
    if question.kind == INTEGER:
        return st.integers(question.minimum, question.maximum)
    ids = [choice.id for choice in question.choices]
    if question.kind == CHOICE:
        return st.sampled_from(ids)
    few = st.lists(st.sampled_from(ids), max_size=3, unique=True)
    return st.one_of(st.just([]), few, st.lists(st.sampled_from(ids), unique=True))


def answers(rules: RuleBase, *, unsure: bool = True) -> st.SearchStrategy[dict[str, object]]:
    """Any mix of answered, not sure, and not asked."""
    maybe = {
        question.id: st.one_of(values(question), st.just("unsure")) if unsure else values(question)
        for question in rules.asked
    }
    return st.fixed_dictionaries({}, optional=maybe)


def screened(rules: RuleBase) -> st.SearchStrategy[dict[str, object]]:
    """People who mostly pass the screening, so that plans are met as often as referrals."""
    clear = {
        question.id: question.decode(question.clear)
        for question in rules.asked
        if question.clear is not None
    }
    return st.tuples(answers(rules), st.sets(st.sampled_from(sorted(clear)))).map(
        lambda pair: {"age": 40, **pair[0], **{k: v for k, v in clear.items() if k not in pair[1]}}
    )


def allowed(plan: object) -> set[str]:
    """The exercises a plan permits."""
    verdicts = plan.to_dict()["verdicts"]  # type: ignore[attr-defined]
    return {name for name, each in verdicts.items() if each["verdict"] in {"ok", "caution"}}
