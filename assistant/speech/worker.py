"""The process that speaks: ``python -m assistant.speech.worker``. One sentence in, one WAV out, until its input ends.

It stands alone because pyttsx3 bears one thread only, prints to stdout, and may hang or take its process down.
"""

from __future__ import annotations

import array
import ctypes
import io
import os
import signal
import sys
import wave
from typing import Any, BinaryIO

from assistant.speech.wire import AUDIO, ERROR, LENGTH, SpeechError, SpeechRequest, pack_reply

SENTENCE_SECONDS = 20
"""A sentence that takes longer than this ends the process, even where nobody is left to end it."""
_AUDIBLE = 200
"""Absolute sample value (full scale 32,768) below which it is silence."""
_LEAD = 0.02
_TAIL = 0.2
"""Seconds of silence left before and after a sentence; espeak-ng itself leaves 0.33 after."""


class Failed(Exception):
    """A sentence could not be spoken."""

    def __init__(self, reason: str, *, permanent: bool = False) -> None:
        self.error = SpeechError(reason, permanent)
        super().__init__(reason)


class Voice:
    """pyttsx3 with espeak-ng, one sentence at a time."""

    def __init__(self) -> None:
        """Raises Failed where neither the system nor the package has espeak-ng's library."""
        _provide_library()
        try:
            import pyttsx3
            from pyttsx3.drivers import _espeak

            self._engine: Any = pyttsx3.init("espeak")
        except (ImportError, OSError, RuntimeError) as error:
            raise Failed(f"espeak-ng cannot be loaded: {error}", permanent=True) from error
        self._wait = _espeak.Synchronize
        self._known = sorted(voice.id for voice in self._engine.getProperty("voices"))
        self._memory = os.memfd_create("speech")
        self._finished: list[bool] = []
        self._engine.connect("finished-utterance", self._on_finished)
        self._engine.proxy.setBusy(False)  # from now on a property is set when it is set, not in the next loop

    def speak(self, request: SpeechRequest) -> bytes:
        """A whole WAV file; raises Failed for an unknown voice, or where espeak-ng gave nothing."""
        if request.voice not in self._known:
            vietnamese = ", ".join(name for name in self._known if name.startswith("aav/vi")) or "none"
            raise Failed(f"espeak-ng has no voice '{request.voice}' (Vietnamese ones: {vietnamese})", permanent=True)
        if not request.text.strip():
            raise Failed("there is nothing to say", permanent=True)
        os.ftruncate(self._memory, 0)
        self._finished.clear()
        self._engine.setProperty("voice", request.voice)
        self._engine.setProperty("rate", request.rate)
        self._wait()  # a property still on its way counts as playing, and what plays is cancelled by the next line
        self._engine.save_to_file(request.text, f"/proc/self/fd/{self._memory}")
        self._engine.runAndWait()  # may return before the sentence is finished
        self._wait()  # returns when espeak-ng's own thread is through
        if self._finished != [True]:
            raise Failed(f"the sentence was not finished ({self._finished})")
        if self._engine.getProperty("voice") != request.voice:
            raise Failed(f"espeak-ng did not take the voice '{request.voice}'")
        return _trimmed(os.pread(self._memory, os.fstat(self._memory).st_size, 0))

    def _on_finished(self, name: str | None, completed: bool) -> None:  # noqa: ARG002
        self._finished.append(completed)


def _provide_library() -> None:
    """See to it that pyttsx3's own look-up finds espeak-ng: the system's library, or else the package's.

    Once a library is loaded, looking its name up again gives the loaded one.
    """
    try:
        ctypes.CDLL("libespeak-ng.so.1")
    except OSError:
        try:
            import espeakng_loader

            os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
            ctypes.CDLL(espeakng_loader.get_library_path(), mode=ctypes.RTLD_GLOBAL)
        except (ImportError, OSError, RuntimeError) as error:
            reason = f"no espeak-ng library: neither the system's nor the package espeakng-loader's ({error})"
            raise Failed(reason, permanent=True) from error


def _trimmed(content: bytes) -> bytes:
    """The WAV with most of its silence at both ends taken off; raises Failed where there is nothing but silence."""
    try:
        with wave.open(io.BytesIO(content)) as source:
            rate = source.getframerate()
            samples = array.array("h", source.readframes(source.getnframes()))
    except (wave.Error, EOFError) as error:
        raise Failed(f"espeak-ng left no audio ({error})") from error
    audible = (place for place, sample in enumerate(samples) if abs(sample) > _AUDIBLE)
    first = next(audible, None)
    if first is None:
        raise Failed("espeak-ng left silence")
    last = next(place for place in range(len(samples) - 1, -1, -1) if abs(samples[place]) > _AUDIBLE)
    samples = samples[max(0, first - int(_LEAD * rate)) : last + int(_TAIL * rate)]
    result = io.BytesIO()
    with wave.open(result, "wb") as target:
        target.setnchannels(1)
        target.setsampwidth(2)
        target.setframerate(rate)
        target.writeframes(samples.tobytes())
    return result.getvalue()


def _private_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Requests and replies on descriptors of their own; whatever prints to stdout or reads stdin meets nothing."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    os.close(nothing)
    return requests, replies


def main() -> int:
    """Serve requests until the other side closes the pipe."""
    requests, replies = _private_pipes()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the assistant, which closes the pipe
    voice: Voice | None = None
    while len(head := requests.read(LENGTH.size)) == LENGTH.size:
        body = requests.read(LENGTH.unpack(head)[0])
        signal.alarm(SENTENCE_SECONDS)
        try:
            voice = voice or Voice()
            reply = pack_reply(AUDIO, voice.speak(SpeechRequest.unpack(body)))
        except Failed as failure:
            reply = pack_reply(ERROR, failure.error.pack())
        signal.alarm(0)
        try:
            replies.write(reply)
            replies.flush()
        except BrokenPipeError:
            break
    os._exit(0)  # espeak-ng's own clean-up may fail an assertion


if __name__ == "__main__":
    sys.exit(main())
