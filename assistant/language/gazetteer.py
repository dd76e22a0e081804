"""Names of the catalogue in an utterance: by letters, then by near letters, then by sound."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

import ahocorasick
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from assistant.language import sound
from assistant.language.syllable import split_tone
from assistant.language.text import fold, has_marks, normalise
from assistant.types import Found, Match, SpanKind

FOLDED = 0.97
"""All marks left out, as in the rest of the utterance."""
PARTLY_FOLDED = 0.92
"""Marks left out in a name while other words of the utterance carry theirs."""
ONE_MARK_WRONG = 0.75
"""One word of several carries another mark ("xuyên mọc")."""
ONE_MARK_OF_MANY_WRONG = 0.85
"""The same in a name of four words or more."""
MARKS_DISAGREE = 0.6
"""The marks say that other words are meant ("tháng tám" is no "Thắng Tam")."""
FUZZY = 0.9
"""Near letters at their best; each wrong letter of a name costs."""

_COVERS = 0.85
"""Words explained this well by a name are not matched again by near letters."""
_FEWEST_LETTERS = 6
"""Shorter names are not matched by near letters: one letter makes too many of them something else."""
_TOO_COMMON = 500
"""Words in more names than this call up no candidates."""
_COMMON = 65
"""A word in more different names than this ("trường", "tiểu học", "xã") does not tell one of them from another."""
_BY_LETTERS, _BY_MARKS = 0.7, 0.3
"""What likeness without marks and with them give to the score of a name that comes near."""
_RANKED = 8
"""Names ranked for each that is asked for: several may be of one code."""
_MISPLACED = 0.95
"""The most that two names are like each other in rapidfuzz's ``WRatio`` whose letters do not stand in the same order."""
_AS_LONG, _WITHIN = 1.5, 0.9
"""How many times as long a text is from which ``WRatio`` looks for the shorter within it, and the most it then gives."""
_REMEMBERED = 1 << 11
"""Words of which it is remembered what words of names come near them."""
_KNOWN_WORD = 0.12
"""Taken off where the differing word is itself a word of some name, so probably meant; less for proper names."""
_KNOWN_WORD_IN_NAME = 0.03
_PROPER: frozenset[SpanKind] = frozenset({"area", "facility", "agency", "unknown"})
_SAME_SOUND = 0.8
"""Likeness from which two syllables count as the same in sound."""
_COUNTS = frozenset(
    re.findall(
        r"\w+", "một hai ba bốn sáu bảy tám chín mười trăm nghìn triệu tỷ mot bon sau bay chin muoi tram nghin trieu"
    )
)
"""Numbers are no misheard common nouns, though they may be a misheard name ("xuyên một")."""

_GRAMMAR = frozenset(
    re.findall(
        r"\w+",
        """năm tháng ngày quý tuần từ đến tới và của có so với là ở tại nào bao nhiêu mấy trong theo trên dưới hơn không những
    các này đó kia nay qua trước sau cho biết tăng giảm nhất cao thấp nhiều ít thì""",
    )
)
"""Words of grammar and time: where one of them stands, no other word was meant."""
_WORD = re.compile(r"\w+")


