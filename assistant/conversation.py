"""One turn from start to end: the only file that knows the order of the stages, and times each of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from assistant import wordings
from assistant.access import Account
from assistant.answer.compose import compose
from assistant.answer.draft import Draft
from assistant.answer.refusals import ask_back, names, not_understood, plain, small_talk
from assistant.answer.scene import Scene
from assistant.answer.suggest import examples
from assistant.answer.understood import with_rival
from assistant.catalogue.catalogue import Catalogue
from assistant.clock import Clock
from assistant.errors import BadInput
from assistant.query.engine import QueryEngine
from assistant.query.plan import NotPlannable, Result
from assistant.query.planner import plan
from assistant.query.results import first_place
from assistant.store import Store
from assistant.types import Answer, Found, Reading, Status, Suggestion, Utterance, Versions
from assistant.understanding import ask_back as questions
from assistant.understanding import became
from assistant.understanding.interpretation import REMEMBERED, Context, Interpretation, QuestionBack
from assistant.understanding.reader import Understanding
from assistant.understanding.spans import ELSEWHERE
from assistant.warehouse.store import Warehouse

TALK = ("greet", "thanks", "goodbye", "help", "identity", "out_of_scope")
"""Intents answered with a sentence of their own and no figures."""

UNREAD = (Status.DENIED, Status.NOT_UNDERSTOOD)
"""What is told without the reading: a refusal names the domain and nothing else."""

SURE = 0.5
"""Joint score below which a reading is not answered from."""


@dataclass
class Turn:
    """What one turn gathers on its way."""

    account: Account
    utterance: Utterance
    timings: dict[str, float] = field(default_factory=dict)
    reading: Reading | None = None
    """What was believed to be meant; as it was planned, where it was."""

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Adds the milliseconds spent inside to ``timings[name]``."""
        start = time.perf_counter()
        try:
            yield
        finally:
            spent = (time.perf_counter() - start) * 1000
            self.timings[name] = round(self.timings.get(name, 0.0) + spent, 3)


