"""What kind of amount is asked for ("mấy tấn", "bao nhiêu hộ"), and which indicators are told in it.

The lists are ``data/rules/units.yml``.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from assistant.errors import ConfigurationError
from assistant.language.text import fold, has_marks, normalise
from assistant.understanding.cues import Cues
from assistant.yaml_files import read_yaml

FILE = Path(__file__).resolve().parents[2] / "data" / "rules" / "units.yml"

SCALES = frozenset(["nghìn", "ngàn", "vạn", "triệu", "tỷ", "trăm", "chục"])
"""Words for many that may stand before what is counted ("mấy triệu lượt")."""

MOST = re.compile(r"\b(?:nhiều|nhieu|ít|it) ((?:\w+ ){1,3})(?:nhất|nhat|hơn|hon)\b")
"""What is counted where the most or the more of it is asked for ("bị phạt nhiều vụ nhất", "thu được nhiều tấn hơn")."""

LONGEST = 4
"""Words of the longest noun or unit."""


class _Amount(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    asked: frozenset[str]
    before: frozenset[str] = frozenset()
    units: frozenset[str]
    measure: bool = False


_AMOUNTS = TypeAdapter(dict[str, _Amount])


@dataclass(frozen=True)
class Asked:
    """The kinds of amount an utterance asks for, none where it tells none."""

    kinds: tuple[str, ...]
    amounts: dict[str, _Amount]
    counted: frozenset[str]
    """Units of everything that is counted."""
    measures: frozenset[str] = frozenset()
    """Words of the measures asked for ("tấn")."""

    @property
    def measured(self) -> bool:
        """Whether everything asked for is measured, not counted: a count is never the answer."""
        return bool(self.kinds) and all(self.amounts[kind].measure for kind in self.kinds)

    def fits(self, unit: str) -> bool:
        """Whether an indicator told in this unit can be what is asked for."""
        if not self.kinds or any(unit in self.amounts[kind].units for kind in self.kinds):
            return True
        return unit not in self.counted and not self.measured

    def nothing(self) -> Asked:
        """The same of an utterance that asks for no amount."""
        return replace(self, kinds=(), measures=frozenset())

    def without(self, kind: str) -> Asked:
        """The same but for one kind of amount."""
        return replace(self, kinds=tuple(each for each in self.kinds if each != kind))


class Units:
    """Finds what is asked for after "bao nhiêu" and "mấy"."""

    def __init__(self, cues: Cues, file: Path = FILE) -> None:
        """Reads the lists; raises ConfigurationError naming the file."""
        try:
            self._amounts = _AMOUNTS.validate_python(read_yaml(file))
        except (OSError, yaml.YAMLError, ValidationError) as error:
            raise ConfigurationError(f"{file.name}: {error}") from error
        self._cues = cues
        self._listed = frozenset(unit for amount in self._amounts.values() for unit in amount.units)
        self._exact = {
            normalise(noun, marked=True): kind for kind, amount in self._amounts.items() for noun in amount.asked
        }
        self._folded = {fold(noun): kind for noun, kind in self._exact.items()}
        self._before = {
            normalise(words, marked=True): kind for kind, amount in self._amounts.items() for words in amount.before
        }

    def asked(self, text: str, stops: Collection[int] = ()) -> Asked:
        """The kinds of amount that a normalised utterance asks for, none of them beyond one of the ``stops``: after "bao
        nhiêu", or else before it ("thiệt hại thành tiền là bao nhiêu")."""
        nouns, scales = (self._exact, SCALES) if has_marks(text) else (self._folded, frozenset(map(fold, SCALES)))
        kinds = []
        measures: set[str] = set()
        asking = self._cues.find("how_many", text)
        for cue in asking:
            end = min((stop for stop in stops if stop > cue.end), default=len(text))
            words = re.findall(r"[\w%²³]+", text[cue.end : end].partition(",")[0])
            while words and words[0] not in nouns and fold(words[0]) in self._cues.inserted:
                del words[0]
            counted = words[1:] if words[:1] and words[0] in scales else words
            if noun := _leading(counted, nouns) or _leading(words, nouns):
                kinds.append(nouns[noun])
                measures.update(noun.split() if self._amounts[nouns[noun]].measure else ())
        most = MOST.search(text) if not asking else None
        if most is not None and (noun := _leading(most[1].split(), nouns)):
            kinds.append(nouns[noun])
            measures.update(noun.split() if self._amounts[nouns[noun]].measure else ())
        for said, kind in self._before.items() if len(asking) == 1 and not kinds else ():
            if f" {said if has_marks(text) else fold(said)} " in f" {text[: asking[0].start]}":
                kinds.append(kind)
                measures.update(said.split())
        return Asked(tuple(dict.fromkeys(kinds)), self._amounts, self._listed, frozenset(measures))


def _leading(words: list[str], nouns: dict[str, str]) -> str:
    """The noun for an amount that the words begin with, the longest first; empty where they begin with none."""
    for length in range(LONGEST, 0, -1):
        noun = " ".join(words[:length])
        if len(words) >= length and noun in nouns:
            return noun
    return ""
