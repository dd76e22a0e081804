"""The notation of templates, parsed and written out in full. Knows nothing of intents, files or Rasa.

``(a|b)`` either, ``[x]`` optional, ``{slot}`` or ``{slot:role}`` a name or period, ``<rule>`` a shared phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

SLOTS = ("indicator", "place", "period", "group", "member", "number", "domain")
"""What may stand in braces. ``place`` is an area, a facility or an agency."""

ROLES = ("subject", "base", "from", "to", "numerator", "denominator")

MOST = 5000
"""A template that says more sentences than this is refused before it is written out."""

_TOKEN = re.compile(r"[()\[\]|]|\{[^{}]*\}?|<[^<>]*>?|[}>]|[^()\[\]{}<>|]+")
_SLOT = re.compile(r"\{(\w+)(?::(\w+))?\}")


class NotationError(ValueError):
    """A template that cannot be read; the text says why, in English."""


@dataclass(frozen=True)
class Words:
    """Words as they stand, or one slot with its braces."""

    text: str


@dataclass(frozen=True)
class Either:
    """One of several sequences; an optional part has an empty one among them."""

    options: tuple[tuple[Node, ...], ...]


Node = Words | Either


def expand(template: str, phrases: Mapping[str, str] | None = None) -> list[str]:
    """All different sentences of a template, slots left in place, in the order they are written.

    ``phrases`` maps the names of rules to their templates. Raises NotationError.
    """
    nodes = _Parser(template, phrases or {}).parse()
    size = _size(nodes)
    if size > MOST:
        raise NotationError(f"says {size} sentences, more than {MOST}")
    sentences = dict.fromkeys(" ".join(text.split()) for text in _write(nodes))
    if "" in sentences:
        raise NotationError("can be empty: every part of it is optional")
    return list(sentences)


def mask_token(slot: str) -> str:
    """The one word that stands for a slot wherever Rasa sees text, in training and in questions alike.

    It is the slot's name in capitals: normalised text is lower case, so no piece of a word can be taken for it.
    Raises ValueError for a slot the notation does not know.
    """
    if slot not in SLOTS:
        raise ValueError(f"unknown slot {slot!r}")
    return slot.upper()


def slots(sentence: str) -> list[tuple[str, str]]:
    """Slots of an expanded sentence in order, each with its role (empty where it has none)."""
    return [(name, role) for name, role in _SLOT.findall(sentence)]


def pieces(sentence: str) -> Iterator[tuple[str, str]]:
    """An expanded sentence cut at its slots: ``("words", text)`` and ``("slot", name)`` in order."""
    end = 0
    for match in _SLOT.finditer(sentence):
        if before := sentence[end : match.start()].strip():
            yield "words", before
        yield "slot", match.group(1)
        end = match.end()
    if rest := sentence[end:].strip():
        yield "words", rest


class _Parser:
    """Recursive descent over the tokens of one template; shared phrases are parsed in place."""

    def __init__(self, template: str, phrases: Mapping[str, str], inside: tuple[str, ...] = ()) -> None:
        self.tokens = _TOKEN.findall(template)
        self.phrases = phrases
        self.inside = inside
        self.at = 0

    def parse(self) -> tuple[Node, ...]:
        options = self._options(closing="")
        return options[0] if len(options) == 1 else (Either(options),)

    def _options(self, closing: str) -> tuple[tuple[Node, ...], ...]:
        """Sequences divided by ``|`` up to ``closing`` (the end of the text where that is empty)."""
        options: list[tuple[Node, ...]] = []
        nodes: list[Node] = []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if token == closing:
                return (*options, tuple(nodes))
            if token in ("(", "["):
                inner = self._options(")" if token == "(" else "]")
                nodes.append(Either(((), *inner) if token == "[" else inner))
            elif token == "|":
                options.append(tuple(nodes))
                nodes = []
            elif token in (")", "]", "}", ">"):
                raise NotationError(f"unbalanced '{token}'")
            elif token.startswith("{"):
                nodes.append(Words(self._slot(token)))
            elif token.startswith("<"):
                nodes.extend(self._phrase(token))
            else:
                nodes.append(Words(token))
        if closing:
            raise NotationError(f"unbalanced: '{closing}' is missing")
        return (*options, tuple(nodes))

    def _slot(self, token: str) -> str:
        match = _SLOT.fullmatch(token)
        if not match:
            raise NotationError(f"unbalanced or empty braces at '{token}'")
        name, role = match.groups()
        if name not in SLOTS:
            raise NotationError(f"unknown slot {{{name}}}; known are {', '.join(SLOTS)}")
        if role and role not in ROLES:
            raise NotationError(f"unknown role '{role}' in {token}; known are {', '.join(ROLES)}")
        return token

    def _phrase(self, token: str) -> tuple[Node, ...]:
        if not token.endswith(">"):
            raise NotationError(f"unbalanced '<' at '{token}'")
        name = token[1:-1].strip()
        if name not in self.phrases:
            raise NotationError(f"unknown phrase <{name}>")
        if name in self.inside:
            raise NotationError(f"phrase <{name}> contains itself")
        return _Parser(self.phrases[name], self.phrases, (*self.inside, name)).parse()


def _size(nodes: tuple[Node, ...]) -> int:
    size = 1
    for node in nodes:
        if isinstance(node, Either):
            size *= sum(_size(option) for option in node.options)
    return size


def _write(nodes: tuple[Node, ...]) -> Iterator[str]:
    if not nodes:
        yield ""
        return
    head, rest = nodes[0], nodes[1:]
    tails = list(_write(rest))
    starts = [head.text] if isinstance(head, Words) else [text for option in head.options for text in _write(option)]
    for start in starts:
        for tail in tails:
            yield start + tail
