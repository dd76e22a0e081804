"""Who a person is to the assistant, and what they may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from assistant.catalogue.loader import Catalogue

Role = Literal["leader", "officer", "admin"]
ROLES: tuple[Role, ...] = ("leader", "officer", "admin")


@dataclass(frozen=True)
class Grants:
    """What may be seen: domain code to area codes, None for the whole province."""

    domains: Mapping[str, frozenset[str] | None] = field(default_factory=dict)

    def missing(self, domains: Iterable[str]) -> tuple[str, ...]:
        """Those of ``domains`` that are not granted at all, in the order given."""
        return tuple(domain for domain in domains if domain not in self.domains)

    def covers(self, domain: str, place: str, catalogue: Catalogue) -> bool:
        """Whether figures of this domain may be seen for this place: it or an area around it is granted."""
        if domain not in self.domains:
            return False
        areas = self.domains[domain]
        return areas is None or not areas.isdisjoint((place, *catalogue.ancestors(place)))

    def allows(self, indicator: str, place: str, catalogue: Catalogue) -> bool:
        """Whether this indicator may be seen for this place: every domain its parts come from covers the place."""
        return all(self.covers(domain, place, catalogue) for domain in catalogue.domains_of(indicator))


@dataclass(frozen=True)
class Account:
    """A person who may log in."""

    username: str
    full_name: str
    role: Role
    address: str = "đồng chí"
    """Form of address ("anh", "chị", "đồng chí")."""
    grants: Grants = field(default_factory=Grants)
    active: bool = True
    demo: bool = False
    """Made for the sample province; its password is printed at set-up."""

    @property
    def is_admin(self) -> bool:
        return self.role == "admin"
