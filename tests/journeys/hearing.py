"""Hears the assistant's own voice again, to know that the spoken answer says the figure."""

from __future__ import annotations

import random

from assistant.language.numbers import in_words
from assistant.speech.recognizer import Recognizer
from assistant.speech.sentences import pieces
from tests.speech.audio import pcm16, silence, words

OTHERS = 300
"""Sentences that differ from the spoken one in the figure alone; the right one is heard among them."""


def heard_again(recognizer: Recognizer, wavs: list[bytes], spoken_text: str, value: float) -> str:
    """The piece of the spoken answer that holds the figure, as it is heard among sentences with other figures."""
    figure = in_words(value)
    said = [" ".join(words(piece)) for piece in pieces(spoken_text)]
    place = next(number for number, text in enumerate(said) if figure in text)
    chance = random.Random(5)
    others = {value, *(float(chance.randint(1, int(3 * value) + 100)) for _ in range(OTHERS))}
    phrases = tuple(said[place].replace(figure, in_words(other)) for other in others)
    stream = recognizer.stream(phrases)
    stream.accept(silence(0.4) + pcm16(wavs[place]) + silence(0.4))
    heard = stream.finish().text
    stream.close()
    return heard
