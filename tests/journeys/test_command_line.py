"""The command line: the same answers without a browser, and a template that people may use as soon as it is learnt."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner, Result

from assistant.access import Account, Grants
from assistant.admin.templates import TemplateDraft, TemplateOverlay
from assistant.cli import app
from assistant.house import House, build
from assistant.settings import ROOT, Settings
from assistant.types import Answer, Utterance
from assistant.understanding.bank import Bank
from assistant.understanding.training import train
from tests.conftest import TODAY
from tests.journeys.conftest import People

QUESTION = "Năm 2025 tỉnh có bao nhiêu bác sĩ?"


@pytest.fixture(scope="module")
def data(house: House, people: People, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of its own with the same figures, model and accounts."""
    folder = tmp_path_factory.mktemp("data")
    shutil.copytree(house.settings.data_dir / "warehouse", folder / "warehouse")
    shutil.copytree(house.settings.model_dir, folder / "models")
    with house.store.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(Path(str(house.store.database.engine.url.database)), folder / "state.sqlite")
    return folder


@pytest.fixture(scope="module")
def way(house: House) -> dict[str, str]:
    """What tells the command line which Rasa to use."""
    process = house.supervisor._process
    assert process is not None
    return {"NLU_URL": process.url, "NLU_TOKEN": process.token, "ASSISTANT_TODAY": "2026-11-21"}


