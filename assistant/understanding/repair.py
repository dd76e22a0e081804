"""Slips in an utterance ("tăg", "nhièu nhât", "hcọ sinh", "đượcmấy"), put right before names are looked for.

A noisy channel: every word is taken as it stands or for one it may have been meant for, each at its price
(``language/slips.py``), and the cheapest way through the utterance wins, by the words that stand beside each other in
templates, examples and names (``language/word_pairs.py``). What no list holds and is a syllable may be a name nobody knows:
it is never made another name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from rapidfuzz.distance import OSA

from assistant.catalogue.catalogue import Catalogue
from assistant.language import slips
from assistant.language.syllable import is_syllable, two_syllables
from assistant.language.text import fold, has_marks, normalise, short_forms
from assistant.language.word_pairs import END, FIGURE, START, WordPairs
from assistant.understanding.bank import Bank
from assistant.understanding.corpus import asked, figure, named, of_periods

NO_SYLLABLE = 6.0
"""What it costs, on top, to leave a word that is neither in any list nor a syllable."""
KNOWN, SYLLABLE = 4.0, 2.5
"""What it costs to put another word in the place of one that is in a list, or that could be a word at least …"""
A_NAME = 2.0
"""… and on top where it is a name by itself ("lợn")."""
BARE = 2.0
"""… and in text without marks, where many words are spelled alike and few are slips."""
ALONE = 5.0
"""What it costs where a doubtful word has never been seen beside its neighbour."""
JOINED, JOINED_FIGURE = 0.0, 1.0
"""Two words without the space between them; a word and a number."""
KEYS, DOUBTFUL_KEYS = 0.5, 4.0
"""A word left as key strokes of Telex or VNI; one that could be two words run together."""
NEAR = 6.0
"""The dearest slip by which one listed word becomes another."""
FEW_MARKS = 0.2
"""A smaller share of words with marks than this comes from key strokes and slips: the person types without."""
SHORT_FORM = 4
"""Letters of an abbreviation in which a slip is put right."""
NAME = 2
"""Words after a head noun that may be a name in no list."""
BEAM = 10
"""Ways kept after each word."""

SURE = frozenset(["thì", "là", "và", "của"])
"""Words that are as they stand, whatever their neighbours: "trong huyện thì xã nào" is no "thị xã"."""

_CONSONANTS = re.compile("[b-df-hj-np-tv-xz]{1,3}")
"""Two or three of them are an abbreviation."""

Before = tuple[str, str]


class Option(NamedTuple):
    """What a word may have been meant for: nothing but itself, another word, or several."""

    words: tuple[str, ...]
    price: float
    doubtful: bool = False
    """It takes the place of a word that may be part of an unlisted name: both its neighbours must speak for it."""


class Way(NamedTuple):
    """The cheapest way to a word of the utterance."""

    price: float
    options: tuple[Option, ...]


class Repair:
    """Knows every word of the templates and of the catalogue's names, and which stand side by side."""

    def __init__(self, bank: Bank, catalogue: Catalogue) -> None:
        questions, names = asked(bank, catalogue), named(catalogue)
        self._marked = WordPairs(questions, names)
        self._folded = WordPairs((map(fold, words) for words in questions), (map(fold, words) for words in names))
        self._single = frozenset(
            normalise(name.text, marked=True)
            for name in catalogue.names()
            if name.kind == "member" and len(name.text.split()) == 1
        )
        self._of_periods = of_periods()
        heads = {normalise(head) for kind in catalogue.facility_kinds.values() for head in kind.head_nouns}
        heads |= {normalise(area.type_name) for area in catalogue.areas.values()}
        self._heads = re.compile(rf"\b(?:{'|'.join(sorted(heads | set(map(fold, heads)), key=len, reverse=True))})\b")
        self._shorts = {short: tuple(full.split()) for short, full in short_forms().items() if len(short) >= SHORT_FORM}

    def beside(self, one: str, other: str) -> bool:
        """Whether somebody wrote two words side by side, in a question or in a name."""
        return (self._marked if has_marks(one + other) else self._folded).pair(one, other)

    def repair(self, text: str) -> str:
        """The normalised utterance with slips put right; the same text where there are none."""
        return self.mend(text, frozenset())[0]

    def mend(self, text: str, written_large: frozenset[str]) -> tuple[str, frozenset[str]]:
        """The repaired utterance and its words written large.

        ``written_large`` are folded words the person began with a capital: names, as long as they are syllables.
        """
        marked = has_marks(text)
        if marked and _few_marks(text):
            text, marked = fold(text), False
        pairs = self._marked if marked else self._folded
        spots = list(re.finditer(r"\w+", text))
        words = [spot.group() for spot in spots]
        named = self._after_heads(text, spots)
        chosen = _cheapest(
            [self._options(words, at, pairs, written_large, at in named) for at in range(len(words))], pairs
        )
        for spot, option in reversed(list(zip(spots, chosen, strict=True))):
            if option.words[0] != FIGURE and option.words != (spot.group(),):
                text = text[: spot.start()] + " ".join(option.words) + text[spot.end() :]
                if fold(spot.group()) in written_large:
                    written_large |= set(map(fold, option.words))
        return text, written_large

    def _options(self, words: list[str], at: int, pairs: WordPairs, large: frozenset[str], named: bool) -> list[Option]:
        word, marked = words[at], pairs is self._marked
        if word.isdigit():
            return [Option((FIGURE,), 0.0)]
        if any(letter.isdigit() for letter in word):
            return [Option((word,), 0.0), *_with_figures(word, pairs)]
        known, syllable = word in pairs, is_syllable(word)
        options = [Option((word,), 0.0 if known or syllable or _CONSONANTS.fullmatch(word) else NO_SYLLABLE)]
        fitting = word in SURE or (known and self._fits(words, at, pairs))
        if len(word) < 2 or fitting or (syllable and fold(word) in large):
            return options
        doubtful = named and (known or syllable)
        price = KNOWN if word in pairs.common else SYLLABLE if known or syllable else 0.0
        price += A_NAME if word in self._single else 0.0
        price += 0.0 if marked or not known else BARE  # "may huyen nao rong tren 350 km2" is no "đón"
        meant = slips.decoded(word)
        if meant is not None and (meant := meant if marked else fold(meant)) in pairs:
            options.append(Option((meant,), price + (DOUBTFUL_KEYS if two_syllables(word) else KEYS), doubtful))
        for other, slip in pairs.candidates(word):
            if known and slip > NEAR:
                break
            if not (syllable or is_syllable(other)) and max(len(word), len(other)) < SHORT_FORM:
                continue  # "PCI" is no slip of "CPI"
            if _CONSONANTS.fullmatch(word) and _CONSONANTS.fullmatch(other):
                continue  # "TH, THCS, THPT" is no slip of "TN"
            if not syllable or other in pairs.common or slip <= slips.NEAR_TONE:
                sure = slip <= slips.NEAR_TONE and not known and (not named or pairs.pair(words[at - 1], other))
                options.append(Option((other,), slip + (0.0 if sure else price), doubtful and not sure))
        if not known:
            options += self._split(word, pairs)
        if not known and not syllable:
            options += self._short_forms(word, marked)
        return options

    def restored(self, text: str, timed: Collection[tuple[int, int]] = ()) -> str:
        """An utterance without any marks, with those its words most likely have.

        Words in no list stay bare, and so do those that could be several and that nobody has seen beside a neighbour.
        ``timed``: where periods stand; their words are such as periods are said with ("nam ngoai" is no "nam ngoại").
        """
        if has_marks(text):
            return text
        pairs = self._marked
        spots = list(re.finditer(r"\w+", text))
        options = [_with_marks(spot[0], pairs) for spot in spots]
        named = self._after_heads(text, spots)
        for at, spot in enumerate(spots):
            if at not in named and any(start <= spot.start() and spot.end() <= end for start, end in timed):
                fitting = [option for option in options[at] if option.words[0] in self._of_periods]
                options[at] = fitting or options[at]
        chosen = [option.words[0] for option in _cheapest(options, pairs)]
        for at, (spot, word) in reversed(list(enumerate(zip(spots, chosen, strict=True)))):
            if word != FIGURE and (pairs.usual(word) or _supported(chosen, at, pairs)):
                text = text[: spot.start()] + word + text[spot.end() :]
        return text

    def _after_heads(self, text: str, spots: list[re.Match[str]]) -> set[int]:
        """The words where a name stands, if there is one: the first after "xã", "trường tiểu học", "bệnh viện"."""
        found = set()
        for head in self._heads.finditer(text):
            after = [at for at, spot in enumerate(spots) if spot.start() >= head.end()]
            found.update(after[:NAME])
        return found

    def _fits(self, words: list[str], at: int, pairs: WordPairs) -> bool:
        """Whether somebody wrote the word between its neighbours."""
        before = words[at - 1] if at else START
        after = words[at + 1] if at + 1 < len(words) else START
        return (not before or pairs.pair(figure(before), words[at])) and (
            not after or pairs.pair(words[at], figure(after))
        )

    def _split(self, word: str, pairs: WordPairs) -> Iterator[Option]:
        """A word as two that were run together; either may be an abbreviation."""
        for at in range(1, len(word)):
            one, other = (self._part(part, pairs) for part in (word[:at], word[at:]))
            if one and other:
                yield Option((*one, *other), JOINED)

    def _part(self, part: str, pairs: WordPairs) -> tuple[str, ...]:
        if part in self._shorts:
            full = self._shorts[part]
            return full if pairs is self._marked else tuple(map(fold, full))
        return (part,) if part in pairs and (is_syllable(part) or len(part) > 2) else ()

    def _short_forms(self, word: str, marked: bool) -> Iterator[Option]:
        """Abbreviations with a slip ("ubdn")."""
        for short, full in self._shorts.items():
            if OSA.distance(word, short, score_cutoff=1) == 1 and (price := slips.cost(word, short)) is not None:
                yield Option(full if marked else tuple(map(fold, full)), price)


