"""The real Rasa: what it says, how it is kept secret, how it comes back, how it changes its model."""

from __future__ import annotations

import json
import os
import signal
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from assistant.errors import ConfigurationError, NluUnavailable
from assistant.settings import Settings
from assistant.understanding import training
from assistant.understanding.nlu_client import NluClient
from assistant.understanding.supervisor import Supervisor, run_file, running
from assistant.understanding.training import ModelInfo
from tests.nlu.conftest import small_bank


def way(settings: Settings) -> tuple[str, str, int]:
    """Address, token and process of the running Rasa."""
    content = json.loads(run_file(settings).read_text(encoding="utf-8"))
    return content["url"], content["token"], content["pid"]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("INDICATOR của PLACE PERIOD là bao nhiêu", "value"),
        ("INDICATOR cua PLACE PERIOD la bao nhieu", "value"),
        ("GROUP nào có INDICATOR nhiều nhất PERIOD", "extreme"),
        ("GROUP nao co INDICATOR it nhat", "extreme"),
        ("xu hướng INDICATOR của PLACE PERIOD", "trend"),
        ("chào bạn", "greet"),
        ("cam on nhieu", "thanks"),
    ],
)
def test_tells_the_shape_of_a_masked_sentence(supervisor: Supervisor, text: str, intent: str) -> None:
    answer = supervisor.client.classify([text])[0]
    assert answer.intent == intent
    assert answer.ranking[0].intent == intent
    assert answer.ranking[0].confidence == answer.confidence > answer.ranking[1].confidence
    assert sum(one.confidence for one in answer.ranking) == pytest.approx(1, abs=1e-6)


def test_answers_keep_the_order_of_the_texts(supervisor: Supervisor) -> None:
    texts = ["xin chào", "", "cảm ơn", "xu hướng INDICATOR PLACE PERIOD"]
    assert [one.intent for one in supervisor.client.classify(texts)] == ["greet", "", "thanks", "trend"]


@pytest.mark.parametrize("slash", ["/", "//", " /", "/ /", "\t/"])
def test_no_text_is_taken_for_a_command(supervisor: Supervisor, slash: str) -> None:
    answer = supervisor.client.classify([f'{slash}thanks{{"a": 1}}'])[0]
    assert answer.confidence < 0.999, "Rasa gives a command it obeys a confidence of 1"
    assert len(answer.ranking) > 1
    assert supervisor.client.classify([f"{slash}xin chào"])[0].intent == "greet"
    assert 0 < supervisor.client.classify([f"{slash}restart"])[0].confidence < 0.999


def test_text_of_only_slashes_has_no_intent(supervisor: Supervisor) -> None:
    assert [one.intent for one in supervisor.client.classify(["/", " // ", ""])] == ["", "", ""]


def test_the_token_shows_nowhere(settings: Settings, supervisor: Supervisor) -> None:
    url, token, pid = way(settings)
    process = Path("/proc") / str(pid)
    assert b"launch.py" in (process / "cmdline").read_bytes()
    for name in ("cmdline", "environ"):
        assert token.encode() not in (process / name).read_bytes()
    assert token not in json.dumps(supervisor.health())
    assert stat.S_IMODE(run_file(settings).stat().st_mode) == 0o600
    assert url.startswith("http://127.0.0.1:")


def test_a_stranger_without_the_token_gets_nothing(settings: Settings, supervisor: Supervisor) -> None:
    url, _, _ = way(settings)
    assert httpx.post(f"{url}/model/parse", json={"text": "xin chào"}, trust_env=False).status_code == 401
    stranger = NluClient(url, "a wrong token of some length")
    assert not stranger.health()
    with pytest.raises(NluUnavailable) as refused:
        stranger.classify(["xin chào"])
    assert "401" in refused.value.detail
    stranger.close()


def test_no_question_is_written_into_a_log(settings: Settings, supervisor: Supervisor) -> None:
    supervisor.client.classify(["câu hỏi riêng của lãnh đạo"])
    assert "riêng" not in (settings.data_dir / "run" / "nlu.log").read_text(encoding="utf-8")


def test_many_questions_at_once_are_all_answered(supervisor: Supervisor) -> None:
    texts = ["xin chào", "cảm ơn", "xu hướng INDICATOR PLACE PERIOD", "nơi nào INDICATOR cao nhất"] * 100
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda text: supervisor.client.classify([text])[0].intent, texts))
    assert answers == ["greet", "thanks", "trend", "extreme"] * 100


def test_the_command_line_finds_the_running_one(settings: Settings, supervisor: Supervisor) -> None:
    client = running(settings)
    assert client is not None
    assert client.classify(["xin chào"])[0].intent == "greet"
    client.close()