class Conversation:
    """Answers utterances. Holds no state of its own: what a turn needs of earlier ones is read from the store."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        understanding: Understanding,
        warehouse: Warehouse,
        engine: QueryEngine,
        store: Store,
        clock: Clock,
        versions: Callable[[], Versions],
        longest: int,
    ) -> None:
        """``versions`` tells bank, model and catalogue in force; ``longest`` is the most characters of a question."""
        self.catalogue = catalogue
        self.understanding = understanding
        self.warehouse = warehouse
        self.engine = engine
        self.store = store
        self.clock = clock
        self.versions = versions
        self.longest = longest
        self.words = wordings.load("conversation")

    def ask(
        self, utterance: Utterance, account: Account, conversation: str | None = None, *, corrected: bool = False
    ) -> Answer:
        """Answers one utterance and keeps the turn.

        ``conversation`` is one of the account's own, or None to begin one. Raises BadInput for text that cannot be a
        question, NotFound for somebody else's conversation, NluUnavailable while Rasa starts.
        """
        self._check(utterance)
        turn = Turn(account, utterance)
        with turn.stage("total"):
            with turn.stage("context"):
                conversation = self.store.turns.open_conversation(account.username, conversation, utterance.text)
                context = self._context(conversation)
            with turn.stage("understand"):
                interpretation = self.understanding.read(utterance, context)
            draft, after = self._answer(turn, interpretation, context)
        answer = Answer(
            id=self.store.turns.new_id(),
            conversation=conversation,
            asked=utterance.text.strip(),
            asked_at=self.clock.now(),
            reading=None if draft.status in UNREAD else turn.reading,
            timings=turn.timings,
            versions=self.versions().model_copy(
                update={"snapshots": tuple(sorted({figure.snapshot for figure in draft.figures}))}
            ),
            **dict(draft),
        )
        if after.reading is not None and answer.status is Status.ANSWERED:
            after = after.model_copy(update={"answer": answer.id})
        self.store.turns.add(
            answer,
            account=account.username,
            utterance=utterance,
            corrected=corrected,
            context=after.model_dump(mode="json"),
        )
        return answer

    def may_see(self, account: Account, answer: Answer) -> bool:
        """Whether this person's own grants cover everything an answer shows."""
        shown = {(figure.indicator, figure.place) for figure in answer.figures}
        for reading in [answer.reading, *(part.reading for part in answer.parts)]:
            if reading is not None and not answer.figures:
                shown |= {(found.code, place.code) for found in reading.indicators for place in reading.places}
                if any(account.grants.missing(self.catalogue.domains_of(found.code)) for found in reading.indicators):
                    return False
                if not account.grants.domains and reading.domains:
                    return False
        return all(account.grants.allows(indicator, place, self.catalogue) for indicator, place in shown)

    def _check(self, utterance: Utterance) -> None:
        text = utterance.text.strip()
        if not any(character.isalnum() for character in text):
            raise BadInput(self.words("empty"))
        if len(text) > self.longest:
            raise BadInput(self.words("too_long", most=self.longest))

    def _context(self, conversation: str) -> Context | None:
        last = self.store.turns.last(conversation)
        return Context.model_validate(last.context) if last is not None and last.context else None

    def _answer(self, turn: Turn, interpretation: Interpretation, context: Context | None) -> tuple[Draft, Context]:
        """The answer to the best reading, and what the next turn may refer to."""
        best = turn.reading = interpretation.best
        kept = Context(
            reading=context.reading if context else None,
            earlier=context.earlier if context else None,
            further=context.further if context else (),
            first=context.first if context else None,
            answer=context.answer if context else None,
            at=context.at if context and best is not None and best.intent in TALK else self.clock.now(),
        )
        if best is not None and best.intent == "repeat" and context is not None and context.answer:
            said_before = self.store.turns.get(context.answer).answer
            if self.may_see(turn.account, said_before):
                turn.reading = said_before.reading
                return Draft.model_validate({name: getattr(said_before, name) for name in Draft.model_fields}), kept
        question = interpretation.question
        if best is not None and (told := self._history(interpretation.normalised, best)):
            return plain(Status.ANSWERED, list(told)), kept
        if best is None or best.intent == "repeat" or (0 < best.score < SURE and question is None):
            return self._not_understood(turn), kept
        if best.intent in TALK and question is None:
            with turn.stage("answer"):
                draft = small_talk(
                    best.intent,
                    account=turn.account,
                    catalogue=self.catalogue,
                    clock=self.clock,
                    examples=self._examples(turn.account),
                )
            return draft, kept
        beyond = self._beyond(best)
        if beyond:
            name = f"{ELSEWHERE}{self.catalogue.place_name(beyond)}"
            return self._unknown(Found(kind="unknown", code=name), turn), kept
        if question is not None:
            with turn.stage("access"):
                permitted = self._permitted(question, turn.account)
            if permitted.choices or not question.choices:
                with turn.stage("answer"):
                    draft = ask_back(permitted, account=turn.account, catalogue=self.catalogue)
                return draft, kept.model_copy(update={"pending": permitted})
            best = question.choices[0].reading  # whichever was meant: it is planned, and refused with its domain
        elif best.unknown:
            return self._unknown(best.unknown[0], turn), kept
        asked = (best, *interpretation.also)
        outcomes = [self._planned(turn, reading) for reading in asked]
        meant = [
            outcome.plan.reading if isinstance(outcome, Result) else reading
            for reading, outcome in zip(asked, outcomes, strict=True)
        ]
        best = turn.reading = meant[0]
        with turn.stage("answer"):
            draft = compose(
                *outcomes,
                account=turn.account,
                catalogue=self.catalogue,
                clock=self.clock,
                coverage=self.warehouse.coverage,
            )
        rival = interpretation.rival
        if draft.status is Status.ANSWERED and rival is not None and self._may_read(rival, turn.account):
            draft = with_rival(draft, best, rival, Scene(turn.account, self.catalogue, self.clock))
        if draft.status in (Status.ANSWERED, Status.NO_DATA):
            pending = context.pending if context else None
            settled = questions.again(pending, best) if pending is not None else None
            further = (kept.earlier, *kept.further) if kept.earlier is not None else kept.further
            last, *before = [*reversed(meant), *([kept.reading] if kept.reading else [])]
            spoken = {
                "reading": last,
                "earlier": next(iter(before), None),
                "further": (*before[1:], *further)[:REMEMBERED],
            }
            kept = kept.model_copy(update={**spoken, "pending": settled, "first": _first(outcomes[-1])})
        return draft, kept

    def _planned(self, turn: Turn, reading: Reading) -> Result | NotPlannable:
        """The figures that a reading asks for, or why there are none for this person."""
        with turn.stage("access"):
            planned = plan(
                reading,
                catalogue=self.catalogue,
                warehouse=self.warehouse,
                engine=self.engine,
                grants=turn.account.grants,
                clock=self.clock,
            )
        if isinstance(planned, NotPlannable):
            self._audit(turn, planned)
            return planned
        with turn.stage("query"):
            return self.engine.run(planned)

    def _examples(self, account: Account) -> tuple[Suggestion, ...]:
        """Questions this person could ask, for when there is nothing else to show."""
        return examples(Scene(account, self.catalogue, self.clock), self.warehouse.coverage)

    def _not_understood(self, turn: Turn) -> Draft:
        heard = turn.utterance.text if turn.utterance.spoken else ""
        return not_understood(account=turn.account, heard=heard, examples=self._examples(turn.account))

    def _history(self, text: str, reading: Reading) -> tuple[str, ...]:
        """What became of the one area that a question is about, where it asks for nothing else; else nothing."""
        code = became.asked(text, reading, self.understanding.cues, self.catalogue)
        return self.catalogue.history(code) if code else ()

    def _beyond(self, reading: Reading) -> str:
        """The first place outside the province that is asked about and of which no table was loaded; else empty."""
        codes = [found.code for found in reading.areas if self.catalogue.is_outside(found.code)]
        if (
            not codes
            and self.catalogue.country
            and any(found.code in ("region", "province") for found in reading.grouping)
        ):
            codes = [self.catalogue.country.code]
        return next((code for code in codes if not self.warehouse.knows(code)), "")

    def _unknown(self, name: Found, turn: Turn) -> Draft:
        """A name in no list is never answered with the figures of another place."""
        elsewhere = name.code.startswith(ELSEWHERE)
        text = self.words(
            "elsewhere" if elsewhere else "unknown_name",
            **names(turn.account),
            name=name.code.removeprefix(ELSEWHERE) if elsewhere else name.text,
            province=self.catalogue.province.name,
        )
        return plain(Status.NO_DATA, [text], self._examples(turn.account))

    def _permitted(self, question: QuestionBack, account: Account) -> QuestionBack:
        """The question with only those choices that this person may see."""
        left = tuple(choice for choice in question.choices if self._may_read(choice.reading, account))
        return question.model_copy(update={"choices": left})

    def _may_read(self, reading: Reading, account: Account) -> bool:
        """Whether a person may see all that a reading asks for."""
        places = [found.code for found in reading.places] or [self.catalogue.province.code]
        return all(
            account.grants.allows(found.code, place, self.catalogue) for found in reading.indicators for place in places
        )

    def _audit(self, turn: Turn, refusal: NotPlannable) -> None:
        if refusal.status is Status.DENIED:
            self.store.audit.record("denied", turn.account.username, domains=list(refusal.domains))


def _first(outcome: Result | NotPlannable) -> Found | None:
    """The place that alone came first of those that were ranked."""
    figure = first_place(outcome.parts) if isinstance(outcome, Result) else None
    if figure is None:
        return None
    kind = figure.place_kind
    return Found(kind=kind if kind in ("facility", "agency") else "area", code=figure.place, match="context")
