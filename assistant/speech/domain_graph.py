"""A Vosk model that expects what is asked here: its folder with a graph of words made from our own language model.

Vosk composes the sounds (``graph/HCLr.fst``) with the words (``graph/Gr.fst``) while it listens, so the words may be
changed without training. Models whose graph is composed beforehand (``graph/HCLG.fst``) stay as they are.
The binary formats are OpenFst's: a "const" transducer over the tropical semiring, and the symbol table in its header.
"""

from __future__ import annotations

import hashlib
import math
import struct
import tempfile
from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np

from assistant.errors import ConfigurationError
from assistant.language.spoken import spell
from assistant.language.text import normalise
from assistant.speech import ngrams, stand_ins
from assistant.speech.ngrams import BEGIN, END, LanguageModel, Run

SPECIAL = ("<eps>", "[unk]", "<unk>", "#0", "<s>", "</s>", "!SIL")
"""Symbols of a model that are no words."""
WORD = 0.7
"""What every word is made cheaper by, in nats: else short ones are left out rather than heard."""
STRANGE = 1.5
"""What a unit of distance between a word and its stand-in costs, in nats."""

_MAGIC, _SYMBOLS_MAGIC = 0x7EB2FDD6, 0x7EB2FB74
_CONST_VERSION = 2
_PROPERTIES = 0x60A5_1540_0001
"""What holds for the graph whatever its words: expanded, with empty labels on both sides, sorted by what is heard,
weighted, cyclic but not at its start, no string. What is not told is found out by OpenFst itself."""
_STATE = np.dtype([("final", "<f4"), ("first", "<u4"), ("arcs", "<u4"), ("empty_in", "<u4"), ("empty_out", "<u4")])
_ARC = np.dtype([("heard", "<i4"), ("word", "<i4"), ("cost", "<f4"), ("to", "<i4")])

Arc = tuple[int, int, float, int]
"""What is heard, the word that is written for it, what that costs, and the state it leads to."""
Label = tuple[int, float]
"""What is heard, and what it costs to take it for what was said."""


def possible(folder: Path) -> bool:
    """Whether a Vosk model composes its graph while it listens."""
    return (folder / "graph" / "HCLr.fst").is_file() and (folder / "graph" / "Gr.fst").is_file()


def vocabulary(folder: Path) -> dict[str, int]:
    """The symbols of a model with their numbers, from ``words.txt`` or from the header of its graph.

    Raises ConfigurationError where there are none.
    """
    graph = folder / "graph"
    try:
        if symbols := _in_header((graph / "Gr.fst").read_bytes()):
            return symbols
        lines = (graph / "words.txt").read_text(encoding="utf-8").splitlines()
        return {word: int(number) for word, number in (line.split() for line in lines if line.strip())}
    except (OSError, ValueError, struct.error) as error:
        raise ConfigurationError(f"vosk_model: the words of {folder} cannot be read: {error}") from error


def version(folder: Path) -> str:
    """Names a model and how its graph is made: 8 hex digits."""
    told = [str(folder.resolve()), *(f"{file.stat().st_size}" for file in sorted((folder / "graph").iterdir()))]
    settings = (ngrams.ORDER, ngrams.DISCOUNT, ngrams.UNSEEN, WORD, STRANGE, *stand_ins.SETTINGS)
    return hashlib.sha256(f"{told} {settings}".encode()).hexdigest()[:8]


def words_of(symbols: Collection[str]) -> list[str]:
    """The words among the symbols of a model."""
    return [symbol for symbol in symbols if symbol not in SPECIAL]


def build(folder: Path, model: LanguageModel, into: Path) -> None:
    """Makes the folder ``into``: the Vosk model of ``folder`` by links, with a graph of this language model.

    Words that the dictionary lacks are heard by the syllables of it that sound most like them, and written as they are
    meant. Raises ConfigurationError where the files cannot be read or written.
    """
    symbols = vocabulary(folder)
    try:
        into.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=into.parent) as scratch:
            made = Path(scratch) / into.name
            _linked(folder, made, without=("graph",))
            _linked(folder / "graph", made / "graph", without=("Gr.fst", "words.txt"))
            graph = _Graph(model, symbols)
            (made / "graph" / "Gr.fst").write_bytes(graph.content())
            lines = (f"{word} {number}\n" for word, number in graph.symbols.items())
            (made / "graph" / "words.txt").write_text("".join(lines), encoding="utf-8")
            made.rename(into)
    except OSError as error:
        if into.is_dir():
            return  # another process made it meanwhile
        raise ConfigurationError(f"vosk_model: {into} cannot be written: {error}") from error


