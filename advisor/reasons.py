"""Rules → reasons: the one place where a rule becomes words for a person.

A reason names its rule, says its text, and tells which answers it rests on, which documents,
and how strong that ground is. Every output, text or JSON, prints these and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

from advisor.answers import UNSURE, Facts
from advisor.findings import grounds
from advisor.rulebase.shapes import Citation, Rule, RuleBase, Slot

# What a reader is told of a source's kind: the strength of the ground, not the study design.
_GROUND = {
    "guideline": "guideline",
    "review": "study",
    "trial": "study",
    "cohort": "study",
    "biomechanics": "study",
    "convention": "convention",
    "article": "article",
    "forum": "article",
    "reasoning": "reasoning",
}


@dataclass(frozen=True)
class Reason:
    """Why, or what to do and why.

    `text` is the sentence to print and `why` what is behind it, where the two differ.
    `because` holds the answers it rests on (`unsure`, or None where not asked); `ground` is
    the kind of the first source, which carries the whole sentence: guideline, study, convention,
    article or reasoning. The other sources support it.
    """

    rule: str
    text: str
    why: str
    because: tuple[tuple[str, object], ...]
    sources: tuple[tuple[str, str, str], ...]  # id, title, section
    ground: str

    def to_dict(self) -> dict[str, object]:
        """The Reason of the JSON contract."""
        keys = ("id", "title", "section")
        return {
            "rule": self.rule,
            "text": self.text,
            "why": self.why,
            "because": dict(self.because),
            "sources": [dict(zip(keys, source, strict=True)) for source in self.sources],
            "ground": self.ground,
        }


def reason(rule: Rule, facts: Facts, rules: RuleBase, say: str = "") -> Reason:
    """The reason a rule gives for this person; `say` is what it tells them, if anything."""
    return Reason(
        rule=rule.id,
        text=say or rule.because,
        why=rule.because if say else "",
        because=tuple((fact, spoken(fact, facts, rules)) for fact in _grounds(rule, facts, rules)),
        sources=tuple(_source(citation, rules) for citation in rule.sources),
        ground=_ground(rule.sources, rules),
    )


def slot_reason(slot: Slot, rules: RuleBase) -> Reason:
    """Why a session has a slot at all, for a line that no preference speaks for."""
    sources = tuple(_source(citation, rules) for citation in slot.sources)
    name = f"slot-{slot.id.replace('_', '-')}"
    return Reason(name, slot.because, "", (), sources, _ground(slot.sources, rules))


def _grounds(rule: Rule, facts: Facts, rules: RuleBase) -> tuple[str, ...]:
    return grounds(rule.when, facts.by_name(rules), rules.finding)


def spoken(fact: str, facts: Facts, rules: RuleBase) -> object:
    """An answer as JSON and Python show it: its value, `unsure`, or None where not asked."""
    place = rules.question_position[fact]
    code = facts.values[place]
    if code is not None:
        return rules.questions[place].decode(code)
    return UNSURE if place in facts.not_sure else None


def _source(citation: Citation, rules: RuleBase) -> tuple[str, str, str]:
    return citation.source, rules.sources[citation.source].title, citation.section


def _ground(sources: tuple[Citation, ...], rules: RuleBase) -> str:
    return _GROUND[rules.sources[sources[0].source].kind] if sources else "reasoning"
