"""Templates that administrators write: checked against the bank in force, kept in the overlay, retired again.

Checks speak Vietnamese to the administrator; the bank itself refuses wrong entries once more when it is loaded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.clock import Clock
from assistant.errors import BadInput
from assistant.store import Store
from assistant.store.templates import OverlayTemplate
from assistant.understanding.bank import PER_ENTRY, Bank, Entry, Example
from assistant.understanding.notation import ROLES, SLOTS, NotationError, mask_token, pieces
from assistant.wordings import Wordings, load

MAX_LENGTH = 300
"""Characters of one template or example."""

FAULTS = ("unbalanced", "unknown slot", "unknown role", "unknown phrase", "says", "can be empty")
"""How the notation's complaints begin, each with a wording ``admin.faults``."""


@dataclass(frozen=True)
class TemplateDraft:
    """What an administrator is writing."""

    intent: str
    templates: tuple[str, ...]
    examples: tuple[str, ...]
    """Questions as a person would ask them, with real names."""


@dataclass(frozen=True)
class CheckMessage:
    """One line under the form."""

    ok: bool
    text: str


class TemplateOverlay:
    """The overlay over the base bank. ``bank`` gives the bank in force, overlay included."""

    def __init__(self, store: Store, clock: Clock, bank: Callable[[], Bank]) -> None:
        self._store = store
        self._clock = clock
        self._bank = bank
        self._words: Wordings = load("web")

    def current(self) -> tuple[OverlayTemplate, ...]:
        """What is in the overlay now."""
        return self._store.templates.current()

    def check(self, draft: TemplateDraft) -> tuple[CheckMessage, ...]:
        """Everything that can be said about a draft, faults first; no fault means that it can be saved."""
        bank = self._bank()
        faults: list[str] = []
        if draft.intent not in bank.intents:
            faults.append(self._words("admin.no_intent"))
        if not draft.templates:
            faults.append(self._words("admin.no_template"))
        if not draft.examples:
            faults.append(self._words("admin.no_example"))
        if any(len(text) > MAX_LENGTH for text in (*draft.templates, *draft.examples)):
            faults.append(self._words("admin.too_long", most=MAX_LENGTH))
        faults += [
            self._words("admin.example_with_marks", text=text)
            for text in draft.examples
            if any(mark in text for mark in "{}[]<>|")
        ]
        sentences: list[str] = []
        for template in draft.templates:
            try:
                sentences += bank.expand(template)
            except NotationError as error:
                faults.append(self._fault(template, str(error)))
        sentences = list(dict.fromkeys(sentences))
        if len(sentences) > PER_ENTRY:
            faults.append(self._words("admin.too_many", count=len(sentences), most=PER_ENTRY))
        faults += self._taken(bank, draft.intent, sentences)
        if faults:
            return tuple(CheckMessage(False, text) for text in faults)
        return (CheckMessage(True, self._words("admin.fine", count=len(sentences))),)

    def add(self, draft: TemplateDraft, author: str) -> OverlayTemplate:
        """Keeps a draft as approved by its author; raises BadInput with the first fault."""
        for message in self.check(draft):
            if not message.ok:
                raise BadInput(message.text)
        kept = self._store.templates.save(
            intent=draft.intent,
            templates=draft.templates,
            examples=[{"text": text, "reading": {}} for text in draft.examples],
            author=author,
            approved=self._clock.today(),
        )
        self._store.audit.record("template", author, template=kept.id, version=kept.version, change="added")
        return kept

    def retire(self, entry: str, author: str) -> None:
        """Takes an entry out of the overlay; raises NotFound."""
        kept = self._store.templates.retire(entry, author)
        self._store.audit.record("template", author, template=kept.id, version=kept.version, change="retired")

    def _fault(self, template: str, complaint: str) -> str:
        kind = next((fault for fault in FAULTS if complaint.startswith(fault)), "other").replace(" ", "_")
        return self._words(
            f"admin.faults.{kind}", template=template, slots=", ".join(SLOTS), roles=", ".join(ROLES), most=PER_ENTRY
        )

    def _taken(self, bank: Bank, intent: str, sentences: list[str]) -> list[str]:
        """Sentences that already belong to another shape."""
        mine = {_bare(sentence): sentence for sentence in sentences}
        names = self._words.entries["admin"]["intents"]
        return [
            self._words(
                "admin.taken", text=mine[_bare(theirs)], shape=names.get(entry.intent, {}).get("name", entry.intent)
            )
            for entry, theirs in bank.sentences()
            if entry.intent != intent and _bare(theirs) in mine
        ]


def overlay_entries(store: Store) -> tuple[Entry, ...]:
    """The overlay as entries of the bank (``Bank.load(file, overlay_entries(store))``)."""
    return tuple(
        Entry(
            intent=kept.intent,
            id=kept.id,
            author=kept.author,
            approved=kept.approved or kept.saved_at.date(),
            templates=kept.templates,
            examples=tuple(Example.model_validate(example) for example in kept.examples),
        )
        for kept in store.templates.current()
    )


def _bare(sentence: str) -> str:
    """A sentence as far as two can be told apart: lower case, slots without roles."""
    return " ".join(mask_token(text) if kind == "slot" else text.lower() for kind, text in pieces(sentence))
