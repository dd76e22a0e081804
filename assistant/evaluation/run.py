"""Runs question sets through a house: every question and every turn of a conversation is asked, judged and told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.access import Account, roster
from assistant.catalogue.catalogue import Catalogue
from assistant.catalogue.loader import load as load_catalogue
from assistant.errors import AssistantError, BadInput, ConfigurationError
from assistant.evaluation import words
from assistant.evaluation.judge import Judge, Verdict
from assistant.evaluation.outcome import SPELLED, Outcome
from assistant.evaluation.questions import FINAL, Expected, QuestionSet
from assistant.evaluation.recompute import Recomputer
from assistant.house import House
from assistant.settings import ROOT, Settings
from assistant.types import Answer, Status, Utterance
from connectors.sample import load_sample

ASKERS = ROOT / "tests" / "evaluation" / "accounts.yml"
"""Who asks the questions that come with the repository."""


SHOWN = 12
"""Figures of an answer that a report shows."""

AT_ONCE = 2
"""Conversations that are held at the same time; a second one fills the time in which the first waits for Rasa and DuckDB."""

NO_DOMAIN = "talk"
"""Domain of questions that ask for no figure."""


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
    with suppress(FileExistsError):  # another process may make it at the same moment
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


@dataclass(frozen=True)
class Case:
    """One question, or one conversation, with what is expected of each of its turns."""

    id: str
    turns: tuple[tuple[str, Expected | None], ...]
    """What is said; nothing is expected of what only leads to a question."""
    account: str
    spelling: str
    shape: str
    talk: bool
    domain: str | None


@dataclass(frozen=True)
class Judged:
    """One turn with its verdict."""

    text: str
    expected: Expected
    answer: Answer | AssistantError
    verdict: Verdict
    reason: str


def cases(questions: QuestionSet) -> Iterator[Case]:
    """Everything that is asked in a file."""
    for one in questions.questions:
        turns = (*((text, None) for text in one.before), (one.text, one.expect))
        yield Case(one.id, turns, one.account, one.spelling, one.shape, talk=False, domain=one.domain)
    for talk in questions.conversations:
        said = tuple((turn.text, turn.expect) for turn in talk.turns)
        yield Case(talk.id, said, talk.account, talk.spelling, talk.shape, talk=True, domain=talk.domain)


def run(
    house: House, sets: list[tuple[Path, QuestionSet]], people: Mapping[str, Account], *, spelling: str = ""
) -> list[Outcome]:
    """Asks everything, each question and each conversation in a conversation of its own, and judges the answers.

    ``spelling`` names the spelling that the sets were put into. Raises ConfigurationError where a question is asked by
    somebody who is not among the people.
    """
    asked = [(file, questions.author, case) for file, questions in sets for case in cases(questions)]
    for file, _, case in asked:
        if case.account not in people:
            raise ConfigurationError(f"{file.name}: question {case.id}: nobody is called '{case.account}'")
    recomputer = Recomputer(house.settings.data_dir, house.catalogue)
    judge = Judge(recomputer, house.catalogue)

    def asked_and_judged(entry: tuple[Path, str, Case]) -> Outcome:
        file, author, case = entry
        return outcome(case, judged(house, judge, case, people[case.account]), judge, file, author, spelling)

    try:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return list(pool.map(asked_and_judged, asked))
    finally:
        recomputer.close()


def written(text: str) -> Utterance:
    """What is typed."""
    return Utterance(text=text)


def judged(
    house: House, judge: Judge, case: Case, account: Account, hear: Callable[[str], Utterance] = written
) -> list[Judged]:
    """Asks the turns of a case one after the other and judges those of which something is expected.

    ``hear`` makes an utterance of what is said; it may raise an AssistantError.
    """
    conversation, found = None, []
    for text, expected in case.turns:
        answer: Answer | AssistantError
        try:
            answer = house.conversation.ask(hear(text), account, conversation)
        except AssistantError as error:
            answer = error
        else:
            conversation = answer.conversation
        if expected is not None:
            found.append(Judged(text, expected, answer, *_verdict(judge, answer, expected)))
    return found


def _verdict(judge: Judge, answer: Answer | AssistantError, expected: Expected) -> tuple[Verdict, str]:
    if isinstance(answer, Answer):
        return judge.verdict(answer, expected)
    # what cannot be a question is refused as bad input
    fits = expected.status is Status.NOT_UNDERSTOOD and isinstance(answer, BadInput)
    return ("right", "") if fits else ("refused", "an error was raised")


def outcome(case: Case, turns: list[Judged], judge: Judge, file: Path, author: str, spelling: str = "") -> Outcome:
    """What became of a case: right where every turn is, wrong where one is wrong, else as its first turn that failed."""
    failed = [(number, turn) for number, turn in enumerate(turns, 1) if turn.verdict != "right"]
    wrong = [pair for pair in failed if pair[1].verdict == "wrong"]
    _, told = (wrong or failed or [(0, turns[-1])])[0]
    answers = [turn.answer for turn in turns if isinstance(turn.answer, Answer)]
    answer = told.answer
    figures = [figure for each in answers for figure in each.figures]
    reasons = [
        f"turn {number}: {turn.reason}" for number, turn in wrong + [pair for pair in failed if pair not in wrong]
    ]
    return Outcome(
        id=f"{case.id}{SPELLED}{spelling}" if spelling else case.id,
        file=file.name,
        author=author,
        domain=domain_of(case, judge.catalogue),
        shape=case.shape,
        spelling=spelling or case.spelling,
        talk=case.talk,
        final=file.parent.name == FINAL,
        text=" → ".join(text for text, _ in case.turns),
        verdict=told.verdict,
        reason="; ".join(reasons) if case.talk else told.reason,
        status=answer.status.value if isinstance(answer, Answer) else type(answer).__name__,
        intent=told_intent(answer),
        expected=words.expected(told.expected),
        answer=answer.text if isinstance(answer, Answer) else answer.message,
        reading=words.reading(answer.reading) if isinstance(answer, Answer) and answer.reading else "",
        shown=tuple(map(words.figure, answer.figures[:SHOWN])) if isinstance(answer, Answer) else (),
        turn=failed[0][0] if case.talk and failed else 0,
        figures=len(figures),
        unequal=sum(not judge.same(figure) for figure in figures),
        milliseconds=max((each.timings.get("total", 0.0) for each in answers), default=0.0),
    )


def told_intent(answer: Answer | AssistantError) -> str:
    """The shape that was read, or the status where no reading is told."""
    if isinstance(answer, AssistantError):
        return type(answer).__name__
    return answer.reading.intent if answer.reading else answer.status.value


def domain_of(case: Case, catalogue: Catalogue) -> str:
    """Domain of the figures that are expected first; ``talk`` where no figures are."""
    if case.domain is not None:
        return case.domain
    for expected in (expected for _, expected in case.turns if expected is not None):
        named = [cell.indicator for cell in expected.cells]
        named += [expected.ranking.indicator] if expected.ranking else []
        if named:
            return catalogue.indicator(named[0]).domain
        if expected.domain is not None:
            return expected.domain
    return NO_DOMAIN