class _Graph:
    """The language model as a transducer from words of the dictionary to words that are meant."""

    def __init__(self, model: LanguageModel, symbols: dict[str, int]) -> None:
        self.symbols = dict(symbols)
        self._known = words_of(symbols)
        self._numbers = {word: symbols[word] for word in self._known}
        self._next = max(symbols.values()) + 1
        self._spoken: dict[str, list[list[Label]]] = {}
        befores = sorted({run[:-1] for run in model.cost}, key=lambda run: (len(run), run))
        self._states = {before: number for number, before in enumerate(befores)}
        self._final = [math.inf] * len(befores)
        self._arcs: list[list[Arc]] = [[] for _ in befores]
        for run, cost in model.cost.items():
            self._add(run, cost)
        for before, cost in model.back_off.items():
            self._arcs[self._states[before]].append((0, 0, cost, self._after(before[1:])))

    def content(self) -> bytes:
        """The file."""
        arcs = [sorted(some) for some in self._arcs]
        states = np.zeros(len(arcs), _STATE)
        first = 0
        for number, some in enumerate(arcs):
            empty = sum(arc[0] == 0 for arc in some)
            states[number] = (self._final[number], first, len(some), empty, empty)
            first += len(some)
        table = np.array([arc for some in arcs for arc in some], _ARC)
        head = struct.pack("<i", _MAGIC) + _string("const") + _string("standard")
        counts = struct.pack("<iiQqqq", _CONST_VERSION, 0, _PROPERTIES, self._after((BEGIN,)), len(states), len(table))
        return head + counts + states.tobytes() + table.tobytes()

    def _add(self, run: Run, cost: float) -> None:
        state, word = self._states[run[:-1]], run[-1]
        if word == END:
            self._final[state] = cost
        elif word != BEGIN:
            heard = self._heard(word)
            if all(heard):
                self._chain(state, heard, self._symbol(word), cost - WORD * len(heard), self._after(run))

    def _chain(self, state: int, heard: list[list[Label]], symbol: int, cost: float, to: int) -> None:
        """Arcs through as many states as there are syllables; the first of them writes the word."""
        for at, labels in enumerate(heard):
            target = to
            if at < len(heard) - 1:
                target = len(self._arcs)
                self._arcs.append([])
                self._final.append(math.inf)
            self._arcs[state] += [
                (label, 0 if at else symbol, extra + (0.0 if at else cost), target) for label, extra in labels
            ]
            state = target

    def _heard(self, word: str) -> list[list[Label]]:
        """What is heard for each syllable of a word, with what that costs; nothing for what cannot be heard."""
        if word not in self._spoken:
            if word in self._numbers:
                self._spoken[word] = [[(self._numbers[word], 0.0)]]
            else:
                syllables = normalise(spell(word)).split()
                self._spoken[word] = [self._labels(syllable) for syllable in syllables] or [[]]
        return self._spoken[word]

    def _labels(self, syllable: str) -> list[Label]:
        if syllable in self._numbers:
            return [(self._numbers[syllable], 0.0)]
        found = stand_ins.of(syllable, self._known)
        return [(self._numbers[one.word], STRANGE * one.distance) for one in found]

    def _symbol(self, word: str) -> int:
        if word not in self.symbols:
            self.symbols[word] = self._next
            self._next += 1
        return self.symbols[word]

    def _after(self, run: Sequence[str]) -> int:
        """The state of the longest end of a run that anything was seen after."""
        before = tuple(run)
        while before not in self._states:
            before = before[1:]
        return self._states[before]


def _linked(folder: Path, into: Path, without: tuple[str, ...]) -> None:
    into.mkdir(parents=True)
    for entry in folder.iterdir():
        if entry.name not in without:
            (into / entry.name).symlink_to(entry.resolve())


def _string(text: str) -> bytes:
    content = text.encode()
    return struct.pack("<i", len(content)) + content


class _Reader:
    """Numbers and strings of a binary file, one after the other."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._at = 0

    def number(self, form: str) -> int:
        """One number; ``form`` as in ``struct``."""
        (value,) = struct.unpack_from(f"<{form}", self._content, self._at)
        self._at += struct.calcsize(form)
        return int(value)

    def string(self) -> str:
        """One string after its length."""
        length = self.number("i")
        if length < 0 or self._at + length > len(self._content):
            raise ValueError("is no file of OpenFst")
        self._at += length
        return self._content[self._at - length : self._at].decode()


def _in_header(content: bytes) -> dict[str, int]:
    """The output symbols in a transducer's header, or the input ones; none where it holds none."""
    reader = _Reader(content)
    if reader.number("I") != _MAGIC:
        raise ValueError("Gr.fst is no file of OpenFst")
    reader.string()
    reader.string()
    reader.number("i")
    flags = reader.number("i")
    for _ in range(4):
        reader.number("q")
    found: dict[str, int] = {}
    for flag in (1, 2):
        if flags & flag:
            if reader.number("I") != _SYMBOLS_MAGIC:
                raise ValueError("the header of Gr.fst holds no symbols where it says so")
            reader.string()
            reader.number("q")
            pairs = [(reader.string(), reader.number("q")) for _ in range(reader.number("q"))]
            found = dict(pairs)
    return found