@pytest.fixture
def run(data: Path, way: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs a command inside this process."""
    for name, value in {**way, "ASSISTANT_DATA_DIR": str(data), "ASSISTANT_DATABASE_URL": ""}.items():
        monkeypatch.setenv(name, value)

    def call(*arguments: str, typed: str | None = None) -> Result:
        return CliRunner().invoke(app, list(arguments), input=typed)

    return call


def test_ask_prints_the_answer(data: Path, way: dict[str, str], house: House, people: People) -> None:
    expected = house.conversation.ask(Utterance(text=QUESTION), people["lanhdao"][0])
    told = subprocess.run(
        [sys.executable, "-m", "assistant", "ask", QUESTION, "--as", "lanhdao", "--data", str(data)],
        cwd=ROOT,
        env=os.environ | way,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith(expected.text) and "số liệu minh họa" in told.stdout
    assert not told.stderr


def test_serve_says_where_to_go_and_ends_when_told(data: Path, way: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant", "serve", "--data", str(data), "--port", str(port)],
        cwd=ROOT,
        env=os.environ | way,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None and process.stderr is not None
        told = [process.stdout.readline() for _ in range(3)]
        assert told[0].startswith("hears with ") and told[1].startswith("speaks with ")
        assert told[2] == f"open http://127.0.0.1:{port}\n"
        transport = httpx.HTTPTransport(retries=10)  # waits longer each time until the port is open
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", transport=transport, timeout=30) as client:
            parts = client.get("/api/health").json()["parts"]
        process.send_signal(signal.SIGINT)
        process.wait(60)
        assert not process.stderr.read()
    assert parts and process.returncode in (0, 130, -signal.SIGINT)  # ended by the interrupt, gracefully


def test_ask_json_prints_the_whole_answer(run: Any, house: House, people: People) -> None:
    expected = house.conversation.ask(Utterance(text=QUESTION), people["lanhdao"][0])
    told = run("ask", QUESTION, "--as", "lanhdao", "--json")
    assert told.exit_code == 0, told.output
    answer = json.loads(told.stdout)
    assert answer["figures"] == [figure.model_dump(mode="json") for figure in expected.figures]
    assert {"id", "conversation", "reading", "table", "chart", "source", "timings", "versions"} <= set(answer)


def test_ask_jsonl_answers_each_line_in_its_conversation(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    lines = [
        {"text": "Số bác sĩ của Vũng Tàu năm 2025?", "conversation": "a"},
        {"text": "Số học sinh của huyện Châu Đức năm học 2024-2025?", "conversation": "b"},
        {"text": "Còn Bà Rịa thì sao?", "conversation": "a"},
        {"text": ""},
        {"no": "question"},
    ]
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n\nnot json\n", "utf-8")
    told = run("ask", "--as", "lanhdao", "--jsonl", str(file))
    assert told.exit_code == 0, told.output
    answers = [json.loads(line) for line in told.stdout.splitlines()]
    assert [answer["figures"][0]["place"] for answer in answers[:3]] == ["747", "750", "748"]
    assert answers[2]["figures"][0]["indicator"] == "hea_doctors"
    assert answers[0]["conversation"] == answers[2]["conversation"] != answers[1]["conversation"]
    assert [set(answer) for answer in answers[3:]] == [{"error"}] * 3


@pytest.mark.parametrize(
    "arguments, says",
    [
        (("ask", QUESTION, "--as", "nguoi.la"), "no active account 'nguoi.la'"),
        (("ask", QUESTION), "--as USER"),
        (("ask", "--as", "lanhdao"), "--jsonl FILE"),
        (("users", "grant", "moi", "weather"), "no domain 'weather'"),
        (("users", "disable", "nguoi.la"), "there is no account"),
    ],
)
def test_a_mistake_is_one_line(run: Any, arguments: tuple[str, ...], says: str) -> None:
    told = run(*arguments)
    assert told.exit_code == 1 and says in told.stderr
    assert len(told.stderr.strip().splitlines()) == 1 and not told.stdout


def test_denied_on_the_command_line_too(run: Any) -> None:
    told = run("ask", QUESTION, "--as", "giaoduc")
    assert told.exit_code == 0 and "y tế" in told.stdout and "bác sĩ" not in told.stdout.replace(QUESTION, "")


def test_accounts_are_made_granted_and_closed(run: Any) -> None:
    assert (
        run("users", "add", "ha.le", "--name", "Lê Hà", "--grant", "education", typed="mot mat khau\n").exit_code == 0
    )
    assert run("users", "grant", "ha.le", "health:750").exit_code == 0
    listed = run("users", "list").stdout
    line = next(line for line in listed.splitlines() if line.startswith("ha.le"))
    assert "Lê Hà" in line and "[health:750]" in line
    assert run("users", "disable", "ha.le").exit_code == 0
    assert "(disabled)" in run("users", "list").stdout
    assert run("ask", QUESTION, "--as", "ha.le").exit_code == 1


def test_templates_are_counted(run: Any, house: House) -> None:
    told = run("templates", "count")
    assert told.exit_code == 0
    rows = [line.split() for line in told.stdout.splitlines()]
    counts = {row[0]: int(row[1]) for row in rows if len(row) == 3 and row[1].isdigit()}
    total = house.bank.count().total
    assert rows[-1][:2] == [str(total), "templates,"]
    assert sum(counts.values()) >= total >= 4000
    assert len(counts) >= 30


BANK = """
intents:
  value:
    about: "One figure"
    entries:
      - id: value-1
        author: tests
        approved: 2026-11-21
        templates: ["{indicator} [của] {place} {period} là bao nhiêu", "{period} {place} có bao nhiêu {indicator}"]
        examples: [{text: "Số bác sĩ của huyện Châu Đức năm 2025 là bao nhiêu?"}]
  trend:
    about: "Many periods"
    entries:
      - id: trend-1
        author: tests
        approved: 2026-11-21
        templates: ["xu hướng {indicator} [của] {place} {period}", "{indicator} diễn biến thế nào qua các năm"]
        examples: [{text: "Xu hướng số bác sĩ của huyện Châu Đức"}]
  thanks:
    about: "Thanks"
    entries:
      - id: thanks-1
        author: tests
        approved: 2026-11-21
        templates: ["(cảm ơn|cám ơn) [bạn|nhiều|em]", "tốt lắm"]
        examples: [{text: "Cảm ơn em"}]
"""
"""Three shapes of question: a house that learns in seconds."""

NEW = "cho hay con số {indicator} nơi {place} hồi {period}"
WORDING = "Cho hay con số bác sĩ nơi huyện Châu Đức hồi năm 2025"


@pytest.fixture
def learner(data: Path, tmp_path: Path) -> Iterator[House]:
    """A house with a Rasa of its own and a small bank."""
    folder = tmp_path / "data"
    shutil.copytree(data / "warehouse", folder / "warehouse")
    bank = tmp_path / "bank.yml"
    bank.write_text(BANK, "utf-8")
    settings = Settings(data_dir=folder, bank_file=bank, today=TODAY, nlu_url="", nlu_token="")
    train(settings, Bank.load(bank))
    with build(settings) as house:
        assert house.supervisor.wait(), house.supervisor.last_error
        yield house


@pytest.mark.timeout(1800)
def test_a_new_wording_is_learnt_while_the_old_model_answers(learner: House) -> None:
    every: dict[str, frozenset[str] | None] = dict.fromkeys(learner.catalogue.domains)
    admin = Account(username="quantri", full_name="Quản trị", role="admin", address="anh", grants=Grants(every))

    def ask(text: str) -> Answer:
        return learner.conversation.ask(Utterance(text=text), admin)

    known, unknown = ask("Số bác sĩ của huyện Châu Đức năm 2025 là bao nhiêu?"), ask(WORDING)
    assert known.figures and unknown.reading is not None
    overlay = TemplateOverlay(learner.store, learner.clock, learner.load_bank)
    draft = TemplateDraft("value", (NEW,), (WORDING,))
    assert [message.ok for message in overlay.check(draft)] == [True]
    overlay.add(draft, admin.username)
    learner.trainer.start()
    assert known.versions
    meanwhile: list[Answer] = []
    while not meanwhile or learner.supervisor.model == known.versions.model:
        meanwhile.append(ask("Số bác sĩ của huyện Châu Đức năm 2025 là bao nhiêu?"))
        learner.trainer.wait(0.5)
    learner.trainer.wait()
    assert all(answer.figures == known.figures for answer in meanwhile)
    assert meanwhile[0].versions == known.versions
    learnt = ask(WORDING)
    assert learnt.figures == known.figures, learnt.text
    assert learnt.reading is not None and learnt.reading.intent_score > unknown.reading.intent_score + 0.2
    assert learnt.versions
    assert learnt.versions.bank != known.versions.bank and learnt.versions.model != known.versions.model
