"""Whether evaluation questions are worded apart from the bank: no sentence of theirs may be one of its, names left out.

A sentence is normalised and every name, period and number in it replaced by its slot, by the same code as in understanding;
marks are left out. Held against it are all sentences that templates write out, and the bank's examples.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from assistant.catalogue.catalogue import Catalogue
from assistant.evaluation.questions import QuestionSet
from assistant.language.text import fold, normalise
from assistant.understanding.bank import Bank
from assistant.understanding.cues import Cues
from assistant.understanding.lattice import coverings
from assistant.understanding.masking import mask
from assistant.understanding.reader import written_large
from assistant.understanding.spans import SpanFinder
from assistant.understanding.training import mask as mask_template
from assistant.understanding.training import vocabulary


class Shared(NamedTuple):
    """A sentence that a question and the bank have in common."""

    id: str
    """Of the question."""
    text: str
    sentence: str
    """With its slots."""
    entry: str
    """Of the bank."""
    follows: bool
    """Said in a conversation after its first turn."""


class Masker:
    """Replaces names, periods and numbers by their slots."""

    def __init__(self, catalogue: Catalogue, bank: Bank, today: date) -> None:
        self.spans = SpanFinder(catalogue, Cues.load())
        self.known = vocabulary(bank)
        self.today = today

    def mask(self, text: str) -> str:
        """The sentence as it is compared."""
        normalised = normalise(text)
        found = self.spans.find(normalised, self.today, self.known, written_large(text))
        return bare(mask(normalised, coverings(found)[0][0]))


def bare(sentence: str) -> str:
    """A masked sentence without marks and punctuation."""
    words = (word.strip(".,;:!?…") for word in sentence.split())
    return " ".join(word if word.isupper() else fold(word) for word in words if word)


def sentences(bank: Bank, masker: Masker) -> dict[str, str]:
    """Every sentence of the bank as it is compared → the entry it belongs to."""
    found = {masker.mask(example.text): entry.id for entry in bank.entries for example in entry.examples}
    return found | {bare(mask_template(sentence)): entry.id for entry, sentence in bank.sentences()}


def shared(sets: list[QuestionSet], bank: Bank, masker: Masker) -> list[Shared]:
    """Sentences of questions that are the bank's as well."""
    known = sentences(bank, masker)
    found = []
    for name, text, follows in _said(sets):
        sentence = masker.mask(text)
        if sentence in known:
            found.append(Shared(name, text, sentence, known[sentence], follows))
    return found


def _said(sets: list[QuestionSet]) -> Iterator[tuple[str, str, bool]]:
    """Id, text, and whether it follows another turn."""
    for questions in sets:
        for entry in questions.entries:
            for place, text in enumerate(entry.said):
                yield entry.id, text, place > 0
