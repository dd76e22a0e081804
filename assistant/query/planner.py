"""A Reading to a Plan, for one person: access first, then defaults, then requests. Nothing is answered here.

``shapes`` maps questions about figures, ``lookups`` those about the catalogue. Grants decide before anything is
fetched; a plan opens only the domains its figures are read from.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.catalogue import adhoc
from assistant.catalogue.catalogue import Catalogue
from assistant.clock import Clock
from assistant.query.drafts import Draft
from assistant.query.engine import QueryEngine
from assistant.query.headlines import Headlines
from assistant.query.lookups import Lookup, denied
from assistant.query.plan import Grants, Note, NotPlannable, Plan, PlanPart
from assistant.query.scope import Scope, Stop, combinations
from assistant.query.shapes import FIGURE_SHAPES, PLAIN
from assistant.types import Reading, Status, Threshold
from assistant.warehouse.store import Warehouse

ABOUT_INDICATORS = ("definition", "unit", "source", "coverage", "last_update")
WHOLE = ("report", "plans")
"""Shapes told as a whole, whatever shape each of their indicators has."""

AGAINST_PLAN = ("progress", "planned")

EVERY = "indicator"
"""Code of the group that asks for each indicator there is."""


def plan(
    reading: Reading,
    *,
    catalogue: Catalogue,
    warehouse: Warehouse,
    engine: QueryEngine,
    grants: Grants,
    clock: Clock,
) -> Plan | NotPlannable:
    """What to fetch for a reading, or why there is nothing to fetch.

    Where several indicators were asked for, those that cannot be planned stand in ``Plan.refused``.
    """
    if reading.unknown and not (reading.areas or reading.facilities or reading.agencies):
        return NotPlannable(status=Status.NOT_UNDERSTOOD, reason="unknown_name", text=reading.unknown[0].text)
    try:
        return _Planner(reading, catalogue, warehouse, engine, grants, clock).plan()
    except Stop as stop:
        return stop.refusal


class _Planner:
    def __init__(
        self,
        reading: Reading,
        catalogue: Catalogue,
        warehouse: Warehouse,
        engine: QueryEngine,
        grants: Grants,
        clock: Clock,
    ) -> None:
        self.reading = reading
        self.catalogue = catalogue
        self.warehouse = warehouse
        self.engine = engine
        self.grants = grants
        self.today = clock.today()
        self.lookup = Lookup(reading, catalogue, warehouse, grants)
        self.headlines = Headlines(reading, engine, grants, self.today)

    def plan(self) -> Plan | NotPlannable:
        intent = self.reading.intent
        indicators = tuple(dict.fromkeys(found.code for found in self.reading.indicators))
        if intent == "list" or (intent == "count" and not indicators):
            return self.lookup.listing(self.today)
        if intent in ABOUT_INDICATORS:
            return self._about(indicators)
        if intent == "report":
            indicators = indicators or self.headlines.leading()
        shape = "value" if intent == "count" else intent
        if not indicators and any(found.code == EVERY for found in self.reading.grouping):
            self.reading = self.reading.model_copy(update={"grouping": ()})
            indicators, shape = self.headlines.planned(), "plans"
        if self.reading.planned and indicators and all(self.catalogue.indicators[code].aim for code in indicators):
            self.reading = self.reading.model_copy(update={"planned": False, "comparison": None})
            shape = "value"
        if self.reading.planned and shape in PLAIN:
            shape = "planned"
        if shape not in FIGURE_SHAPES:
            return NotPlannable(status=Status.NOT_UNDERSTOOD, reason="unknown_shape")
        if not indicators:
            return NotPlannable(status=Status.CLARIFY, reason="no_indicator")
        if shape == "share" and len(indicators) == 2:
            together = self._share_of_two(indicators)
            if together is not None:
                return together
        return self._figures(shape, indicators)

    def _figures(self, shape: str, indicators: Sequence[str]) -> Plan | NotPlannable:
        parts: list[PlanPart] = []
        drafts: list[Draft] = []
        notes: list[Note] = []
        refused: list[NotPlannable] = []
        for code, members in (pair for each in indicators for pair in self._told_apart(each, shape)):
            try:
                scope = self._scope(code, shape, members)
                draft = FIGURE_SHAPES[shape](scope)
                self._note_standing(scope, draft)
            except Stop as stop:
                refused.append(stop.refusal)
                continue
            parts.append(draft.part(scope.indicator.code, scope.indicator.good))
            drafts.append(draft)
            notes += scope.notes
        if not drafts:
            return next((refusal for refusal in refused if refusal.status is Status.DENIED), refused[0])
        first = drafts[0]
        whole = shape in WHOLE
        return Plan(
            shape=shape if whole else first.shape,
            reading=self.reading,
            parts=tuple(parts),
            domains=self.engine.domains_read(request.indicator for part in parts for request in part.requests.values()),
            places=first.places,
            group=first.group,
            order=first.order,
            limit=first.limit,
            threshold=self._threshold(parts[0].indicator),
            comparison=self.reading.comparison,
            notes=tuple(dict.fromkeys(notes)),
            refused=() if shape == "plans" else tuple(refused),
        )

    def _threshold(self, indicator: str) -> Threshold | None:
        """The limit in the indicator's unit: "100 tỷ" is a hundred of what is told in billions."""
        limit = self.reading.threshold
        unit = 10 ** adhoc.power(self.catalogue.indicators[indicator].unit)
        if limit is None or unit == 1 or abs(limit.value) < unit:
            return limit
        return limit.model_copy(update={"value": limit.value / unit})

    def _note_standing(self, scope: Scope, draft: Draft) -> None:
        """Owns up to a denominator that is of another period than its numerator."""
        main = draft.requests["main"]
        taken = scope.timing(main.places[0]).standing(main.periods[-1])
        if taken is not None and scope.indicator.ratio is not None and main.kind == "actual":
            scope.notes.append(Note(kind="standing", indicator=scope.indicator.ratio.denominator, period=taken))

    def _share_of_two(self, indicators: Sequence[str]) -> Plan | None:
        """One indicator as a share of another of the same unit ("học sinh nữ trên tổng số trẻ"); None: not so."""
        roles = {found.role: found.code for found in self.reading.indicators}
        part, whole = roles.get("numerator", indicators[0]), roles.get("denominator", indicators[1])
        if self.catalogue.indicators[part].unit != self.catalogue.indicators[whole].unit:
            return None
        found = self._figures("value", (part, whole))
        if not isinstance(found, Plan) or len(found.parts) < 2:
            return None
        main, other = found.parts[0].requests["main"], found.parts[1].requests["main"]
        other = other.model_copy(update={"periods": main.periods})
        merged = PlanPart(indicator=found.parts[0].indicator, requests={"main": main, "whole": other})
        return found.model_copy(update={"shape": "share", "parts": (merged,)})

    def _told_apart(self, code: str, shape: str) -> list[tuple[str, list[tuple[str, str]]]]:
        """The indicator with its members; twice where some of them are another one's: "đàn heo với đàn gia cầm"."""
        members = [(item.code.partition(":")[0], item.code.partition(":")[2]) for item in self.reading.dimensions]
        moved = [pair for pair in members if ":".join(pair) in self.catalogue.indicators[code].elsewhere]
        own = [pair for pair in members if pair not in moved]
        one = len({name for name, _ in members}) == 1
        return [(code, own), (code, moved)] if shape == "value" and one and moved and own else [(code, members)]

    def _scope(self, code: str, shape: str, members: list[tuple[str, str]]) -> Scope:
        """One indicator with these members; the rate made of it where only that has a plan to be held against.

        Raises Stop (denied) where a domain is not granted."""
        elsewhere, adds = self.catalogue.indicators[code].elsewhere, self.catalogue.indicators[code].adds.dimensions
        own = [self.catalogue.facilities[found.code].dimensions.items() for found in self.reading.facilities]
        if own and not {item.code for item in self.reading.dimensions} & elsewhere.keys():
            # A nursery's children are counted by another indicator than a school's pupils, whichever is named.
            counted = {
                next((elsewhere[key] for name, member in items if (key := f"{name}:{member}") in elsewhere), code)
                for items in own
            }
            code = counted.pop() if len(counted) == 1 else code
        parts = {name for name, rule in adds.items() if shape == "share" and rule != "never"}  # stay with their whole
        moved = [pair for pair in members if f"{pair[0]}:{pair[1]}" in elsewhere and pair[0] not in parts]
        if moved and all(name != moved[0][0] or (name, member) in moved for name, member in members):
            code = elsewhere[f"{moved[0][0]}:{moved[0][1]}"]
            kept = self.catalogue.indicators[code].adds.dimensions
            members = [pair for pair in members if pair not in moved or pair[0] in kept]
        if self.reading.per is not None:
            code = adhoc.code_of(self.catalogue.indicators, code, self.reading.per.code, self.reading.scale)
        if shape in AGAINST_PLAN:
            code = self._with_plan(code)
        self._require_domains(code)
        return Scope(
            reading=self.reading,
            indicator=self.catalogue.indicators[code],
            engine=self.engine,
            grants=self.grants,
            today=self.today,
            members=combinations(members),
        )

    def _with_plan(self, code: str) -> str:
        """The indicator, or where it has no plan the one rate made of it that has ("hồ sơ trực tuyến … so với mục tiêu")."""
        if self._is_planned(code):
            return code
        rates = [
            entry.code
            for entry in self.catalogue.indicators.values()
            if entry.ratio is not None and entry.ratio.part and entry.ratio.numerator == code
        ]
        found = [rate for rate in rates if self._is_planned(rate)]
        return found[0] if len(found) == 1 else code

    def _is_planned(self, code: str) -> bool:
        return any(row.kind == "plan" for row in self.warehouse.coverage(code))

    def _require_domains(self, code: str) -> None:
        missing = self.grants.missing(sorted(self.catalogue.domains_of(code)))
        if missing:
            raise Stop(denied(missing, code))

    def _about(self, indicators: Sequence[str]) -> Plan:
        if not indicators:
            if self.reading.intent in ("coverage", "last_update"):
                return self.lookup.about_domains()
            raise Stop(NotPlannable(status=Status.CLARIFY, reason="no_indicator"))
        allowed: list[str] = []
        refused: list[NotPlannable] = []
        for code in indicators:
            try:
                self._require_domains(code)
                allowed.append(code)
            except Stop as stop:
                refused.append(stop.refusal)
        if not allowed:
            raise Stop(refused[0])
        return self.lookup.about_indicators(allowed).model_copy(update={"refused": tuple(refused)})
