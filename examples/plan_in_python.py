"""A leg day from Python: ask what still matters, then print the session with its reasons.

A web form or an app would put `reply` on a page of its own; here the answers come from a
dictionary. Run it: `python examples/plan_in_python.py`.
"""

from __future__ import annotations

from advisor import AnswerError, advise, load_rules, next_question

ANA: dict[str, object] = {
    "age": 34,
    "disc_history": True,
    "disc_when": "longer_ago",
    "sciatica": "past",
    "back_pain": 1,
    "pain_in_lifts": 1,
    "soreness_onset": "never",
    "pain_quality": "dull",
    "pain_duration": "days",
    "pain_trend": "better",
    "balance": "good",
    "hip_mobility": "good",
    "equipment": ["dumbbells", "bands"],
    "experience": "some",
    "core_bracing": "unsure",
}
CLEAR = {"set": [], "yes/no": False}


def reply(fact: str, kind: str) -> object:
    """What Ana says; to what she has not thought about she says no, or that she is not sure."""
    return ANA.get(fact, CLEAR.get(kind, "unsure"))


def main() -> None:
    """Hold the conversation and print what came of it."""
    rules = load_rules()
    answers: dict[str, object] = {"back_surgery": "never", "leg_symptoms": "none"}
    while question := next_question(answers, rules):
        answers[question.fact] = reply(question.fact, question.question.kind)

    plan = advise(answers, rules)
    document = plan.to_dict()
    print(f"{len(answers)} answers, level {plan.level}, {len(plan.fired)} rules applied")
    session = document["session"]
    for line in session["exercises"] if session else []:
        why = line["reasons"][0]
        print(f"{line['name']}: {line['notation']}")
        sources = document["rules"][why["rule"]]["sources"]
        print(f"    {why['say']} [{', '.join(each['id'] for each in sources)}]")
    press = document["verdicts"]["leg_press"]
    print(f"Leg press: {press['verdict']}; instead: {', '.join(press['instead'])}")

    try:
        advise({"back_pain": 11, "knee_pain": 2}, rules)
    except AnswerError as error:  # every problem at once
        print(*error.problems, sep="\n")


if __name__ == "__main__":
    main()
