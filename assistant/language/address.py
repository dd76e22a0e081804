"""Forms of address: what the assistant calls the person and itself. The words stand in ``data/wordings/language.yml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from assistant.errors import ConfigurationError
from assistant.wordings import load

DEFAULT = "đồng chí"


@dataclass(frozen=True)
class Address:
    """How one person is spoken to."""

    person: str
    """What the person is called: "anh", "đồng chí"."""
    self_: str
    """What the assistant calls itself: "em", "tôi", "cháu"."""
    answering: str
    """Which opening suits an answer: "answering", "reporting", "respectful" or "plain"."""

    def respectful(self, sentence: str) -> str:
        """ "Thưa anh, …"."""
        return self._opened("respectful", sentence)

    def answer(self, sentence: str) -> str:
        """The sentence with the opening an answer has: "Dạ, …", "Báo cáo đồng chí, …"."""
        return sentence if self.answering == "plain" else self._opened(self.answering, sentence)

    def fill(self, text: str) -> str:
        """A sentence with ``{person}``, ``{Person}``, ``{self}`` and ``{Self}`` filled in; other braces stay."""
        for name, word in (("person", self.person), ("self", self.self_)):
            text = text.replace(f"{{{name}}}", word).replace(f"{{{name.capitalize()}}}", word[:1].upper() + word[1:])
        return text

    def _opened(self, opening: str, sentence: str) -> str:
        lowered = sentence if _keeps_capital(sentence) else sentence[:1].lower() + sentence[1:]
        return load("language")(f"opening.{opening}", person=self.person, sentence=lowered)


def _keeps_capital(sentence: str) -> bool:
    """Whether the sentence begins with a proper name or an abbreviation: two capitals, or two capital words."""
    words = sentence.split()
    return bool(words) and (words[0][1:2].isupper() or (len(words) > 1 and words[1][:1].isupper()))


@cache
def forms() -> tuple[str, ...]:
    """The forms of address an account may have."""
    return tuple(load("language").entries["address"])


def of(form: str) -> Address:
    """The address for "anh", "chị", "đồng chí", "ông", "bà", "bác", "cô", "chú", "em"; "đồng chí" for any other."""
    entries = load("language").entries
    wanted = " ".join(form.lower().split())
    if wanted not in entries["address"]:
        wanted = DEFAULT
    try:
        return Address(
            person=entries["address"][wanted]["person"],
            self_=entries["address"][wanted]["self"],
            answering=entries["answering"][wanted],
        )
    except KeyError as error:
        raise ConfigurationError(f"language.yml: address '{wanted}' has no {error}") from error
