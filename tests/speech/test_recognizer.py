"""Engines on real audio: espeak-ng's voice through Vosk, people through viet-asr."""

from __future__ import annotations

import csv
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.errors import ConfigurationError
from assistant.language.numbers import in_words
from assistant.settings import Settings
from assistant.speech import viet_asr_engine
from assistant.speech.recognizer import Recognizer, Transcript, choose
from assistant.speech.speaker import EspeakSpeaker
from tests.speech.audio import errors, pcm16, silence, spoken, white_noise, words

CHUNK = 3200


def heard(recognizer: Recognizer, pcm: bytes, phrases: tuple[str, ...] = ()) -> Transcript:
    """Transcript of audio given in chunks of 100 ms."""
    stream = recognizer.stream(phrases)
    for start in range(0, len(pcm), CHUNK):
        stream.accept(pcm[start : start + CHUNK])
    transcript = stream.finish()
    stream.close()
    stream.close()
    return transcript


@pytest.mark.parametrize(
    "question",
    [
        "Năm hai nghìn không trăm mười một tỉnh có bao nhiêu y sĩ?",
        "Tổng số học sinh tiểu học của huyện Châu Đức là bao nhiêu?",
        "Huyện nào có nhiều học sinh nhất?",
        "So sánh số hồ sơ trễ hạn của thành phố Vũng Tàu và huyện Long Điền.",
        "Dân số trung bình năm hai nghìn không trăm linh chín là bao nhiêu?",
        "Số lớp mẫu giáo tăng bao nhiêu từ năm hai nghìn không trăm mười đến năm hai nghìn không trăm mười lăm?",
        "Tỷ lệ giải quyết hồ sơ đúng hạn tháng mười là bao nhiêu phần trăm?",
        "Xu hướng số giường bệnh trong năm năm qua",
        "Còn thị xã Phú Mỹ thì sao?",
        "Nguồn số liệu này lấy ở đâu?",
        "Có bao nhiêu trường trung học phổ thông trên địa bàn tỉnh?",
        "Quý ba năm nay thu ngân sách đạt bao nhiêu phần trăm kế hoạch?",
    ],
)
def test_vosk_hears_questions(vosk: Recognizer, speaker: EspeakSpeaker, question: str) -> None:
    transcript = heard(vosk, spoken(question, speaker))
    assert errors(words(question), words(transcript.text)) <= 1, transcript.text
    assert transcript.confidence is not None and transcript.confidence > 0.8
    assert [word.text for word in transcript.words] == transcript.text.split()
    assert all(word.start <= word.end for word in transcript.words)


def test_vosk_joins_what_was_said_around_a_pause(vosk: Recognizer, speaker: EspeakSpeaker) -> None:
    pcm = spoken("Huyện nào có nhiều học sinh nhất?", speaker) + silence(1.5) + spoken("Còn thị xã Phú Mỹ?", speaker)
    assert heard(vosk, pcm).text == "huyện nào có nhiều học sinh nhất còn thị xã phú mỹ"


def test_vosk_partial_text_grows_to_the_transcript(vosk: Recognizer, speaker: EspeakSpeaker) -> None:
    pcm = spoken("Huyện nào có nhiều học sinh nhất?", speaker)
    stream = vosk.stream()
    partials = [stream.accept(pcm[start : start + CHUNK]) for start in range(0, len(pcm), CHUNK)]
    assert len({text for text in partials if text}) >= 3
    assert stream.finish().text == "huyện nào có nhiều học sinh nhất"


@pytest.mark.parametrize("value", [530, 12, 15, 21, 105, 310, 999, 1005, 1234, 24567, 94.2, 2345.6])
def test_spoken_figure_is_heard_again(vosk: Recognizer, speaker: EspeakSpeaker, value: float) -> None:
    """Among 400 sentences that differ in the figure alone, the one that was spoken is heard."""
    chance = random.Random(3)
    others = [chance.randint(10, 3000) for _ in range(200)] + [chance.randint(100, 999) / 10 for _ in range(200)]
    sentence = "tỉnh bà rịa vũng tàu có {} bác sĩ"
    phrases = tuple(sentence.format(in_words(number)) for number in {value, *others})
    pcm = spoken(sentence.format(in_words(value)), speaker)
    assert in_words(value) in heard(vosk, pcm, phrases).text


def test_vosk_with_phrases_hears_nothing_else(vosk: Recognizer, speaker: EspeakSpeaker) -> None:
    choices = ("trường tiểu học thắng tam", "trường tiểu học quang trung")
    assert heard(vosk, spoken("trường tiểu học Quang Trung", speaker), choices).text == choices[1]
    assert heard(vosk, spoken("Dân số trung bình là bao nhiêu", speaker), choices).text not in choices


def test_viet_asr_hears_people(viet_asr: Recognizer, shared: Callable[[str], Path]) -> None:
    folder = shared("speech/human")
    wrong = total = 0
    with (folder / "transcripts.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            text = heard(viet_asr, pcm16(folder / row["file"])).text
            wrong += errors(words(row["text"]), words(text))
            total += len(words(row["text"]))
    print(f"viet-asr: word error rate {wrong / total:.1%} over {total} words of people")
    assert wrong / total <= 0.15


def test_viet_asr_makes_no_words_of_noise(viet_asr: Recognizer) -> None:
    assert heard(viet_asr, white_noise(3)) == Transcript("")


def test_auto_takes_the_one_that_hears_people_best() -> None:
    recognizer = choose(Settings())
    assert (recognizer.name, "measurement" in recognizer.why) == ("viet-asr", True)


def test_auto_takes_vosk_where_viet_asr_cannot_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(viet_asr_engine, "unavailable", lambda: "no such library")
    recognizer = choose(Settings())
    assert (recognizer.name, "no such library" in recognizer.why) == ("vosk", True)
    with pytest.raises(ConfigurationError, match="no such library"):
        choose(Settings(recognizer="vietasr"))


def test_vosk_is_used_when_asked_for() -> None:
    assert choose(Settings(recognizer="vosk")).name == "vosk"


def test_folder_without_a_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no folder of a Vosk model"):
        choose(Settings(recognizer="vosk", vosk_model=tmp_path)).load()


@pytest.mark.parametrize("name", ["../../etc", "", "vosk-model-vn/../x"])
def test_model_name_is_no_path(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigurationError, match="is no name of a Vosk model"):
        choose(Settings(recognizer="vosk", vosk_model_name=name, data_dir=tmp_path)).load()


def test_failed_download_says_what_to_do_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vosk.MODEL_PRE_URL", "http://127.0.0.1:9/")
    with pytest.raises(ConfigurationError, match="ASSISTANT_VOSK_MODEL"):
        choose(Settings(recognizer="vosk", data_dir=tmp_path)).load()
    assert list((tmp_path / "models").iterdir()) == []


def test_downloaded_model_is_unpacked_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shared: Callable[[str], Path]
) -> None:
    name = "vosk-model-small-vn-0.4"
    source = shared("speech/vosk-model-vi-espeak")
    archive = tmp_path / f"{name}.zip"
    with zipfile.ZipFile(archive, "w") as content:
        for file in source.rglob("*"):
            content.write(file, f"{name}/{file.relative_to(source)}")
    monkeypatch.setattr("vosk.MODEL_PRE_URL", tmp_path.as_uri() + "/")
    settings = Settings(recognizer="vosk", data_dir=tmp_path / "data")
    choose(settings).load()
    archive.unlink()
    choose(settings).load()
    assert [entry.name for entry in (tmp_path / "data" / "models").iterdir()] == [name]
