"""Drawing entries → drawings whose poses stand whole, the props they use, and the body they bend."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from advisor.rulebase import shapes
from advisor.rulebase.problems import quoted
from advisor.rulebase.reading import models
from advisor.rulebase.reading.entries import Draft, Entry, Model, shaped, validated
from advisor.rulebase.reading.names import Scope
from advisor.rulebase.shapes import FRONT, SIDE, Arm, Body, Drawing, Leg, Pose

ANCHORS = {
    SIDE: ("near foot", "far foot", "near toes", "far toes", "near knee", "far knee", "feet")
    + ("seat", "shoulders", "back", "front", "wall"),
    FRONT: ("left sole", "right sole", "left ankle", "right ankle", "left knee", "right knee")
    + ("feet", "seat", "side", "back"),
}
LEGS = ("near", "far", "left", "right")
Given = dict[str, Any]


def build_drawings(draft: Draft, scope: Scope) -> Given:
    """The body, the props and the drawings of a rule base, by their names there."""
    body = _body(draft)
    props = {key: _prop(entry, scope) for key, entry in draft.all("props", models.PropEntry).items()}
    entries = draft.all("drawings", models.DrawingEntry)
    if body is None and entries and "" not in draft.declared("body"):
        place = next(iter(entries.values())).place
        scope.problems.add("missing-section", place, "drawings need a `body`, and there is none")
    drawings: dict[str, Drawing] = {}
    for key, entry in entries.items():
        if scope.knows("exercises", key, entry.place) and body is not None:
            drawings[key] = _Reader(entry, body, draft, scope).drawing()
    return {"body": body, "props": props, "drawings": drawings}


def _body(draft: Draft) -> Body | None:
    entry = draft.one("body", models.BodyEntry)
    if entry is None:
        return None
    model, words = entry.model, entry.model.words
    arms = {
        view: {name: shaped_arm(arm) for name, arm in named.items()}
        for view, named in model.arms.items()
    }
    return entry.shaped(
        Body,
        trunk=tuple(shaped(shapes.Vertebrae, each) for each in model.trunk),
        arms={SIDE: {}, FRONT: {}, **arms},
        segments=words.segments,
        joints=words.joints,
        bodies=words.body,
        feet=words.foot,
        claims=tuple(shaped(shapes.Claim, each) for each in model.claims),
    )


def shaped_arm(model: models.ArmEntry) -> Arm:
    """An arm, its places as tuples."""
    return shaped(Arm, model)


def _prop(entry: Entry[models.PropEntry], scope: Scope) -> shapes.Prop:
    parts = []
    for index, part in enumerate(entry.model.parts):
        kinds = [name for name in ("box", "area", "wire", "disc", "pad") if getattr(part, name)]
        if len(kinds) != 1:
            message = "a piece is one of box, area, wire, disc and pad"
            scope.problems.add("bad-value", entry.at("parts", index), message)
            continue
        spots = getattr(part, kinds[0])
        spots = spots if isinstance(spots[0], list) else [spots]
        sizes = (part.w, part.h, part.r)
        places = tuple(tuple(spot) for spot in spots)
        parts.append(shaped(shapes.PropPart, part, kind=kinds[0], spots=places, sizes=sizes))
    return entry.shaped(shapes.Prop, parts=tuple(parts))


class _Reader:
    """One entry, read with what it may name."""

    def __init__(
        self, entry: Entry[models.DrawingEntry], body: Body, draft: Draft, scope: Scope
    ) -> None:
        self.entry, self.body, self.draft, self.scope = entry, body, draft, scope
        self.postures = draft.all("postures", models.PoseEntry)
        self.given: dict[str, Given] = {}

    def drawing(self) -> Drawing:
        """The drawing, with a problem for each name that is none."""
        model = self.entry.model
        if bool(model.words) == bool(model.poses):
            message = f"`{self.entry.id}` has either `poses` or `words`"
            self.scope.problems.add("bad-drawing", self.entry.place, message)
        known = ANCHORS[model.view]
        if model.poses and model.anchor not in known:
            what, place = "no anchor is called {}", self.entry.at("anchor")
            self.scope.unknown("bad-drawing", place, what, model.anchor, known)
            return Drawing(words=model.words or "not sound")
        poses = [*self._poses("poses", mistake=False), *self._poses("mistakes", mistake=True)]
        return self.entry.shaped(
            Drawing,
            anchor=tuple(model.anchor.split()),
            planted={side: _foot(foot) for side, foot in model.planted.items()},
            sled=shaped(shapes.Sled, model.sled) if model.sled else None,
            props=tuple(self._props()),
            work=(model.work,) if isinstance(model.work, str) else tuple(_words(model.work)),
            paths=tuple(self._paths()),
            poses=tuple(poses),
        )

    def _unknown(self, what: str, name: str, known: Mapping[str, object], *path: str | int) -> None:
        self.scope.unknown("bad-drawing", self.entry.at(*path), what, name, known)

    def _props(self) -> Iterator[shapes.PropUse]:
        props = self.draft.all("props", models.PropEntry)
        for index, use in enumerate(self.entry.model.props):
            name, sizes = (next(iter(use.items())) if isinstance(use, dict) else (use, {}))
            if name not in self.draft.declared("props"):
                self._unknown("no prop is called {}", str(name), props, "props", index)
            elif name in props:
                for size in sizes:
                    if size not in props[name].model.sizes:
                        what = f"`{name}` has no size called {{}}"
                        sizes_known = props[name].model.sizes
                        self._unknown(what, size, sizes_known, "props", index, name, size)
                yield shapes.PropUse(name, {**props[name].model.sizes, **sizes})

    def _paths(self) -> Iterator[shapes.Way]:
        for index, path in enumerate(self.entry.model.paths):
            for key, name in (("from", path.from_), ("to", path.to)):
                if name not in self.given:
                    self._unknown("no pose is called {}", name, self.given, "paths", index, key)
                    break
            else:
                yield shapes.Way(path.point, path.from_, path.to)

    def _poses(self, key: str, *, mistake: bool) -> Iterator[Pose]:
        """The poses under a key, each with what it takes from those before it."""
        for index, model in enumerate(getattr(self.entry.model, key)):
            given, path = _said(model), (key, index)
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
            return _said(self.postures[name].model)
        if name not in self.draft.declared("postures"):
            known = {**self.given, **self.postures}
            self._unknown("no pose or posture is called {}", name, known, *path, "of")
        return {}

    def _pose(self, given: Given, path: tuple[str | int, ...]) -> Pose:
        back = given.get("back", given.get("bend", 0))
        if isinstance(back, str) and back not in self.body.backs:
            self._unknown("no back is called {}", back, self.body.backs, *path, "back")
        sides = ("left", "right") if self.entry.model.view == FRONT else ("near", "far")
        arms = ((side, f"{side}_arm" if f"{side}_arm" in given else "arms") for side in sides)
        return Pose(
            name="",
            say=given.get("say", ""),
            shows=tuple((given.get("shows") or {}).items()),
            trunk=given.get("trunk", 0),
            back=self.body.backs.get(back, 0) if isinstance(back, str) else float(back),
            legs={side: Leg(**_truth(given[side])) for side in LEGS if side in given},
            heels={side: given[f"{side}_heel"] for side in LEGS if f"{side}_heel" in given},
            arms={side: self._arm(given.get(key, "side"), path, key) for side, key in arms},
            seated=given.get("seated") == "yes",
            ring=given.get("ring", ""),
        )

    def _arm(self, said: object, path: tuple[str | int, ...], key: str) -> Arm:
        named = self.body.arms[self.entry.model.view]
        if isinstance(said, str):
            if said not in named:
                self._unknown("no position of the arms is called {}", said, named, *path, key)
            return named.get(said, Arm())
        if isinstance(said, list):
            said = {"hand": said}
        node = self.entry.part(*path, key)
        at = self.entry.at(*path, key)
        if isinstance(node.value, dict):
            model = validated(models.ArmEntry, node, at, self.scope.problems)
        else:
            try:
                model = models.ArmEntry.model_validate(said)
            except ValueError:
                message = "this is no place of a hand"
                self.scope.problems.add("bad-drawing", at, message, "write two numbers")
                return Arm()
        return shaped_arm(model) if model else Arm()


def _foot(model: models.FootEntry) -> shapes.Foot:
    x, y = model.at if isinstance(model.at, list) else (model.at, 0)
    return shapes.Foot((x, y), model.heel, model.foot == "toes")


def _said(model: models.PoseEntry) -> Given:
    """What a pose says itself."""
    return model.model_dump(exclude_unset=True, exclude={"of", "name"})


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


def _words(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()
