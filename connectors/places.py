"""Which area of the catalogue a table means by a name."""

from __future__ import annotations

from collections import defaultdict

from assistant.catalogue.loader import Catalogue
from assistant.catalogue.models import Area
from assistant.language.text import normalise
from connectors.description import Place


class Places:
    """The areas a description may mean, by every name they have."""

    def __init__(self, place: Place, catalogue: Catalogue) -> None:
        self._place = place
        self._catalogue = catalogue
        self._named: dict[str, list[Area]] = defaultdict(list)
        self._known: dict[tuple[tuple[str, ...], tuple[str, ...]], str] = {}
        for area in catalogue.areas.values():
            if area.kind in place.kinds and self._may_be_meant(area):
                for text in {normalise(name, marked=True) for name in (area.name, area.short, *area.synonyms)}:
                    self._named[text].append(area)

    def find(self, words: tuple[str, ...], within: tuple[str, ...] = ()) -> str:
        """Code of the area; empty where none or several are meant.

        ``words`` are read as one name ("Huyện", "Châu Đức"), and where no area has it by the last of them alone: a
        commune may have become a town. ``within`` is the name of an area around it.
        """
        if self._place.area:
            return self._place.area if " ".join(words) == self._place.value else ""
        key = (words, within)
        if key not in self._known:
            self._known[key] = self._find(words, within)
        return self._known[key]

    def _find(self, words: tuple[str, ...], within: tuple[str, ...]) -> str:
        whole = " ".join(words)
        if whole in self._place.names:
            return self._place.names[whole]
        around = normalise(" ".join(within), marked=True)
        for text in (whole, words[-1]):
            found = [area for area in self._named.get(normalise(text, marked=True), ()) if self._is_in(area, around)]
            if len(found) == 1:
                return found[0].code
        return ""

    def _is_in(self, area: Area, around: str) -> bool:
        names = [self._catalogue.area(code) for code in self._catalogue.ancestors(area.code, self._place.day)]
        return not around or around in {
            normalise(text, marked=True) for each in names for text in (each.name, each.short)
        }

    def _may_be_meant(self, area: Area) -> bool:
        place, catalogue = self._place, self._catalogue
        if place.within and place.within not in catalogue.ancestors(area.code, place.day):
            return False
        return place.day is None or catalogue.exists(area.code, place.day)