class Name(Protocol):
    """One way to name one thing, as the catalogue gives it."""

    @property
    def kind(self) -> SpanKind: ...
    @property
    def code(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def weight(self) -> float: ...


@dataclass(frozen=True)
class _Entry:
    kind: SpanKind
    code: str
    words: tuple[str, ...]
    """The name's normalised words, with marks."""
    spelled: str
    """The same in one."""
    folded: str
    bare: tuple[str, ...]
    """The words without their marks."""
    weight: float


@dataclass(slots=True)
class _Node:
    """Where names go on after the same first words, none of them with its marks."""

    after: dict[str, _Node] = field(default_factory=dict)
    form: int = -1
    """The name that ends here, if any."""


_TOO_SHORT = 8
"""Letters below which another word is as likely as a slip in the name of an indicator or a member ("hay nở")."""


class Gazetteer:
    """All names, searchable; safe to share between threads once built."""

    def __init__(self, names: Iterable[Name]) -> None:
        self.by_sound = True
        """Names are found by what they sound like, too; switched off only to measure what that gives."""
        self._by_folded: dict[str, list[_Entry]] = defaultdict(list)
        self._closed_up: dict[str, list[_Entry]] = defaultdict(list)
        self._forms: list[list[_Entry]] = []
        """Long names by their letters; the first of each gives its words."""
        self._start = _Node()
        self._words: set[str] = set()
        by_kind: dict[SpanKind, list[_Entry]] = defaultdict(list)
        for name in names:
            text = normalise(name.text, marked=True)
            if text:
                folded = fold(text)
                words, bare = tuple(text.split()), tuple(folded.split())
                by_kind[name.kind].append(_Entry(name.kind, name.code, words, text, folded, bare, name.weight))
                self._add(by_kind[name.kind][-1])
        self._by_length = {kind: sorted(of_kind, key=_length) for kind, of_kind in by_kind.items()}
        self._spelled = {kind: [entry.spelled for entry in of_kind] for kind, of_kind in self._by_length.items()}
        """The same names, shortest first, as they are searched by letters."""
        forms = [entries[0].words for entries in self._forms]
        spread = Counter(word for form in forms for word in set(form))
        self._common = frozenset(word for word, count in spread.items() if count > _COMMON)
        called = Counter(key for form in forms for word in form for key in sound.keys(word))
        self._calling = frozenset(key for key, count in called.items() if count <= _TOO_COMMON)
        """Keys of words by which a name is recognised."""
        self._needed = [
            _votes_needed([word for word in form if sound.key(word) in self._calling], len(form)) for form in forms
        ]
        self._sounding: dict[str, set[str]] = defaultdict(set)
        for word in self._words:
            for key in sound.keys(word):
                self._sounding[key].add(fold(word))
        self._bare = sorted({fold(word) for word in self._words})
        self._near_words = lru_cache(maxsize=_REMEMBERED)(self._words_near)
        self._automaton = ahocorasick.Automaton()
        for folded, entries in self._by_folded.items():
            self._automaton.add_word(folded, (len(folded), entries))
        if self._by_folded:
            self._automaton.make_automaton()

    def _add(self, entry: _Entry) -> None:
        self._words.update(entry.words)
        letters = entry.folded.replace(" ", "")
        if len(letters) >= _FEWEST_LETTERS:
            if len(entry.words) > 1:
                self._closed_up[letters].append(entry)
            if entry.folded not in self._by_folded:
                self._forms.append(self._by_folded[entry.folded])
                node = self._start
                for word in entry.bare:
                    node = node.after.setdefault(word, _Node())
                node.form = len(self._forms) - 1
        self._by_folded[entry.folded].append(entry)

    def find(self, text: str, *, near: bool = True) -> list[Found]:
        """Every name in a normalised utterance, at word boundaries, overlapping ones included, in order.

        Without ``near``, only names whose letters stand there.
        Scores are the match's quality times the name's weight; one ``Found`` per stretch of words, kind and code.
        """
        if not self._by_folded:
            return []
        marked = has_marks(text)
        best: dict[tuple[int, int, str, str], Found] = {}
        written = list(self._written(text, marked))
        solid = [(found.start, found.end) for found, quality in written if quality >= _COVERS]
        for found, quality in written:
            covered = any(start <= found.start and found.end <= end for start, end in solid)
            if quality >= _COVERS or not covered:
                _keep(best, found)
        for found in self._near_misses(text, solid, marked) if near else ():
            _keep(best, found)
        return sorted(best.values(), key=lambda found: (found.start, -found.end, -found.score))

    def near(self, text: str, kind: SpanKind, limit: int = 3, least: float = 0.0) -> list[Found]:
        """The names of a kind that come nearest to a text and score at ``least`` so much, best first, one per code: "did you
        mean"."""
        wanted = normalise(text)
        could = self._could(wanted, kind, least)
        matches = process.extract(
            fold(wanted),
            [entry.folded for entry, _ in could],
            scorer=fuzz.WRatio,
            limit=limit * _RANKED,
            score_cutoff=55,
        )
        found: dict[str, Found] = {}
        for _, ratio, index in matches:
            entry, exact = could[index]
            score = _likeness(ratio, exact, entry.weight)
            if score >= least and (entry.code not in found or found[entry.code].score < score):
                found[entry.code] = Found(kind=kind, code=entry.code, score=score, match="fuzzy")
        return sorted(found.values(), key=lambda item: -item.score)[:limit]

    def _could(self, wanted: str, kind: SpanKind, least: float) -> list[tuple[_Entry, float]]:
        """The names of the kind that could score at ``least`` so much, with how many of the letters, 0 to 100, are the same,
        in order.

        To rank tens of thousands takes a hundred milliseconds, mostly to find none; this is told in a tenth of that and leaves
        few. Names much shorter or longer share too few letters in any order.
        """
        bound = least - 1e-4  # scores are rounded
        same = max(0.0, 100 * (bound - _BY_LETTERS * _MISPLACED) / _BY_MARKS)
        of_kind = self._by_length.get(kind, [])
        part = (bound - _BY_LETTERS * _WITHIN) / _BY_MARKS
        longer = max(_AS_LONG, 2 / part - 1) if part > 0 else math.inf
        first = bisect_left(of_kind, len(wanted) / longer, key=_length)
        last = bisect_right(of_kind, len(wanted) * longer, key=_length)
        names, spelled = of_kind[first:last], self._spelled.get(kind, [])[first:last]
        few = process.extract(wanted, spelled, scorer=fuzz.ratio, limit=None, score_cutoff=same)
        return [(names[index], exact) for _, exact, index in few]

    def _written(self, text: str, marked: bool) -> Iterator[tuple[Found, float]]:
        """Names whose letters stand in the text, with the quality of the match before weighting."""
        folded = fold(text)
        for last, (length, entries) in self._automaton.iter(folded):
            start, end = last + 1 - length, last + 1
            if not _is_whole(folded, start, end):
                continue
            words = text[start:end].split()
            for entry in entries:
                quality, match = _agreement(words, entry.words, marked, self.by_sound)
                if quality == MARKS_DISAGREE and entry.kind in _PROPER and _one_tone_wrong(words, entry.words):
                    quality = ONE_MARK_WRONG
                if quality:
                    yield _found(entry, text, start, end, quality, match), quality

    def _near_misses(self, text: str, solid: list[tuple[int, int]], marked: bool) -> Iterator[Found]:
        """Names a letter or a sound away, where the words are not explained already."""
        spots = [(match.start(), match.end()) for match in _WORD.finditer(text)]
        free = [not any(start <= spot[0] and spot[1] <= end for start, end in solid) for spot in spots]
        if not any(free):
            return
        words = [text[start:end] for start, end in spots]
        bare = list(map(fold, words))
        for entries, at in self._candidates(words, free):
            last = at + len(entries[0].words) - 1
            start, end = spots[at][0], spots[last][1]
            if text[start:end].count(" ") != last - at or any(s < start < e or s < end < e for s, e in solid):
                continue
            for entry in entries:
                quality, match = self._nearness(words[at : last + 1], bare[at : last + 1], entry, marked)
                if quality:
                    yield _found(entry, text, start, end, quality, match)
        yield from self._run_together(text, words, spots, free)

    def _candidates(self, words: list[str], free: list[bool]) -> Iterator[tuple[list[_Entry], int]]:
        """Names all of whose words come near the words at some place and all but one or two sound like them, with the first
        place; in the order in which the words call them up."""
        near = [self._near_words(word) for word in words]
        found = []
        for at in range(len(words)):
            for form, end in _walk(self._start, near, at):
                if True in free[at:end]:
                    calls = self._calls(words[at:end], self._forms[form][0].words)
                    if len(calls) >= self._needed[form]:
                        place, key = calls[0]
                        found.append((at + place, key, form, place))
        for place, _, form, before in sorted(found):
            yield self._forms[form], place - before

    def _calls(self, heard: Sequence[str], meant: Sequence[str]) -> list[tuple[int, int]]:
        """The places of words as heard that sound like a name's, each with which of the word's keys it is by."""
        return [
            (place, index)
            for place, (one, other) in enumerate(zip(heard, meant, strict=True))
            for index, key in enumerate(sound.keys(one))
            for same in sound.keys(other)
            if same == key and key in self._calling
        ]

    def _words_near(self, word: str) -> frozenset[str]:
        """The words of names, without their marks, that a word may stand for by its letters or its sound."""
        bare = fold(word)
        near = process.extract(bare, self._bare, scorer=OSA.distance, score_cutoff=2, limit=None)
        alike = (self._sounding.get(key, set()) for key in sound.keys(word))
        return frozenset(other for other, steps, _ in near if steps <= _steps_allowed(other)).union(*alike)

    def _nearness(self, heard: list[str], bare: list[str], entry: _Entry, marked: bool) -> tuple[float, Match]:
        """Quality of a match by near letters or by sound; 0 where it is none. ``bare``: what was heard, without marks."""
        alike = [h == m for h, m in zip(bare, entry.bare, strict=True)]
        differing = [h for h, same in zip(heard, alike, strict=True) if not same]
        if not differing:
            return 0.0, "fuzzy"
        grammar = _GRAMMAR if marked else _FOLDED_GRAMMAR
        if any(word in grammar or word.isdigit() for word in differing):
            return 0.0, "fuzzy"
        if any(m.isdigit() for h, m in zip(heard, entry.words, strict=True) if h != m):
            return 0.0, "fuzzy"
        proper = entry.kind in _PROPER
        if proper and not any(same and m not in self._common for same, m in zip(alike, entry.words, strict=True)):
            return self._all_wrong(heard, entry)
        counts = any(h in _COUNTS and h != (m if marked else fold(m)) for h, m in zip(heard, entry.words, strict=True))
        if not proper and (counts or sum(map(len, heard)) < _TOO_SHORT):  # "cộng mười tháng" is no "đồng muối"
            return 0.0, "fuzzy"
        known = 0.0
        if len(heard) > 2 and all(word in self._words for word in differing):
            known = _KNOWN_WORD_IN_NAME if proper else _KNOWN_WORD
        by_sound = sound.score(heard, entry.words) if self.by_sound else 0.0
        by_letters = _by_letters(heard, entry)
        quality = max(by_sound, by_letters) - known
        return (quality, "sound" if by_sound >= by_letters else "fuzzy") if quality > 0.62 else (0.0, "fuzzy")

    def _all_wrong(self, heard: list[str], entry: _Entry) -> tuple[float, Match]:
        """A proper name none of whose telling words is right: only where all of them sound the same ("Châu Đứt")."""
        telling = [(h, m) for h, m in zip(heard, entry.words, strict=True) if m not in self._common]
        if (
            not self.by_sound
            or not telling
            or len(heard) < 2
            or any(sound.likeness(h, m) < _SAME_SOUND for h, m in telling)
        ):
            return 0.0, "sound"
        return sound.score(heard, entry.words), "sound"

    def _run_together(
        self, text: str, words: list[str], spots: list[tuple[int, int]], free: list[bool]
    ) -> Iterator[Found]:
        """Names written without their spaces ("vungtau"), or broken in two ("chau du c")."""
        for place in range(len(words)):
            for last in (place, place + 1):
                if last >= len(words) or not all(free[place : last + 1]):
                    continue
                for entry in self._closed_up.get(fold("".join(words[place : last + 1])), ()):
                    if len(entry.words) != last - place + 1:
                        yield _found(entry, text, spots[place][0], spots[last][1], FUZZY, "fuzzy")


_FOLDED_GRAMMAR = frozenset(map(fold, _GRAMMAR))


def _length(entry: _Entry) -> int:
    return len(entry.spelled)


def _likeness(ratio: float, exact: float, weight: float) -> float:
    """The score of a name that is so much like a text without marks and with them, both 0 to 100."""
    return round(min(1.0, (_BY_LETTERS * ratio / 100 + _BY_MARKS * (exact / 100))) * weight, 4)


def _walk(start: _Node, near: Sequence[frozenset[str]], at: int) -> Iterator[tuple[int, int]]:
    """Names of words that are near those from a place on, with the place after the last."""
    reached = [start]
    for end in range(at, len(near)):
        reached = [node.after[word] for node in reached for word in _shared(node.after, near[end])]
        for node in reached:
            if node.form >= 0:
                yield node.form, end + 1


def _shared(after: Mapping[str, _Node], near: frozenset[str]) -> Set[str]:
    """The words that are in both, by way of the smaller."""
    return near.intersection(after) if len(after) < len(near) else after.keys() & near


def _steps_allowed(word: str) -> int:
    """Letters of a word of a name that may be wrong."""
    return 2 if len(word) > 5 else 1


def _votes_needed(heard: Sequence[str], length: int) -> int:
    """How many of a name's rarer words must be there in sound; one or two of a name may be wrong."""
    return max(1, len(heard) - (1 if length < 5 else 2))


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether a stretch begins and ends at word boundaries."""
    before = start == 0 or not text[start - 1].isalnum()
    return before and (end == len(text) or not text[end].isalnum())


def _agreement(heard: list[str], meant: tuple[str, ...], marked: bool, by_sound: bool) -> tuple[float, Match]:
    """How well the marks of words with the same letters agree; 0 where a word of grammar was said instead."""
    missing = wrong = turned = 0
    for one, other in zip(heard, meant, strict=True):
        if one == other:
            continue
        if one == fold(other):
            if marked and one in _GRAMMAR:
                return 0.0, "folded"
            missing += 1
            if marked and one in ("nam", "ba", "tu", "sau"):
                wrong += 1
            continue
        if one in _GRAMMAR:
            return 0.0, "folded"
        if by_sound and sound.likeness(one, other) >= 0.99:
            turned += 1
        else:
            wrong += 1
    if not missing and not wrong and not turned:
        return 1.0, "exact"
    if wrong:
        if wrong == 1 and len(meant) > 1 and sum(map(len, meant)) > _FEWEST_LETTERS:
            return (ONE_MARK_WRONG if len(meant) < 4 else ONE_MARK_OF_MANY_WRONG), "folded"
        return MARKS_DISAGREE, "folded"
    if turned:
        return sound.BEST, "sound"
    if not marked:
        return FOLDED, "folded"
    return (PARTLY_FOLDED if len(meant) > 1 else MARKS_DISAGREE), "folded"


def _one_tone_wrong(heard: list[str], meant: tuple[str, ...]) -> bool:
    """Whether all words of several are right but for the tone of one, whose vowels are right ("Bã Rịa")."""
    differing = [(one, other) for one, other in zip(heard, meant, strict=True) if one != other]
    return (
        len(meant) > 1
        and len(differing) == 1
        and all(split_tone(one)[0] == split_tone(other)[0] for one, other in differing)
    )


def _by_letters(heard: list[str], entry: _Entry) -> float:
    """Quality by near letters: one wrong letter in a name, two in one of ten letters or more, one to a word."""
    letters = len(entry.folded.replace(" ", ""))
    if letters < _FEWEST_LETTERS:
        return 0.0
    distance = 0
    for one, other in zip(map(fold, heard), map(fold, entry.words), strict=True):
        steps = OSA.distance(one, other)
        if steps > _steps_allowed(other):
            return 0.0
        distance += steps
    if distance > (1 if letters < 10 else 2):
        return 0.0
    return FUZZY - 0.5 * (distance - 1) / letters - 0.25 / letters - 0.03 * _wrong_marks(heard, entry.words)


def _wrong_marks(heard: list[str], meant: tuple[str, ...]) -> int:
    """Words with the right letters and other marks than the name's."""
    return sum(
        one != other and fold(one) == fold(other) and one != fold(one) for one, other in zip(heard, meant, strict=True)
    )


def _found(entry: _Entry, text: str, start: int, end: int, quality: float, match: Match) -> Found:
    return Found(
        kind=entry.kind,
        code=entry.code,
        text=text[start:end],
        start=start,
        end=end,
        score=round(quality * entry.weight, 4),
        match=match,
    )


def _keep(best: dict[tuple[int, int, str, str], Found], found: Found) -> None:
    key = (found.start, found.end, found.kind, found.code)
    if key not in best or best[key].score < found.score:
        best[key] = found
