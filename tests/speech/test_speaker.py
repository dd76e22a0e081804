"""The speaker and its process: every trap of pyttsx3, and what happens when the process dies."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.errors import AssistantError, Busy, ConfigurationError
from assistant.settings import ROOT, Settings
from assistant.speech.speaker import EspeakSpeaker
from assistant.speech.wire import AUDIO, ERROR, LENGTH, SpeechError, SpeechRequest
from assistant.wordings import load
from tests.speech.audio import espeak_wav16, read_wav

SENTENCE = "Tỉnh có năm trăm ba mươi bác sĩ."


@pytest.fixture
def own() -> Iterator[EspeakSpeaker]:
    """A speaker whose process may be killed."""
    speaker = EspeakSpeaker(Settings(), sentence_seconds=1.0)
    speaker.start()
    yield speaker
    speaker.close()


def seconds(wav: bytes) -> float:
    """How long a WAV is; fails where it is none."""
    samples, rate = read_wav(wav)
    assert rate == 22050
    return len(samples) / rate


def test_one_wav_per_sentence(speaker: EspeakSpeaker) -> None:
    wavs = list(speaker.say("Tỉnh có năm trăm ba mươi bác sĩ. Nguồn là Cục Thống kê."))
    assert [1 < seconds(wav) < 4 for wav in wavs] == [True, True]


def test_silence_around_a_sentence_is_short(speaker: EspeakSpeaker) -> None:
    samples, rate = read_wav(next(speaker.say(SENTENCE)))
    audible = (abs(samples.astype(int)) > 200).nonzero()[0]
    assert audible[0] <= rate * 0.03
    assert rate * 0.15 < len(samples) - audible[-1] < rate * 0.25


def test_long_text_is_complete(speaker: EspeakSpeaker) -> None:
    """Ten times the text takes ten times as long, whatever pyttsx3 says is finished."""
    once = sum(map(seconds, speaker.say(SENTENCE)))
    wavs = list(speaker.say(" ".join([SENTENCE] * 10 + ["và " * 70])))
    assert sum(map(seconds, wavs[:10])) == pytest.approx(once * 10, rel=0.02)
    assert seconds(wavs[-1]) > 10


@pytest.mark.parametrize("text", ["", "   \n ", "…?!", "😀🎉", "<b></b>", "\x00\x07"])
def test_nothing_to_say_is_silent(speaker: EspeakSpeaker, text: str) -> None:
    assert list(speaker.say(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Xin chào 😀 đồng chí",
        "<script>alert(1)</script> Xin chào",
        "Xin\x00 chào\x1b[31m",
        "Xin chào \ud800",
        "5 < 6 & 7 > 3",
        "[[h@'loU]] xin chào",
        "Xin chào" * 2000,
        "Xin chào".encode().decode("latin-1"),
    ],
)
def test_any_text_is_safe(speaker: EspeakSpeaker, text: str) -> None:
    assert sum(map(seconds, speaker.say(text))) > 0.3


def test_emoji_and_tags_are_not_read(speaker: EspeakSpeaker) -> None:
    plain = sum(map(seconds, speaker.say("Xin chào đồng chí")))
    assert sum(map(seconds, speaker.say("<p>Xin chào 😀 đồng chí</p>"))) == pytest.approx(plain, rel=0.02)


def test_rate_of_speech(speaker: EspeakSpeaker) -> None:
    slow, usual, fast = (seconds(next(speaker.say(SENTENCE, rate))) for rate in (100, None, 300))
    assert slow > usual > fast


def test_unknown_voice_is_told_with_the_known_ones() -> None:
    speaker = EspeakSpeaker(Settings(voice="aav/vi-hue"))
    with pytest.raises(ConfigurationError, match=r"no voice 'aav/vi-hue' \(Vietnamese ones: aav/vi, "):
        speaker.start()
    speaker.close()


def test_voices_differ() -> None:
    south = EspeakSpeaker(Settings(voice="aav/vi-vn-x-south"))
    north = EspeakSpeaker(Settings(voice="aav/vi"))
    assert next(south.say(SENTENCE)) != next(north.say(SENTENCE))
    south.close()
    north.close()


def test_threads_take_turns(own: EspeakSpeaker) -> None:
    texts = [f"Câu số {word}." for word in ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám")]
    spoken: dict[str, list[int]] = {}
    threads = [
        threading.Thread(target=lambda text=text: spoken.update({text: [len(wav) for wav in own.say(text)]}))
        for text in texts
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    alone = EspeakSpeaker(Settings())
    assert spoken.keys() == set(texts)
    for text in texts:
        assert spoken[text] == pytest.approx([len(wav) for wav in alone.say(text)], rel=0.02)
    alone.close()


def test_killed_process_is_replaced_in_the_middle(own: EspeakSpeaker) -> None:
    killed = own.pid
    assert killed is not None
    wavs = own.say("Câu thứ nhất. Câu thứ hai. Câu thứ ba.")
    lengths = [seconds(next(wavs))]
    os.kill(killed, signal.SIGKILL)
    lengths += map(seconds, wavs)
    assert len(lengths) == 3
    assert own.pid not in (None, killed)


def test_hung_process_is_killed_and_replaced(own: EspeakSpeaker) -> None:
    hung = own.pid
    assert hung is not None
    os.kill(hung, signal.SIGSTOP)
    assert seconds(next(own.say(SENTENCE))) > 1
    with pytest.raises(ProcessLookupError):
        os.kill(hung, 0)


def test_process_that_fails_twice_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    speaker = EspeakSpeaker(Settings())
    with pytest.raises(AssistantError) as caught:
        speaker.start()
    assert "màn hình" in caught.value.message
    assert speaker.pid is None


def test_full_queue_is_told() -> None:
    """While the process hangs two sentences may wait; the others are told so, and the two are spoken in the end."""
    small = EspeakSpeaker(Settings(), max_waiting=2, sentence_seconds=2.0)
    small.start()
    assert small.pid is not None
    os.kill(small.pid, signal.SIGSTOP)
    outcomes: list[str] = []

    def say(text: str) -> None:
        try:
            outcomes.append("spoken" if seconds(next(small.say(text))) > 0 else "")
        except Busy as busy:
            outcomes.append(busy.message)

    threads = [threading.Thread(target=say, args=(text,)) for text in ("Một.", "Hai.", "Ba.", "Bốn.", "Năm.")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    small.close()
    assert sorted(outcomes) == sorted(["spoken"] * 2 + [load("speech")("speaking_busy")] * 3)


def test_said_again_needs_no_process(own: EspeakSpeaker) -> None:
    first = list(own.say(SENTENCE))
    assert own.pid is not None
    os.kill(own.pid, signal.SIGSTOP)
    assert list(own.say(SENTENCE)) == first


def test_closed_speaker_says_so_and_leaves_no_process(own: EspeakSpeaker) -> None:
    pid = own.pid
    assert pid is not None
    own.close()
    own.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    with pytest.raises(AssistantError):
        next(own.say(SENTENCE))


def worker(*requests: bytes) -> tuple[int, bytes]:
    """Exit code and output of a worker given these bytes and then the end of its input."""
    done = subprocess.run(
        [sys.executable, "-m", "assistant.speech.worker"],
        input=b"".join(requests),
        capture_output=True,
        cwd=ROOT,
        timeout=60,
    )
    return done.returncode, done.stdout


def replies(output: bytes) -> list[tuple[bytes, bytes]]:
    result = []
    while output:
        (length,) = LENGTH.unpack(output[: LENGTH.size])
        reply, output = output[LENGTH.size : LENGTH.size + length], output[LENGTH.size + length :]
        assert len(reply) == length
        result.append((reply[:1], reply[1:]))
    return result


def test_worker_ends_with_its_input_and_prints_nothing_else() -> None:
    code, output = worker(
        SpeechRequest("Xin chào", "aav/vi", 165).pack(),
        SpeechRequest(" ", "aav/vi", 165).pack(),
        SpeechRequest("Xin chào", "xx/yy", 165).pack(),
        SpeechRequest("Xin chào đồng chí", "aav/vi", 165).pack(),
    )
    assert code == 0
    answers = replies(output)
    assert [kind for kind, _ in answers] == [AUDIO, ERROR, ERROR, AUDIO]
    assert SpeechError.unpack(answers[2][1]).permanent
    assert seconds(answers[0][1]) < seconds(answers[3][1])


def test_worker_ends_at_once_without_requests() -> None:
    assert worker() == (0, b"")


def test_worker_ends_when_its_parent_is_killed() -> None:
    """A parent that is killed cannot clean up: its worker must notice by itself."""
    program = (
        "import sys, os, signal\n"
        "from assistant.settings import Settings\n"
        "from assistant.speech.speaker import EspeakSpeaker\n"
        "speaker = EspeakSpeaker(Settings())\n"
        "speaker.start()\n"
        "print(speaker.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE)
    with parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
    handle = _opened(pid)
    if handle is not None:
        assert select.select([handle], [], [], 30)[0], "the worker lives on"
        os.close(handle)


def _opened(pid: int) -> int | None:
    """A descriptor that becomes readable when the process ends; None where it has ended already."""
    try:
        return os.pidfd_open(pid)
    except ProcessLookupError:
        return None


def test_fake_microphone_file(tmp_path: Path) -> None:
    """What a browser's fake microphone is fed with: 16 kHz, silence on both sides."""
    samples, rate = read_wav(espeak_wav16("Huyện nào có nhiều bác sĩ nhất?", tmp_path / "question.wav"))
    audible = (abs(samples.astype(int)) > 200).nonzero()[0]
    assert rate == 16_000
    assert audible[0] > rate * 0.4
    assert len(samples) - audible[-1] > rate * 1.9
