"""Which indicators a report tells, and which have a plan to be held against: those that this person may see there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain, zip_longest

from assistant.catalogue.models import Indicator
from assistant.query.engine import QueryEngine
from assistant.query.lookups import denied
from assistant.query.plan import Grants
from assistant.query.scope import Stop, has_data
from assistant.query.timing import Timing
from assistant.types import Reading

MOST = 6
"""How many indicators a report has."""

LEADING_PLANS = 2
"""Plans told of each domain where none is named."""


class Headlines:
    """Chooses indicators for one reading and one person."""

    def __init__(self, reading: Reading, engine: QueryEngine, grants: Grants, today: date) -> None:
        self.reading = reading
        self.engine = engine
        self.catalogue = engine.catalogue
        self.grants = grants
        self.today = today
        self.place = next((found.code for found in reading.places), None)

    def leading(self) -> tuple[str, ...]:
        """The leading indicators of the domains named, or one by one of every domain granted; those with figures for the
        place and the period named. Raises Stop where nothing is granted."""
        domains = self._domains()
        by_domain = [[entry.code for entry in self._entries(domain) if self._fits(entry)] for domain in domains]
        in_turn = chain.from_iterable(zip_longest(*by_domain))
        codes = tuple(code for code in in_turn if code is not None)[:MOST]
        return tuple(sorted(codes, key=lambda code: domains.index(self.catalogue.indicators[code].domain)))

    def planned(self) -> tuple[str, ...]:
        """The indicators of the domains named that have a plan; of all domains those that lead each. Raises Stop where
        nothing is granted."""
        domains = self._domains()
        by_domain = [
            [entry.code for entry in self._entries(domain) if entry.has_plan and self._fits(entry)]
            for domain in domains
        ]
        if not self.reading.domains:
            by_domain = [codes[:LEADING_PLANS] for codes in by_domain]
        return tuple(chain.from_iterable(by_domain))

    def _domains(self) -> tuple[str, ...]:
        named = self.reading.domains
        if named:
            missing = self.grants.missing(named)
            if len(missing) == len(named):
                raise Stop(denied(missing))
            return tuple(domain for domain in named if domain not in missing)
        every = tuple(self.catalogue.domains)
        granted = tuple(domain for domain in every if domain not in self.grants.missing(every))
        there = tuple(
            domain for domain in granted if self.place is None or self.grants.covers(domain, self.place, self.catalogue)
        )
        if not there:
            raise Stop(denied(granted, place=self.place or "") if granted else denied(()))
        return there

    def _entries(self, domain: str) -> Iterator[Indicator]:
        """What leads a domain, then the rest: what the sample province keeps before what only real tables have."""
        chosen = self.catalogue.domains[domain].headlines
        yield from (self.catalogue.indicators[code] for code in chosen)
        rest = [e for e in self.catalogue.indicators.values() if e.domain == domain and e.code not in chosen]
        yield from sorted(rest, key=lambda entry: entry.kept is None)

    def _fits(self, entry: Indicator) -> bool:
        """Whether the indicator is granted, kept for such a place, and has figures in a period named."""
        if self.grants.missing(sorted(self.catalogue.domains_of(entry.code))):
            return False
        if not has_data(self.engine.warehouse, self.catalogue, entry.code):
            return False
        place = self.place or self.catalogue.province.code
        if not self.engine.stored.serves(entry.code, place):
            return False
        named = [found.period for found in self.reading.periods if found.period is not None]
        timing = Timing(self.engine, entry, self.catalogue.place_kind(place), (), self.today)
        return all(timing.has(period) for period in named)
