"""Runs question sets through a house and keeps a report: counts with 95 % intervals, and everything not right in full."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from assistant.access import Account, roster
from assistant.catalogue.catalogue import Catalogue
from assistant.catalogue.loader import load as load_catalogue
from assistant.errors import AssistantError, ConfigurationError
from assistant.evaluation.judge import Judge, Verdict
from assistant.evaluation.questions import Question, QuestionSet
from assistant.evaluation.recompute import Recomputer
from assistant.house import House
from assistant.settings import ROOT, Settings
from assistant.types import Answer, Status, Utterance
from connectors.sample import load_sample

VERDICTS: tuple[Verdict, ...] = ("right", "wrong", "asked_back", "refused")

ASKERS = ROOT / "tests" / "evaluation" / "accounts.yml"
"""Who asks the questions that come with the repository."""


@dataclass(frozen=True)
class Outcome:
    """What became of one question."""

    id: str
    file: str
    text: str
    shape: str
    spelling: str
    verdict: Verdict
    reason: str
    status: str
    answer: str
    figures: int
    unequal: int
    """Figures of the answer that differ from their recomputation."""
    milliseconds: float


def prepare(settings: Settings, days: Set[date]) -> Settings:
    """Settings for a data folder below the usual one: the sample province as of the questions' day, the same models.

    Raises ConfigurationError where the questions are meant against different days.
    """
    if len(days) != 1:
        raise ConfigurationError(f"the question files are written for different days: {sorted(map(str, days))}")
    models = settings.model_dir
    settings = settings.model_copy(update={"data_dir": settings.data_dir / "evaluation", "today": min(days)})
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    models.mkdir(parents=True, exist_ok=True)
    if not settings.model_dir.exists():
        settings.model_dir.symlink_to(models.resolve())
    clock = settings.clock()
    load_sample(settings.data_dir, load_catalogue(settings.catalogue_dir), today=clock.today(), now=clock.now())
    return settings


def accounts(file: Path, catalogue: Catalogue) -> dict[str, Account]:
    """The people who ask, by the name questions give them; raises ConfigurationError for a file that is wrong."""
    return {
        name: Account(
            username=person.username,
            full_name=person.full_name,
            role=person.role,
            address=person.address,
            grants=person.granted(catalogue.domains),
        )
        for name, person in roster.read(file).items()
    }


def wilson(hits: int, of: int) -> tuple[float, float]:
    """95 % interval of a share (Wilson 1927), as fractions."""
    if of == 0:
        return 0.0, 1.0
    z, share = 1.959964, hits / of
    middle = share + z * z / (2 * of)
    spread = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return (middle - spread) / (1 + z * z / of), (middle + spread) / (1 + z * z / of)


def ask(house: House, question: Question, account: Account) -> Answer | AssistantError:
    """Asks a question after those that come before it in its conversation."""
    conversation = None
    try:
        for text in question.before:
            conversation = house.conversation.ask(Utterance(text=text), account, conversation).conversation
        return house.conversation.ask(Utterance(text=question.text), account, conversation)
    except AssistantError as error:
        return error


def run(house: House, sets: list[tuple[Path, QuestionSet]], people: Mapping[str, Account]) -> list[Outcome]:
    """Asks every question in a conversation of its own and judges the answers.

    Raises ConfigurationError where a question is asked by somebody who is not among the people.
    """
    for file, questions in sets:
        for question in questions.questions:
            if question.account not in people:
                raise ConfigurationError(f"{file.name}: question {question.id}: nobody is called '{question.account}'")
    recomputer = Recomputer(house.settings.data_dir, house.catalogue)
    judge = Judge(recomputer, house.catalogue)
    outcomes = []
    for file, questions in sets:
        for question in questions.questions:
            answer = ask(house, question, people[question.account])
            if isinstance(answer, AssistantError):
                expected = question.expect.status is Status.NOT_UNDERSTOOD
                verdict: Verdict = "right" if expected else "refused"
                said, status, figures, unequal, spent = answer.message, type(answer).__name__, 0, 0, 0.0
                reason = "" if expected else "an error was raised"
            else:
                verdict, reason = judge.verdict(answer, question.expect)
                unequal = sum(not judge.same(figure) for figure in answer.figures)
                said, status, figures = answer.text, answer.status.value, len(answer.figures)
                spent = answer.timings.get("total", 0.0)
            outcomes.append(
                Outcome(
                    question.id, file.name, question.text, question.shape, question.spelling,
                    verdict, reason, status, said, figures, unequal, spent,
                )
            )  # fmt: skip
    recomputer.close()
    return outcomes


def summary(outcomes: list[Outcome]) -> str:
    """The report as text: overall, per shape and per spelling, then everything that is not right."""
    lines = [_line("all", outcomes)]
    for key in ("shape", "spelling", "file"):
        lines.append("")
        values = sorted({getattr(outcome, key) for outcome in outcomes})
        lines += [_line(f"{key} {value}", [o for o in outcomes if getattr(o, key) == value]) for value in values]
    figures, unequal = sum(o.figures for o in outcomes), sum(o.unequal for o in outcomes)
    lines += ["", f"figures answered {figures}, unequal to their recomputation {unequal}", ""]
    lines += [
        f"{o.verdict:<10} {o.id:<10} {o.text}\n{'':<22}{o.reason}; {o.answer}" for o in outcomes if o.verdict != "right"
    ]
    return "\n".join(lines)


def _line(name: str, outcomes: list[Outcome]) -> str:
    counts = Counter(outcome.verdict for outcome in outcomes)
    low, high = wilson(counts["right"], len(outcomes))
    shares = "  ".join(
        f"{verdict} {counts[verdict]:>4} ({100 * counts[verdict] / len(outcomes):5.1f} %)" for verdict in VERDICTS
    )
    return f"{name:<24} {len(outcomes):>5}  {shares}  right 95 %: {100 * low:.1f}–{100 * high:.1f} %"


def keep(outcomes: list[Outcome], file: Path) -> None:
    """Writes the outcomes as JSON for comparing runs."""
    file.parent.mkdir(parents=True, exist_ok=True)
    data = [asdict(outcome) for outcome in outcomes]
    file.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
