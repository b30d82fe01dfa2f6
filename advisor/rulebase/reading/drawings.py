"""Drawing entries → drawings with whole poses, the props they use, and the body they bend."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from advisor.rulebase import shapes
from advisor.rulebase.problems import quoted
from advisor.rulebase.reading import models
from advisor.rulebase.reading.entries import Draft, Entry, shaped, validated
from advisor.rulebase.reading.names import Scope
from advisor.rulebase.reading.nodes import Node
from advisor.rulebase.shapes import (
    FRONT,
    IN_FRAME,
    ON_PAGE,
    SIDE,
    Arm,
    Body,
    Drawing,
    Leg,
    Place,
    Pose,
)

_SIDE = "near foot, far foot, near toes, far toes, near knee, far knee, feet, seat, shoulders, back"
_FRONT = "left sole, right sole, left ankle, right ankle, left knee, right knee, feet, seat, side"
ANCHORS = {SIDE: [*_SIDE.split(", "), "front", "wall"], FRONT: [*_FRONT.split(", "), "back"]}
LEGS = ("near", "far", "left", "right")
POINTS = ("knee", "ankle", "heel", "ball", "toe", "elbow", "hand")
SEGMENTS = ("thigh", "shin", "foot", "arm", "forearm")
_SUM = re.compile(r"(?:(?:^|\s*[+-])\s*(?:[a-z_]+|[0-9.]+)(?:\s*\*\s*[0-9.]+)?)+")
NEEDED = {
    "lengths": "thigh shin ankle heel ball toe arm forearm wrist neck hips shoulders head_wide "
    "head_high nose head_turn head_part relaxed_ankle kneeling_foot",
    "flesh": "thigh shin foot arm forearm neck",
    "rests": "back seat side knee elbow palm ankle",
    "limits": "hip knee ankle back shoulder elbow abd",
    "masses": "trunk head arm forearm thigh shin foot",
    "allow": "mistake word floor contact balance back path change idle reach back_pad seat_low "
    "seat_high",
}
Given = dict[str, Any]
Path = tuple[str | int, ...]
Posture = Entry[models.PoseEntry]


def build_drawings(draft: Draft, scope: Scope) -> Given:
    """The body, the props and the drawings of a rule base, by their names there."""
    body = _body(draft)
    props = {
        key: _prop(entry, scope) for key, entry in draft.all("props", models.PropEntry).items()
    }
    entries = draft.all("drawings", models.DrawingEntry)
    if body is None and entries and "" not in draft.declared("body"):
        place = next(iter(entries.values())).place
        scope.problems.add("missing-section", place, "drawings need a `body`, and there is none")
    made: Given = {"body": body, "props": props}
    drawings: dict[str, Drawing] = {}
    for key, entry in entries.items():
        if scope.knows("exercises", key, entry.place) and body is not None:
            drawings[key] = _Reader(entry, made, draft, scope).drawing()
    return {**made, "drawings": drawings}


def _body(draft: Draft) -> Body | None:
    """The body, if all of it is there."""
    entry = draft.one("body", models.BodyEntry)
    if entry is None:
        return None
    model, words = entry.model, entry.model.words
    missing = [
        (part, name)
        for part, names in NEEDED.items()
        for name in names.split()
        if name not in getattr(model, part)
    ]
    for part, name in missing:
        draft.problems.add("missing-key", entry.at(part), f"`{name}` is missing in `{part}`")
    if missing or model.trunk[-1].end != "shoulder":
        return None
    arms: dict[str, dict[str, Arm]] = {
        view: {name: shaped(Arm, arm) for name, arm in named.items()}
        for view, named in model.arms.items()
    }
    return entry.shaped(
        Body,
        trunk=tuple(shaped(shapes.Vertebrae, each) for each in model.trunk),
        arms={view: arms.get(view, {}) for view in (SIDE, FRONT)},
        segments=words.segments,
        bends=words.bends,
        bodies=words.body,
        feet=words.foot,
        spoken=words.spoken,
        claims=tuple(shaped(shapes.Claim, each) for each in model.claims),
    )


def _prop(entry: Entry[models.PropEntry], scope: Scope) -> shapes.Prop:
    parts = []
    for index, part in enumerate(entry.model.parts):
        kinds = [name for name in ("box", "area", "wire", "round", "pad") if getattr(part, name)]
        if len(kinds) != 1:
            message = "a piece is one of box, area, wire, round and pad"
            scope.problems.add("bad-value", entry.at("parts", index), message)
            continue
        spots = getattr(part, kinds[0])
        spots = spots if isinstance(spots[0], list) else [spots]
        sizes = (part.w, part.h, part.r)
        numbers = [
            *sizes,
            *(each for spot in spots for each in (spot if len(spot) == ON_PAGE else spot[1:3])),
        ]
        for said in numbers:
            if isinstance(said, str) and not _is_sum(said, entry.model.sizes):
                message = f"{quoted(said)} is no number, nor a sum of sizes"
                scope.problems.add("bad-drawing", entry.at("parts", index), message)
        places = tuple(tuple(spot) for spot in spots)
        parts.append(shaped(shapes.PropPart, part, kind=kinds[0], spots=places, sizes=sizes))
    return entry.shaped(shapes.Prop, parts=tuple(parts))


def _is_sum(said: str, sizes: Collection[str]) -> bool:
    """Whether these are numbers and known sizes with signs between them, or the floor."""
    names = {*re.findall("[a-z_]+", said)}
    return said == "floor" or bool(_SUM.fullmatch(said) and names <= {*sizes})


class _Reader:
    """One entry, read with what it may name."""

    def __init__(
        self,
        entry: Entry[models.DrawingEntry],
        made: Given,
        draft: Draft,
        scope: Scope,
    ) -> None:
        self.entry, self.draft, self.scope = entry, draft, scope
        self.body: Body = made["body"]
        self.made: dict[str, shapes.Prop] = made["props"]
        self.postures = draft.all("postures", models.PoseEntry)
        self.given: dict[str, Given] = {}

    def drawing(self) -> Drawing:
        """The drawing, with a problem for each name that is none."""
        model = self.entry.model
        if bool(model.words) == bool(model.poses):
            message = f"`{self.entry.id}` has either `poses` or `words`"
            self.scope.problems.add("bad-drawing", self.entry.place, message)
        place = self.entry.at("anchor")
        if model.poses and not self._known("anchor", place, model.anchor, ANCHORS[model.view]):
            return Drawing(words=model.words or "not sound")
        poses = [*self._poses("poses", mistake=False), *self._poses("mistakes", mistake=True)]
        return self.entry.shaped(
            Drawing,
            anchor=tuple(model.anchor.split()),
            planted={side: _foot(foot) for side, foot in model.planted.items()},
            sled=shaped(shapes.Sled, model.sled) if model.sled else None,
            props=tuple(self._props()),
            work=self._work(),
            paths=tuple(self._paths()),
            poses=tuple(poses),
        )

    @cached_property
    def points(self) -> list[str]:
        """The name of every point of the body in this view."""
        front = self.entry.model.view == FRONT
        parts = (*POINTS, "hip", "shoulder") if front else POINTS
        sided = [f"{side}.{part}" for side in self.sides for part in parts]
        return ["hip", *(link.end for link in self.body.trunk), "head", *sided]

    @property
    def sides(self) -> tuple[str, str]:
        """The two sides of the body in this view."""
        return ("left", "right") if self.entry.model.view == FRONT else ("near", "far")

    def _spots(self, place: Place, *spots: Sequence[object]) -> None:
        """Note each place that is counted from nothing."""
        frames = ["trunk", *(f"{side}.{part}" for side in self.sides for part in SEGMENTS)]
        for spot in spots:
            if len(spot) > ON_PAGE:
                self._known("point", place, str(spot[0]), self.points)
            if len(spot) == IN_FRAME:
                self._known("segment", place, str(spot[3]), frames)

    def _known(self, noun: str, place: Place, name: str, known: Collection[str]) -> bool:
        """Whether a name is known; if not, that is a problem."""
        if name not in known:
            self.scope.unknown("bad-drawing", place, f"no {noun} is called {{}}", name, known)
        return name in known

    def _props(self) -> Iterator[shapes.PropUse]:
        declared = self.draft.declared("props")
        for index, use in enumerate(self.entry.model.props):
            name, given = next(iter(use.items())) if isinstance(use, dict) else (use, {})
            place, sizes = self.entry.at("props", index), given if isinstance(given, dict) else {}
            if self._known("prop", place, str(name), declared) and name in self.made:
                prop = self.made[name]
                for size, value in sizes.items():
                    if self._known("size", place, size, prop.sizes) and isinstance(value, str):
                        message = f"{quoted(value)} is no number"
                        self.scope.problems.add("bad-drawing", place, message)
                self._spots(place, *(spot for part in prop.parts for spot in part.spots))
                yield shapes.PropUse(name, {**prop.sizes, **sizes})

    def _work(self) -> tuple[str, ...]:
        """What works, all of it parts of the body."""
        said = self.entry.model.work
        words = said if isinstance(said, list) else [] if said is None else [said]
        known = ["trunk", *(f"{side} {part}" for side in self.sides for part in ("leg", "arm"))]
        place = self.entry.at("work")
        return tuple(str(word) for word in words if self._known("part", place, str(word), known))

    def _paths(self) -> Iterator[shapes.Way]:
        for index, path in enumerate(self.entry.model.paths):
            place = self.entry.at("paths", index)
            self._spots(place, (path.point, 0, 0))
            known = [self._known("pose", place, name, self.given) for name in (path.from_, path.to)]
            if all(known):
                yield shapes.Way(path.point, path.from_, path.to)

    def _poses(self, key: str, *, mistake: bool) -> Iterator[Pose]:
        """The poses under a key, each with what it takes from those before it."""
        for index, model in enumerate(getattr(self.entry.model, key)):
            path: Path = (key, index)
            given = self._said(self.entry, *path)
            if model.of:
                before = self._before(model.of, path)
                kept = {"shows", "say", "ring"} if mistake else {"say"}
                given = _changed({k: v for k, v in before.items() if k not in kept}, given)
            name = model.name or f"{key}_{index}"
            if name in self.given:
                message = f"{quoted(name)} is a pose already"
                self.scope.problems.add("bad-drawing", self.entry.at(*path), message)
            self.given[name] = given
            pose = self._pose(given, path)
            yield replace(pose, name=name, after=model.of or "", mistake=mistake, path=path)

    def _before(self, name: str, path: tuple[str | int, ...]) -> Given:
        if name in self.given:
            return self.given[name]
        if name in self.postures:
            return self._said(self.postures[name])
        known = {**self.given, **self.draft.declared("postures")}
        self._known("pose or posture", self.entry.at(*path, "of"), name, known)
        return {}

    def _pose(self, given: Given, path: tuple[str | int, ...]) -> Pose:
        back: str | float = given.get("back") or given.get("bend") or 0
        if isinstance(back, str):
            self._known("back", self.entry.at(*path, "back"), back, self.body.backs)
        arms = ((side, f"{side}_arm" if f"{side}_arm" in given else "arms") for side in self.sides)
        hanging = self.body.arms[self.entry.model.view].get("side", Arm())
        if ring := given.get("ring"):
            known = [*self.points, *(each.rpartition(".")[2] for each in self.points)]
            self._known("point", self.entry.at(*path, "ring"), ring, known)
        return Pose(
            name="",
            say=given.get("say", ""),
            shows=tuple((given.get("shows") or {}).items()),
            trunk=given.get("trunk", 0),
            back=self.body.backs.get(back, 0) if isinstance(back, str) else back,
            legs={side: Leg(**_truth(given[side])) for side in LEGS if side in given},
            heels={side: given[f"{side}_heel"] for side in LEGS if f"{side}_heel" in given},
            arms={side: given.get(key, hanging) for side, key in arms},
            seated=given.get("seated") == "yes",
            ring=given.get("ring", ""),
        )

    def _said(self, entry: Entry[models.DrawingEntry] | Posture, *path: str | int) -> Given:
        """What a pose says itself, its arms read."""
        model: Any = entry.model
        for step in path:
            model = model[step] if isinstance(step, int) else getattr(model, step)
        given: Given = model.model_dump(exclude_unset=True, exclude={"of", "name"})
        arms = [key for key in given if key == "arms" or key.endswith("_arm")]
        return {**given, **{key: self._arm(entry.part(*path, key)) for key in arms}}

    def _arm(self, node: Node) -> Arm:
        """A named position, the place of a hand, or how the arm is bent."""
        named = self.body.arms[self.entry.model.view]
        if isinstance(node.value, str):
            if node.value not in named:
                what = "no position of the arms is called {}"
                self.scope.unknown("bad-drawing", node.place, what, node.value, named)
            return named.get(node.value, Arm())
        if isinstance(node.value, tuple):
            node = Node(node.place, {"hand": node}, keys={"hand": node.place})
        model = validated(models.ArmEntry, node, node.place, self.scope.problems)
        if model is None:
            return Arm()
        self._spots(node.place, *filter(None, (model.hand, model.elbow_at)))
        return shaped(Arm, model)


def _foot(model: models.FootEntry) -> shapes.Foot:
    x, y = model.at if isinstance(model.at, list) else (model.at, 0)
    return shapes.Foot((x, y), model.heel, model.foot == "toes")


def _changed(before: Given, said: Given) -> Given:
    """A pose with some of it said anew: a leg joint by joint, all else as a whole."""
    both = {**before, **said}
    for side in LEGS:
        if side in before and side in said:
            both[side] = {**before[side], **said[side]}
    if "arms" in said:  # both arms anew
        both = {k: v for k, v in both.items() if not k.endswith("_arm") or k in said}
    return both


def _truth(given: Given) -> Given:
    return {key: value == "yes" if key == "kneel" else value for key, value in given.items()}