def _with_marks(word: str, pairs: WordPairs) -> list[Option]:
    if word.isdigit():
        return [Option((FIGURE,), 0.0)]
    return [Option((other,), 0.0) for other in pairs.spelled(word)] or [Option((word,), 0.0)]


def _supported(words: list[str], at: int, pairs: WordPairs) -> bool:
    """Whether somebody wrote a word beside one of its neighbours; the only word of an utterance needs no other."""
    before, after = words[at - 1] if at else START, words[at + 1] if at + 1 < len(words) else None
    return pairs.pair(before, words[at]) or after is None or pairs.pair(words[at], after)


FEW_WORDS = 2
"""Words from which a share of marked ones says anything."""


def _few_marks(text: str) -> bool:
    words = re.findall(r"[^\W\d_]{2,}", text)
    if len(words) < FEW_WORDS:
        return False
    return sum(map(has_marks, words)) < FEW_MARKS * len(words)


def _with_figures(word: str, pairs: WordPairs) -> Iterator[Option]:
    """A word of letters and digits as key strokes of VNI, or as a word and a number ("hoc5", "tháng10")."""
    meant = slips.decoded(word)
    if meant is not None and meant in pairs:
        yield Option((meant,), KEYS)
    joined = re.fullmatch(r"([^\W\d_]{2,})(\d+)", word)
    if joined and joined[1] in pairs:
        yield Option((joined[1], joined[2]), JOINED_FIGURE)


def _cheapest(options: list[list[Option]], pairs: WordPairs) -> tuple[Option, ...]:
    """The cheapest way through, one option for each word."""
    if all(len(each) == 1 for each in options):
        return tuple(option for (option,) in options)
    ways: dict[Before, Way] = {(START, START): Way(0.0, ())}
    for each in options:
        reached: dict[Before, Way] = {}
        for (first, before), way in ways.items():
            unsure = bool(way.options) and way.options[-1].doubtful
            for option in each:
                price, last = way.price + option.price, (first, before)
                if (unsure or option.doubtful) and not pairs.pair(before, figure(option.words[0])):
                    price += ALONE
                for word in option.words:
                    seen = figure(word)
                    price += pairs.surprise(*last, seen)
                    last = (last[1], seen)
                if last not in reached or price < reached[last].price:
                    reached[last] = Way(price, (*way.options, option))
        ways = dict(sorted(reached.items(), key=lambda item: item[1].price)[:BEAM])

    def whole(last: Before) -> float:
        """The price with what it costs to end there; what is in no list may end anything."""
        return ways[last].price + (pairs.surprise(*last, END) if last[1] in pairs else 0.0)

    return ways[min(ways, key=whole)].options