def test_one_that_runs_elsewhere_is_used_and_nothing_is_started(settings: Settings, supervisor: Supervisor) -> None:
    url, token, pid = way(settings)
    elsewhere = Supervisor(settings.model_copy(update={"nlu_url": url, "nlu_token": token}))
    elsewhere.start()
    assert elsewhere.state == "elsewhere"
    assert elsewhere.client.classify(["cảm ơn"])[0].intent == "thanks"
    with pytest.raises(NluUnavailable):
        elsewhere.switch(supervisor_model(settings))
    elsewhere.stop()
    assert way(settings) == (url, token, pid), "what it did not start it does not end"
    assert supervisor.client.health()


def supervisor_model(settings: Settings) -> ModelInfo:
    info = training.current(settings)
    assert info is not None
    return info


def test_it_comes_back_after_a_crash(settings: Settings, supervisor: Supervisor) -> None:
    _, _, pid = way(settings)
    before = supervisor.restarts
    os.kill(pid, signal.SIGKILL)
    assert supervisor.wait("restarting", 10)
    with pytest.raises(NluUnavailable) as refused:
        supervisor.client.classify(["xin chào"])
    assert refused.value.http_status == 503
    assert refused.value.retry_after
    assert not supervisor.client.health()
    assert supervisor.wait("ready"), supervisor.health()
    assert supervisor.restarts == before + 1
    assert way(settings)[2] != pid
    assert supervisor.client.classify(["xin chào"])[0].intent == "greet"


def test_a_model_that_fails_its_smoke_test_is_not_taken(
    settings: Settings, supervisor: Supervisor, model: ModelInfo
) -> None:
    wrong = model.model_copy(update={"smoke": tuple((text, "something else") for text, _ in model.smoke)})
    before = way(settings)
    with pytest.raises(NluUnavailable) as refused:
        supervisor.switch(wrong)
    assert "knows only 0 of its 5" in refused.value.detail
    assert way(settings) == before
    assert supervisor.client.classify(["xin chào"])[0].intent == "greet"


def test_a_new_model_takes_over_without_losing_a_question(
    settings: Settings, supervisor: Supervisor, other_model: ModelInfo
) -> None:
    _, _, old = way(settings)
    assert supervisor.client.classify(["hẹn gặp lại nhé"])[0].intent != "goodbye"
    done = threading.Event()

    def keep_asking() -> int:
        asked = 0
        while not done.is_set():
            assert supervisor.client.classify(["xin chào"])[0].intent == "greet"
            asked += 1
        return asked

    with ThreadPoolExecutor(2) as pool:
        askers = [pool.submit(keep_asking) for _ in range(2)]
        try:
            supervisor.switch(other_model)
        finally:
            done.set()
        assert all(asker.result() > 10 for asker in askers)
    assert supervisor.client.classify(["hẹn gặp lại nhé"])[0].intent == "goodbye"
    assert supervisor.model == other_model.version
    assert training.current(settings) == other_model
    assert not Path(f"/proc/{old}").exists()


def test_stop_leaves_nothing_behind(settings: Settings, supervisor: Supervisor, model: ModelInfo) -> None:
    """Last in this file: it ends the Rasa that the tests before it share."""
    _, _, pid = way(settings)
    supervisor.stop()
    assert supervisor.state == "stopped"
    assert not Path(f"/proc/{pid}").exists()
    assert not run_file(settings).exists()
    assert running(settings) is None
    with pytest.raises(NluUnavailable):
        supervisor.client.classify(["xin chào"])
    training.make_current(settings, model)


def test_a_known_bank_is_not_trained_again(settings: Settings, model: ModelInfo) -> None:
    archive = model.archive(settings)
    before = archive.stat().st_mtime_ns
    assert training.train(settings, small_bank()) == model
    assert archive.stat().st_mtime_ns == before


def test_without_a_model_it_says_so_and_waits(tmp_path: Path) -> None:
    owner = Supervisor(Settings(data_dir=tmp_path, nlu_url=""))
    owner.start()
    assert owner.wait("no_model", 10)
    with pytest.raises(NluUnavailable):
        owner.client.classify(["xin chào"])
    owner.stop()
    assert owner.state == "stopped"


def test_a_missing_environment_is_named(tmp_path: Path) -> None:
    bare = Settings(data_dir=tmp_path, nlu_url="", nlu_python=tmp_path / "python")
    with pytest.raises(ConfigurationError) as refused:
        training.train(bare, small_bank())
    assert "make run" in refused.value.detail
