"""The engine: requests and plans to figures, on connections to exactly the domains they need."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date

from assistant.calendar import holding
from assistant.catalogue.catalogue import Catalogue
from assistant.query.plan import PartResult, Plan, Result, Role
from assistant.query.request import Cell, Missing, Request
from assistant.query.resolver import Outcome, Resolver
from assistant.query.results import part_result
from assistant.query.session import LifetimeCache, Session
from assistant.query.stored import Stored
from assistant.types import Figure, Period
from assistant.warehouse.store import Warehouse

REMEMBERED = 4096
"""Latest periods that are kept, each of some places of one indicator in one snapshot."""


class QueryEngine:
    """Reads figures from the current snapshots. Keeps only what a second copy can read anew."""

    def __init__(self, warehouse: Warehouse, catalogue: Catalogue) -> None:
        self.warehouse = warehouse
        self.catalogue = catalogue
        self.stored = Stored(warehouse, catalogue)
        self._cache = LifetimeCache()
        self._latest: OrderedDict[Hashable, Period | None] = OrderedDict()
        self._lock = threading.Lock()

    def snapshots(self, indicator: str) -> tuple[str, ...]:
        """Identifiers of the snapshots that figures of an indicator are read from now."""
        current = (self.warehouse.current(domain) for domain in sorted(self.domains_read((indicator,))))
        return tuple(info.id if info is not None else "" for info in current)

    def remembered(self, key: Hashable, find: Callable[[], Period | None]) -> Period | None:
        """What was found before under a key that names its snapshots, else what ``find`` finds; the oldest go first."""
        with self._lock:
            if key in self._latest:
                self._latest.move_to_end(key)
                return self._latest[key]
        found = find()
        with self._lock:
            self._latest[key] = found
            while len(self._latest) > REMEMBERED:
                self._latest.popitem(last=False)
        return found

    def warm_up(self) -> None:
        """Compile and run one query per loaded domain, so that the first person does not wait for Ibis to start."""
        year = holding("year", date(2000, 1, 1))
        firsts: dict[str, str] = {}
        for code, entry in self.catalogue.indicators.items():
            if self.warehouse.coverage(code):
                firsts.setdefault(entry.domain, code)
        places = (self.catalogue.province.code,)
        self.fetch_many([Request(indicator=code, places=places, periods=(year,)) for code in firsts.values()])

    def fetch(self, request: Request) -> dict[Cell, Figure]:
        """The figures of a request; cells without one are left out (``explain`` says why).

        Raises KeyError for codes that are not in the catalogue.
        """
        return self.fetch_many((request,))[0]

    def fetch_many(self, requests: Sequence[Request]) -> list[dict[Cell, Figure]]:
        """The figures of several requests, all from the same snapshots."""
        return [
            {cell: outcome for cell, outcome in outcomes.items() if isinstance(outcome, Figure)}
            for outcomes in self.resolve(requests)
        ]

    def explain(self, request: Request, cell: Cell) -> Missing:
        """Why a cell of a request has no figure.

        Raises ValueError where it has one.
        """
        only = Request(
            indicator=request.indicator,
            places=(cell.place,),
            dimensions=(dict(cell.dims),),
            periods=(cell.period,),
            kind=request.kind,
        )
        outcome = self.resolve((only,))[0][cell]
        if isinstance(outcome, Figure):
            raise ValueError("the cell is not empty")
        return outcome

    def domains_read(self, indicators: Iterable[str]) -> frozenset[str]:
        """Domains that figures of these indicators are read from, public components included."""
        parts = {part for code in indicators for part in (code, *self.catalogue.parts(code))}
        return frozenset(self.catalogue.indicators[part].domain for part in parts)

    def resolve(self, requests: Sequence[Request], domains: frozenset[str] | None = None) -> list[dict[Cell, Outcome]]:
        """Every cell of every request with its figure or the reason why there is none.

        ``domains`` limits what is opened; by default all that the requests need. Domains without a snapshot are
        left out, their cells are missing.
        """
        needed = self.domains_read(request.indicator for request in requests)
        opened = frozenset(
            domain
            for domain in (needed if domains is None else needed & domains)
            if self.warehouse.current(domain) is not None
        )
        with self.warehouse.connection(opened) as cursor:
            session = Session(cursor, self.catalogue, self._cache)
            found = [Resolver(session, self.warehouse, opened, request).run() for request in together(requests)]
        by_block = dict(zip(map(_block, together(requests)), found, strict=True))
        return [{cell: by_block[_block(request)][cell] for cell in request.cells()} for request in requests]

    def run(self, plan: Plan) -> Result:
        """The figures of a plan and what follows from them; opens only the plan's domains."""
        asked = [
            (index, role, request) for index, part in enumerate(plan.parts) for role, request in part.requests.items()
        ]
        if not asked:
            return Result(plan=plan, parts=tuple(PartResult(indicator=part.indicator) for part in plan.parts))
        outcomes = self.resolve([request for _, _, request in asked], plan.domains)
        by_part: list[dict[Role, dict[Cell, Outcome]]] = [{} for _ in plan.parts]
        for (index, role, _), found in zip(asked, outcomes, strict=True):
            by_part[index][role] = found
        return Result(
            plan=plan,
            parts=tuple(part_result(plan, part, by_part[index]) for index, part in enumerate(plan.parts)),
        )


def together(requests: Sequence[Request]) -> list[Request]:
    """Requests that differ in their periods only, as one: a figure and the one it is held against are read at once."""
    periods: dict[Hashable, list[Period]] = {}
    first: dict[Hashable, Request] = {}
    for request in requests:
        first.setdefault(_block(request), request)
        periods.setdefault(_block(request), []).extend(request.periods)
    return [
        request.model_copy(update={"periods": tuple(dict.fromkeys(periods[block]))}) for block, request in first.items()
    ]


def _block(request: Request) -> Hashable:
    """What a request asks for, its periods aside."""
    members = tuple(tuple(sorted(combination.items())) for combination in request.dimensions)
    return request.indicator, request.places, members, request.kind
