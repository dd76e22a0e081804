"""Written questions: the whole turn, and each of its parts alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assistant.access import Account
from assistant.bench.report import Times, table
from assistant.errors import AssistantError
from assistant.evaluation.questions import QuestionSet
from assistant.house import House
from assistant.query.plan import NotPlannable
from assistant.query.planner import plan
from assistant.types import Answer, Reading, Utterance
from assistant.understanding.competition import Classifier
from assistant.understanding.nlu_client import Classification

STAGES = {
    "context": "  reading the conversation so far",
    "understand": "  understanding (Rasa included)",
    "access": "  access and planning",
    "query": "  query",
    "answer": "  composing the answer",
    "keep": "  keeping the turn",
}


class Recorder:
    """Stands before Rasa and notes what it is asked, one list of texts per utterance."""

    def __init__(self, classifier: Classifier) -> None:
        self.classifier = classifier
        self.batches: list[list[str]] = []

    def classify(self, texts: list[str]) -> list[Classification]:
        """Rasa's answer, unchanged."""
        self.batches.append(list(texts))
        return self.classifier.classify(texts)


@dataclass
class Written:
    """What was measured, and the answers that further measurements build on."""

    first: Times = field(default_factory=lambda: Times("whole turn, each question for the first time", 60, 150))
    again: Times = field(default_factory=lambda: Times("whole turn, the same questions once more", 60, 150))
    stages: dict[str, Times] = field(default_factory=lambda: {key: Times(name) for key, name in STAGES.items()})
    rasa_one: Times = field(default_factory=lambda: Times("Rasa alone, one sentence"))
    rasa_all: Times = field(default_factory=lambda: Times("Rasa alone, all sentences of a question"))
    understanding: Times = field(default_factory=lambda: Times("understanding alone"))
    query: Times = field(default_factory=lambda: Times("query alone (plan and run)"))
    answers: list[Answer] = field(default_factory=list)
    errors: int = 0

    def text(self) -> str:
        """The tables."""
        alone = [self.rasa_one, self.rasa_all, self.understanding, self.query]
        return "\n".join(
            [
                table("Questions in writing (in the server's process, without HTTP)", [self.first, self.again]),
                table("Stages of these turns (second time)", list(self.stages.values()), self.again),
                table("Parts alone, same questions", alone, self.again),
                f"sentences Rasa is asked per question: {self.sentences:.1f}; refused as bad input: {self.errors}\n",
            ]
        )

    @property
    def sentences(self) -> float:
        """Mean number of sentences Rasa classifies for one utterance."""
        return self._batched / max(1, len(self.rasa_all.values))

    _batched: int = 0

    def count(self, batches: list[list[str]]) -> None:
        """Notes how much Rasa was asked."""
        self._batched = sum(map(len, batches))


def measure(
    house: House, sets: list[tuple[Path, QuestionSet]], people: Mapping[str, Account], say: Callable[[str], None]
) -> Written:
    """Asks every question twice, in conversations of their own, then runs the parts alone."""
    found = Written()
    asked = [(question, people[question.account]) for _, questions in sets for question in questions.questions]
    recorder = Recorder(house.understanding.competition.nlu)
    for times in (found.first, found.again):
        say(f"{len(asked)} written questions: {times.name}")
        house.understanding.competition.nlu = recorder
        recorder.batches.clear()
        found.errors = 0
        for question, account in asked:
            conversation = None
            for text in (*question.before, question.text):
                answer = _turn(house, text, account, conversation, times, found)
                conversation = answer.conversation if answer else conversation
    house.understanding.competition.nlu = recorder.classifier
    say("the parts alone")
    batches = list(recorder.batches)
    for batch in batches:
        with found.rasa_all.measured():
            recorder.classifier.classify(batch)
    found.count(batches)
    for text in dict.fromkeys(text for batch in batches for text in batch[:1]):
        with found.rasa_one.measured():
            recorder.classifier.classify([text])
    for question, account in asked:
        if not question.before:
            with found.understanding.measured():
                best = house.understanding.read(Utterance(text=question.text), None).best
            if best is not None:
                _query(house, best, account, found.query)
    return found


def _turn(
    house: House, text: str, account: Account, conversation: str | None, times: Times, found: Written
) -> Answer | None:
    try:
        with times.measured():
            answer = house.conversation.ask(Utterance(text=text), account, conversation)
    except AssistantError:
        found.errors += 1
        return None
    if times is found.again:
        found.answers.append(answer)
        for stage, spent in answer.timings.items():
            if stage in found.stages:
                found.stages[stage].values.append(spent)
        found.stages["keep"].values.append(times.values[-1] - answer.timings["total"])
    return answer


def _query(house: House, reading: Reading, account: Account, times: Times) -> None:
    trial = Times("")
    with trial.measured():
        planned = plan(
            reading,
            catalogue=house.catalogue,
            warehouse=house.warehouse,
            engine=house.engine,
            grants=account.grants,
            clock=house.clock,
        )
        if not isinstance(planned, NotPlannable):
            house.engine.run(planned)
    if not isinstance(planned, NotPlannable):
        times.values += trial.values
