"""The state database with its real tables."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from assistant.clock import ZONE, FixedClock
from assistant.errors import ConfigurationError, NotFound
from assistant.store import Store
from assistant.store.columns import searchable
from assistant.store.database import Database
from assistant.store.tables import Base
from assistant.types import Answer, Status, Utterance

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=ZONE)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def store(tmp_path: Path, clock: FixedClock) -> Iterator[Store]:
    opened = Store(f"sqlite:///{tmp_path / 'state.sqlite'}", clock)
    yield opened
    opened.close()


def answer(turn: str, conversation: str, text: str = "Có 12 trường.", at: datetime = NOW) -> Answer:
    return Answer(
        id=turn,
        conversation=conversation,
        asked="Câu đã hỏi",
        asked_at=at,
        status=Status.ANSWERED,
        text=text,
        spoken_text="Có mười hai trường.",
    )


def keep(store: Store, turn: str, conversation: str, question: str, account: str = "lan") -> None:
    store.turns.add(answer(turn, conversation), account=account, utterance=Utterance(text=question))


def test_migrations_give_exactly_the_tables_of_the_models(store: Store) -> None:
    with store.database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_copies_that_start_together_migrate_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'state.sqlite'}"
    failures: list[Exception] = []

    def start() -> None:
        try:
            Database(url).close()
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=start) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_unusable_database_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "state.sqlite").write_text("this is no database, only a text that is long enough to look at " * 20)
    with pytest.raises(ConfigurationError, match=r"state\.sqlite"):
        Store(f"sqlite:///{tmp_path / 'state.sqlite'}")


def test_turn_comes_back_as_it_went_in(store: Store) -> None:
    said = Utterance(text="Có mấy trường?", confidence=0.8, alternatives=("có mấy tường",), spoken=True)
    kept = store.turns.add(answer("t1", "c1"), account="lan", utterance=said, corrected=True, context={"place": "77"})
    assert store.turns.get("t1") == kept
    assert kept.asked_at == NOW
    assert store.turns.get("t1").answer.asked_at.tzinfo is not None


def test_unknown_turn_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound):
        store.turns.get("nothing")


def test_last_and_order_of_a_conversation(store: Store) -> None:
    for number in range(3):
        keep(store, f"t{number}", "c1", f"Câu {number}")
    last = store.turns.last("c1")
    assert last is not None and last.id == "t2"
    assert [turn.id for turn in store.turns.of("lan", "c1")] == ["t0", "t1", "t2"]
    assert [turn.id for turn in store.turns.of("lan", "c1", limit=2)] == ["t1", "t2"]
    assert store.turns.last("c2") is None


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("đất đỏ", ["t1"]),
        ("DAT DO", ["t1"]),
        ("đỏ học sinh", ["t1"]),
        ("học sinh", ["t2", "t1"]),
        ("Có 12 trường", []),
        ("%", []),
        ("' OR 1=1 --", []),
        ("", ["t2", "t1"]),
    ],
)
def test_search_folds_and_needs_all_words(store: Store, query: str, found: list[str]) -> None:
    keep(store, "t1", "c1", "Số học sinh huyện Đất Đỏ")
    keep(store, "t2", "c2", "Số học sinh huyện Châu Đức")
    keep(store, "t3", "c3", "Số học sinh huyện Đất Đỏ", account="nam")
    assert [turn.id for turn in store.turns.search("lan", query)] == found
    assert {row.id for row in store.turns.conversations("lan", search=query)} == {f"c{turn[1]}" for turn in found}


def test_conversations_of_one_moment_stand_in_the_order_of_their_last_turns(store: Store) -> None:
    for turn, conversation in (("t1", "c2"), ("t2", "c3"), ("t3", "c1"), ("t4", "c2")):
        keep(store, turn, conversation, "Câu hỏi")
    assert [row.id for row in store.turns.conversations("lan")] == ["c2", "c1", "c3"]


def test_conversation_of_somebody_else_is_not_found(store: Store) -> None:
    keep(store, "t1", "c1", "Câu hỏi")
    with pytest.raises(NotFound):
        keep(store, "t2", "c1", "Câu hỏi", account="nam")
    with pytest.raises(NotFound):
        store.turns.of("nam", "c1")
    with pytest.raises(NotFound):
        store.turns.open_conversation("nam", "c1", "Câu hỏi")
    assert store.turns.conversations("nam") == ()


def test_feedback_is_replaced_not_repeated(store: Store) -> None:
    keep(store, "t1", "c1", "Câu hỏi")
    assert store.turns.feedback("t1", "lan") is None
    store.turns.set_feedback("t1", "lan", "up")
    store.turns.set_feedback("t1", "lan", "down", "sai số")
    feedback = store.turns.feedback("t1", "lan")
    assert feedback is not None and (feedback.thumb, feedback.note) == ("down", "sai số")
    with pytest.raises(NotFound):
        store.turns.set_feedback("nothing", "lan", "up")


def test_templates_are_versioned_and_retired(store: Store) -> None:
    assert store.templates.version() == ""
    first = store.templates.save(intent="value", templates=["{indicator} ra sao"], examples=[], author="an")
    before = store.templates.version()
    second = store.templates.save(
        intent="value", templates=["{indicator} thế nào"], examples=[], author="an", entry=first.id,
        approved=date(2026, 11, 21),
    )  # fmt: skip
    assert (first.version, second.version) == (1, 2)
    assert [entry.templates for entry in store.templates.current()] == [("{indicator} thế nào",)]
    assert store.templates.version() != before
    store.templates.retire(first.id, "an")
    assert store.templates.current() == ()
    assert store.templates.save(intent="rank", templates=["x"], examples=[], author="an").id != first.id


def test_training_run_is_seen_running_and_done(store: Store) -> None:
    assert store.training_runs.latest() is None
    run = store.training_runs.begin("abc")
    running = store.training_runs.latest()
    assert running is not None and (running.state, running.finished_at) == ("running", None)
    store.training_runs.finish(run, "done", model="m1")
    done = store.training_runs.latest()
    assert done is not None and (done.state, done.model, done.finished_at) == ("done", "m1", NOW)


def test_sessions_end_and_are_forgotten(store: Store, clock: FixedClock) -> None:
    account = store.accounts.add(
        username="lan", full_name="Lan", role="leader", address="chị", password_hash="x", demo=False, grants={}
    )
    assert account is not None
    store.sessions.add("hash", account.id, NOW + timedelta(hours=1))
    assert store.sessions.account("hash") == account
    clock.moment = NOW + timedelta(hours=1)
    assert store.sessions.account("hash") is None


def test_grants_are_replaced(store: Store) -> None:
    store.accounts.add(
        username="lan", full_name="Lan", role="leader", address="chị", password_hash="x", demo=False,
        grants={"health": frozenset({"750", "751"}), "education": None},
    )  # fmt: skip
    record = store.accounts.get("lan")
    assert record is not None and record.grants == {"health": frozenset({"750", "751"}), "education": None}
    assert store.accounts.set_grants("lan", {"health": None})
    record = store.accounts.get("lan")
    assert record is not None and record.grants == {"health": None}
    assert not store.accounts.set_grants("nobody", {})


@pytest.mark.parametrize(
    ("text", "folded"), [("Đất  Đỏ", "dat do"), ("Nguye\u0302\u0303n", "nguyen"), ("THPT Vũng Tàu", "thpt vung tau")]
)
def test_searchable(text: str, folded: str) -> None:
    assert searchable(text) == folded
