"""The pipe between the assistant and its speaker process: messages with their length in front, both ways.

A request is JSON; a reply is one letter (``A`` audio, ``E`` error as JSON) and its content.
"""

from __future__ import annotations

import json
import struct
from dataclasses import asdict, dataclass

LENGTH = struct.Struct("<I")
"""Number of bytes that follow."""
AUDIO = b"A"
ERROR = b"E"
MAX_MESSAGE = 64 * 1024 * 1024
"""Bytes; a length above it means that the pipe carries something else."""


@dataclass(frozen=True)
class SpeechRequest:
    """One sentence to be spoken."""

    text: str
    voice: str
    """espeak-ng's voice identifier, such as ``aav/vi``."""
    rate: int
    """Words per minute."""

    def pack(self) -> bytes:
        """The request as it goes through the pipe."""
        body = json.dumps(asdict(self)).encode()
        return LENGTH.pack(len(body)) + body

    @classmethod
    def unpack(cls, body: bytes) -> SpeechRequest:
        """The request from its bytes, length taken off."""
        return cls(**json.loads(body))


@dataclass(frozen=True)
class SpeechError:
    """Why a sentence was not spoken."""

    reason: str
    permanent: bool
    """True where trying again cannot help: no library, no such voice."""

    def pack(self) -> bytes:
        """The error as the content of a reply."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def unpack(cls, body: bytes) -> SpeechError:
        """The error from the content of a reply."""
        return cls(**json.loads(body))


def pack_reply(kind: bytes, content: bytes) -> bytes:
    """A reply as it goes through the pipe."""
    return LENGTH.pack(len(kind) + len(content)) + kind + content
