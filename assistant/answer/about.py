"""Sentences about the catalogue and the data themselves: lists, counts, definitions, units, sources, coverage, updates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.answer.measure import Measure
from assistant.answer.scene import Scene
from assistant.answer.words import listing, words
from assistant.clock import ZONE
from assistant.query.plan import Availability, Plan, Update

NAMED = 5
"""Names a list's sentence carries; the table has the rest."""


def listed(plan: Plan, scene: Scene) -> list[str]:
    """What there is of a kind in a place, by name."""
    if plan.listed_kind == "indicator":
        return indicators(plan, scene)
    w, names = words(), [name_of(plan, code, scene) for code in plan.listed]
    values = {"place": _place(plan, scene), "kind": kind_of(plan, scene), "count": len(names)}
    if not names:
        return [w("list.none", **values)]
    if len(names) <= NAMED and not (scene.spoken and len(names) > 3):
        return [w("list.all", **values, names=listing(names))]
    return [w("list.some", **values, names=", ".join(names[:3]))]


def counted(plan: Plan, scene: Scene) -> list[str]:
    """How many there are of a kind in a place."""
    if plan.listed_kind == "indicator":
        return indicators(plan, scene)
    key = "count.some" if plan.listed else "list.none"
    return [words()(key, place=_place(plan, scene), kind=kind_of(plan, scene), count=len(plan.listed))]


def definition(plan: Plan, scene: Scene) -> list[str]:
    """What each indicator means."""
    found = []
    for part in plan.parts:
        measure = scene.measure(part.indicator)
        text = measure.indicator.definition.rstrip(". ")
        if text.lower().startswith(measure.name.lower()):
            found.append(text)
        else:
            found.append(words()("definition", name=measure.name, definition=text[:1].lower() + text[1:]))
    return found


def unit(plan: Plan, scene: Scene) -> list[str]:
    """What each indicator is counted in."""
    measures = [scene.measure(part.indicator) for part in plan.parts]
    return [words()("unit", name=measure.name, unit=measure.unit.full) for measure in measures]


def source(plan: Plan, scene: Scene) -> list[str]:
    """Who answers for each indicator, and in which table it stands."""
    return [
        words()("source_of", name=measure.name, owner=owner(measure, scene), table=measure.indicator.source)
        for measure in (scene.measure(part.indicator) for part in plan.parts)
    ]


def coverage(plan: Plan, scene: Scene) -> list[str]:
    """From when to when, for which places and how often there are figures."""
    w, found = words(), []
    for part in plan.parts:
        codes = (part.indicator, *scene.catalogue.parts(part.indicator))
        stored = [each for each in plan.coverage if each.indicator in codes and each.kind == "actual"]
        measure = scene.measure(part.indicator)
        if not stored:
            found.append(w("coverage.none", name=measure.name))
            continue
        first = max(min(each.first for each in rows) for rows in _by_indicator(stored))
        last = min(max(each.last for each in rows) for rows in _by_indicator(stored))
        found.append(
            w(
                "coverage.some",
                name=measure.name,
                first=f"{first:%d/%m/%Y}",
                last=f"{last:%d/%m/%Y}",
                grains=listing(_unique(w(f"every.{each.grain}") for each in stored)),
                places=listing(_unique(place_kind(each, scene) for each in stored)),
            )
        )
    return found or indicators(plan, scene)


def indicators(plan: Plan, scene: Scene) -> list[str]:
    """How many indicators a domain has figures for, and the first of them."""
    w, names = words(), [scene.measure(code).name for code in plan.listed]
    domains = _unique(scene.catalogue.domains[update.domain].name for update in plan.updates)
    if not names:
        return [w("coverage.nothing", domains=listing(domains))] if domains else []
    some = ", ".join(names[: 3 if scene.spoken else NAMED])
    return [w("coverage.domain", domains=listing(domains), count=len(names), names=some)]


def updates(plan: Plan, scene: Scene) -> list[str]:
    """Up to when figures reach, and when they were loaded."""
    found = []
    for update in plan.updates:
        loaded = update.loaded_at.astimezone(ZONE)
        values = {"time": f"{loaded:%H:%M}", "day": f"{loaded:%d/%m/%Y}", "what": what(update, scene)}
        if update.latest:
            found.append(words()("update.latest", **values, period=scene.period(update.latest)))
        else:
            found.append(words()("update.loaded", **values))
    return found[:2] if scene.spoken else found[:3]


def what(update: Update, scene: Scene) -> str:
    """The indicator or domain an update is about."""
    if update.indicator:
        return scene.measure(update.indicator).name
    return words()("update.domain", name=scene.catalogue.domains[update.domain].name)


def name_of(plan: Plan, code: str, scene: Scene) -> str:
    """What a listed code is called."""
    return scene.measure(code).name if plan.listed_kind == "indicator" else scene.place(code)


def kind_of(plan: Plan, scene: Scene) -> str:
    """What is listed, narrowed by the members asked for: "trường học (THPT)"."""
    kind = words()("groups.indicator") if plan.listed_kind == "indicator" else scene.group(plan.listed_kind)
    names = []
    for found in plan.reading.dimensions:
        dimension, _, member = found.code.partition(":")
        if dimension in scene.catalogue.dimensions:
            members = {each.code: each.name for each in scene.catalogue.dimensions[dimension].members}
            names.append(members.get(member, member))
    return f"{kind} {' '.join(names)}" if names else kind


def owner(measure: Measure, scene: Scene) -> str:
    """The agency that answers for an indicator."""
    code = measure.indicator.owner
    return scene.place(code) if code in scene.catalogue.agencies else code


def place_kind(each: Availability, scene: Scene) -> str:
    """ "cấp tỉnh", "từng xã, phường", "từng trường học"."""
    if each.facility_kind:
        return words()("levels.facility", kind=scene.group(f"facility:{each.facility_kind}"))
    return words()(f"levels.{each.place_kind}", kind=words()("column.facility").lower())


def _place(plan: Plan, scene: Scene) -> str:
    return listing([scene.place(code) for code in plan.places] or [scene.place(scene.catalogue.province.code)])


def _by_indicator(stored: Sequence[Availability]) -> list[list[Availability]]:
    """Rows of each part: a computed figure exists only while all of its parts do."""
    return [[row for row in stored if row.indicator == code] for code in _unique(row.indicator for row in stored)]


def _unique(items: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(items))


def availability_rows(plan: Plan, scene: Scene) -> Sequence[tuple[str, str, str, str, str]]:
    """Rows of the table: indicator, places, how often, from, to."""
    w = words()
    rows = [
        (
            scene.measure(each.indicator).heading(),
            place_kind(each, scene),
            w(f"every.{each.grain}"),
            f"{each.first:%d/%m/%Y}",
            f"{each.last:%d/%m/%Y}",
        )
        for each in plan.coverage
        if each.kind == "actual"
    ]
    return list(dict.fromkeys(rows))
