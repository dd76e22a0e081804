"""The work on one request: each cell from one cuboid, added up by the catalogue's rules and never over a gap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.calendar import since_january
from assistant.catalogue.models import Indicator
from assistant.query.compile import Block, Slice
from assistant.query.lifetimes import span_of
from assistant.query.navigator import (
    Cuboid,
    Picks,
    candidates,
    districts_without_communes,
    finest,
    pick,
    reaches,
    shared,
    standing,
)
from assistant.query.request import Cell, Dims, Missing, MissingReason, Request, dims_key
from assistant.query.session import Key, Session, Value
from assistant.types import Figure, FigureKind, Grain, Period, PlaceKind
from assistant.warehouse.store import Coverage, Warehouse

Outcome = Figure | Missing


@dataclass(frozen=True, slots=True)
class Want:
    """A cell with what it means once the indicator's default members are filled in."""

    cell: Cell
    dims: Dims


class Resolver:
    """The work on one request."""

    def __init__(self, session: Session, warehouse: Warehouse, opened: frozenset[str], request: Request) -> None:
        """``opened``: the domains the session may read."""
        self.session = session
        self.warehouse = warehouse
        self.catalogue = warehouse.catalogue
        self.opened = opened
        self.request = request
        self.indicator: Indicator = self.catalogue.indicators[request.indicator]
        self.kind: FigureKind = request.kind
        self.stored: tuple[Coverage, ...] = ()
        if self.indicator.domain in opened:
            self.stored = tuple(row for row in warehouse.coverage(request.indicator) if row.kind == request.kind)
        self.outcomes: dict[Cell, Outcome] = {}

    def run(self) -> dict[Cell, Outcome]:
        """All cells, in the request's order."""
        groups: dict[tuple[PlaceKind, tuple[str, ...]], list[Want]] = {}
        cells = list(self.request.cells())
        for cell in cells:
            dims = dims_key({**self.indicator.default_dimensions, **dict(cell.dims)})
            names = tuple(name for name, _ in dims)
            groups.setdefault((self.catalogue.place_kind(cell.place), names), []).append(Want(cell, dims))
        for (target, names), wants in groups.items():
            self._stored(target, names, wants)
        if self.indicator.ratio is not None:
            self._computed([cell for cell in cells if not isinstance(self.outcomes[cell], Figure)])
        return {cell: self.outcomes[cell] for cell in cells}

    def _stored(self, target: PlaceKind, names: tuple[str, ...], wants: list[Want]) -> None:
        """Answer cells of one kind of place and breakdown, each from the nearest cuboid its place is kept in."""
        cuboids = self._cuboids(target, names)
        for want in wants:
            self.outcomes[want.cell] = self._unreachable(want.cell, target)
        for cuboid in cuboids:
            self._from_cuboid(cuboid, wants)
            wants = [want for want in wants if _not_kept(self.outcomes[want.cell])]
            if not wants:
                break

    def _cuboids(self, target: PlaceKind, names: tuple[str, ...]) -> list[Cuboid]:
        leaves = districts_without_communes(self.catalogue)
        cuboids = candidates(self.indicator, self.stored, target, names, leaves)
        if target == "province" and leaves and {"district", "commune"} <= {cuboid.place_kind for cuboid in cuboids}:
            # Districts that are kept only because they have no communes are no level to add up from.
            return [cuboid for cuboid in cuboids if cuboid.place_kind != "district" or not self._only(cuboid, leaves)]
        return cuboids

    def _only(self, cuboid: Cuboid, places: tuple[str, ...]) -> bool:
        return all(self.session.lifetimes(self._block(cuboid, grain)).places <= set(places) for grain in cuboid.grains)

    def _from_cuboid(self, cuboid: Cuboid, wants: list[Want]) -> None:
        for want in wants:
            self.outcomes[want.cell] = self._missing(want.cell, "no_grain", grain=cuboid.grains[-1])
        for grain in cuboid.grains:
            picked: dict[Want, Picks] = {}
            for want in wants:
                if not isinstance(self.outcomes[want.cell], Figure):
                    picks = pick(self.indicator, want.cell.period, grain)
                    if picks is not None:
                        picked[want] = picks
            if picked:
                self._read(cuboid, grain, picked)

    def _read(self, cuboid: Cuboid, grain: Grain, picked: dict[Want, Picks]) -> None:
        block = self._block(cuboid, grain)
        lifetimes = None if cuboid.exact else self.session.lifetimes(block)
        if lifetimes is not None and not lifetimes.complete_dimensions(cuboid.rolled):
            for want in picked:
                self.outcomes[want.cell] = self._missing(want.cell, "no_breakdown")
            return
        places = tuple(sorted({want.cell.place for want in picked}))
        values = self.session.values(block, self._slice(cuboid, places, picked))
        for want, picks in picked.items():
            outcome = self._outcome(cuboid, block, want, picks, values)
            before = self.outcomes.get(want.cell)
            if isinstance(before, Missing) and before.reason == "incomplete" and isinstance(outcome, Missing):
                continue
            self.outcomes[want.cell] = outcome

    def _outcome(self, cuboid: Cuboid, block: Block, want: Want, picks: Picks, values: dict[Key, Value]) -> Outcome:
        found: list[Value] = []
        absent: list[Period] = []
        for period in picks.periods:
            value = values.get((want.cell.place, want.dims, period.end))
            if value is None:
                absent.append(period)
                continue
            if not cuboid.exact:
                short = self._short(cuboid, block, want, period, value)
                if short:
                    return self._missing(want.cell, "incomplete", absent=short, absent_periods=(period,))
            found.append(value)
        if absent and found:
            return self._missing(want.cell, "incomplete", absent_periods=tuple(absent))
        if absent:
            return self._absent(cuboid, block, want)
        return self._figure(want, _over_time(picks, found), found)

    def _short(self, cuboid: Cuboid, block: Block, want: Want, period: Period, value: Value) -> tuple[str, ...]:
        """Places that should be in the value and are not."""
        lifetimes = self.session.lifetimes(block)
        entries = lifetimes.under(want.cell.place, cuboid, want.dims)
        expected = lifetimes.expected(entries, period, cuboid.place_kind)
        if len(expected) <= value.rows:
            return ()
        everything = self._block(cuboid, block.grain)._replace(kept=(*block.kept, *block.rolled), rolled=())
        members = tuple(
            tuple(sorted({member for entry in expected for name, member in entry.dims if name == kept}))
            for kept in everything.kept
        )
        children = tuple(sorted({entry.place for entry in expected}))
        there = self.session.values(everything, Slice("place", children, members, period.end, period.end, "sum", "sum"))
        reported = {(place, tuple(sorted(dims))) for place, dims, _ in there}
        absent = {entry.place for entry in expected if (entry.place, entry.dims) not in reported}
        return tuple(sorted(absent))

    def _absent(self, cuboid: Cuboid, block: Block, want: Want) -> Missing:
        """Nothing is stored for the whole period: because of the place, the members or the period."""
        lifetimes = self.session.lifetimes(block)
        span = span_of(lifetimes.under(want.cell.place, cuboid, want.dims))
        if span is None:
            known = lifetimes.under(want.cell.place, cuboid, ())
            reason: MissingReason = "no_breakdown" if known else "no_place"
            return self._missing(want.cell, reason, place_kind=None if known else finest(self.stored))
        period = want.cell.period
        there = any(self.catalogue.exists(want.cell.place, day) for day in (period.start, period.end))
        return self._missing(want.cell, "no_period" if there else "no_place", span=span)

    def _unreachable(self, cell: Cell, target: PlaceKind) -> Missing:
        """No cuboid serves this kind of place and breakdown."""
        if not self.stored:
            return self._missing(cell, "no_period")
        if not reaches(self.stored, target):
            return self._missing(cell, "no_place", place_kind=finest(self.stored))
        return self._missing(cell, "no_breakdown")

    def _computed(self, cells: list[Cell]) -> None:
        """Ratios from their parts, each added up first."""
        ratio = self.indicator.ratio
        assert ratio is not None
        asked: dict[tuple[str, Dims], list[Cell]] = {}
        for cell in cells:
            asked.setdefault((cell.place, cell.dims), []).append(cell)
        if not asked:
            return
        request = Request(
            indicator=ratio.numerator,
            places=tuple(dict.fromkeys(cell.place for cell in cells)),
            dimensions=tuple(dict(dims) for dims in dict.fromkeys(cell.dims for cell in cells)),
            periods=tuple(dict.fromkeys(cell.period for cell in cells)),
            kind=self.kind,
        )
        above = Resolver(self.session, self.warehouse, self.opened, request).run()
        below_of = self._below(cells)
        below_request = Request(
            indicator=ratio.denominator,
            places=request.places,
            dimensions=tuple(dict(dims) for dims in dict.fromkeys(cell.dims for cell in below_of.values())),
            periods=tuple(dict.fromkeys(cell.period for cell in below_of.values())),
            kind=self.kind,
        )
        below = Resolver(self.session, self.warehouse, self.opened, below_request).run()
        for cell in cells:
            numerator, denominator = above[cell], below[below_of[cell]]
            if isinstance(numerator, Missing):
                self.outcomes[cell] = numerator
            elif isinstance(denominator, Missing):
                self.outcomes[cell] = denominator
            elif denominator.value == 0:
                self.outcomes[cell] = self._missing(cell, "undefined")
            else:
                self.outcomes[cell] = self._quotient(numerator, denominator, ratio.scale)

    def _below(self, cells: list[Cell]) -> dict[Cell, Cell]:
        """The denominator's cell to each cell of a ratio."""
        ratio = self.indicator.ratio
        assert ratio is not None
        if not ratio.standing:
            return {cell: cell for cell in cells}
        denominator = self.catalogue.indicators[ratio.denominator]
        stored = [row for row in self.warehouse.coverage(ratio.denominator) if row.kind == self.kind]
        return {
            cell: Cell(
                cell.place,
                tuple((name, member) for name, member in cell.dims if shared((name,), denominator)),
                standing(stored, cell.period),
            )
            for cell in cells
        }

    def _quotient(self, numerator: Figure, denominator: Figure, scale: float) -> Figure:
        parts = (numerator, denominator)
        return numerator.model_copy(
            update={
                "indicator": self.indicator.code,
                "value": scale * numerator.value / denominator.value,
                "unit": self.indicator.unit,
                "as_of": max(part.as_of for part in parts),
                "source": "; ".join(dict.fromkeys(part.source for part in parts)),
                "snapshot": ", ".join(dict.fromkeys(part.snapshot for part in parts)),
                "preliminary": any(part.preliminary for part in parts),
                "illustrative": any(part.illustrative for part in parts),
            }
        )

    def _figure(self, want: Want, value: float, made_of: list[Value]) -> Figure:
        snapshot, illustrative = self.session.snapshot(self.indicator.domain)
        period = want.cell.period
        if self.indicator.measure == "cumulative":
            period = since_january(period)
        return Figure(
            indicator=self.indicator.code,
            place=want.cell.place,
            place_kind=self.catalogue.place_kind(want.cell.place),
            dimensions=dict(want.dims),
            period=period,
            kind=self.kind,
            value=value,
            unit=self.indicator.unit,
            as_of=max(part.as_of for part in made_of),
            source="; ".join(dict.fromkeys(part.source for part in made_of)),
            snapshot=snapshot,
            preliminary=any(part.preliminary for part in made_of),
            illustrative=illustrative,
        )

    def _missing(
        self,
        cell: Cell,
        reason: MissingReason,
        *,
        span: tuple[date, date] | None = None,
        grain: Grain | None = None,
        place_kind: PlaceKind | None = None,
        absent: tuple[str, ...] = (),
        absent_periods: tuple[Period, ...] = (),
    ) -> Missing:
        return Missing(
            reason=reason,
            place=cell.place,
            dimensions=dict(cell.dims),
            period=cell.period,
            indicator=self.indicator.code,
            available_from=span[0] if span else None,
            available_to=span[1] if span else None,
            grain=grain,
            place_kind=place_kind,
            absent=absent,
            absent_periods=absent_periods,
        )

    def _block(self, cuboid: Cuboid, grain: Grain) -> Block:
        columns = tuple(self.catalogue.dimensions)
        domain, code = self.indicator.domain, self.indicator.code
        return Block(
            domain, columns, code, self.kind, cuboid.place_kind, cuboid.kept, cuboid.rolled, grain, cuboid.leaves
        )

    def _slice(self, cuboid: Cuboid, places: tuple[str, ...], picked: dict[Want, Picks]) -> Slice:
        members = tuple(
            tuple(sorted({member for want in picked for name, member in want.dims if name == kept}))
            for kept in cuboid.kept
        )
        days = [period.end for picks in picked.values() for period in picks.periods]
        level = "place" if cuboid.place_kind == cuboid.target else cuboid.target
        return Slice(level, places, members, min(days), max(days), cuboid.inner, cuboid.outer)


def _not_kept(outcome: Outcome) -> bool:
    """Whether a cuboid knows nothing of the cell's place at all, so that another one may be asked."""
    return isinstance(outcome, Missing) and outcome.reason == "no_place" and outcome.available_to is None


def _over_time(picks: Picks, values: list[Value]) -> float:
    """One value from the values of the picked periods, in their order."""
    numbers = [value.value for value in values]
    if picks.rule == "last":
        return numbers[-1]
    return sum(numbers) / len(numbers) if picks.rule == "mean" else sum(numbers)
