"""The room's wordings, and the small grammar every sentence shares: joining, capitals, full stops."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.language import spoken
from assistant.wordings import Wordings, load


def words() -> Wordings:
    """The sentences of ``data/wordings/answer.yml``."""
    return load("answer")


def table_of(key: str) -> dict[str, str]:
    """A mapping of the wordings ("actions", "groups"); empty where the file has none of that name."""
    node = words().entries.get(key)
    return {str(name): str(text) for name, text in node.items()} if isinstance(node, dict) else {}


def capital(text: str) -> str:
    """The first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """One line of tidy prose: single spaces, a capital first, a full stop last."""
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"\s+([,.;:)])", r"\1", text)
    return capital(text if text.endswith((".", "?", "!", "…")) else text + ".")


def listing(items: Sequence[str]) -> str:
    """ "A", "A và B", "A, B và C"."""
    if len(items) < 2:
        return "".join(items)
    return words()("join.last", first=", ".join(items[:-1]), last=items[-1])


def aloud(text: str) -> str:
    """A sentence for the synthesiser: tidy, without brackets, every number and sign in words."""
    return capital(spoken.spell(sentence(spoken_form(text))))


def spoken_form(text: str) -> str:
    """Brackets turned into pauses, signs that only the eye needs left out."""
    text = text.replace("…", "")
    text = re.sub(r"\s*\(([^()]*)\)", r", \1,", text)
    text = re.sub(r"[“”\"]", "", text)
    text = re.sub(r",\s*([,.;:?!]|$)", r"\1", text)
    return re.sub(r"\s+", " ", text).strip()
