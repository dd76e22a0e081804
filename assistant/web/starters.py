"""Questions to begin with, only such as this person may ask."""

from __future__ import annotations

from assistant.access import Account
from assistant.catalogue.catalogue import Catalogue
from assistant.wordings import load

MOST = 4


def starters(account: Account, catalogue: Catalogue) -> tuple[str, ...]:
    """Up to ``MOST`` questions over the granted domains, each about a place the grant covers."""
    table = load("web").entries["starters"]
    columns: list[list[str]] = []
    for domain, areas in account.grants.domains.items():
        place = catalogue.province.code if areas is None else min(areas, default=None)
        if domain in table and place is not None:
            texts = [text.format(place=catalogue.place_name(place)) for text in table[domain]]
            columns.append([text[:1].upper() + text[1:] for text in texts])
    depth = max(map(len, columns), default=0)
    return tuple(column[row] for row in range(depth) for column in columns if row < len(column))[:MOST]
