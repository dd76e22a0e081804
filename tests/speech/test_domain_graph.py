"""A Vosk model that expects what is asked here: what it hears that the model alone does not, and its files."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.errors import ConfigurationError
from assistant.settings import Settings
from assistant.speech import domain_graph
from assistant.speech.ngrams import estimate
from assistant.speech.recognizer import Domain, Recognizer, choose
from assistant.speech.speaker import EspeakSpeaker
from tests.speech.audio import spoken
from tests.speech.test_recognizer import heard

SENTENCES = [
    ["giá", "tiêu", "đang", "lên", "hay", "xuống"],
    ["phường", "có", "bao", "nhiêu", "camera", "an", "ninh"],
    ["chú", "tám", "với", "thím", "bảy", "cãi", "nhau", "hoài"],
    ["huyện", "nào", "có", "nhiều", "bác", "sĩ", "nhất"],
]
"""The first three have words that the model's dictionary lacks, or that it does not expect together."""
DOMAIN = Domain("test", lambda: SENTENCES, lambda: [("châu", "đức")])


@pytest.fixture(scope="session")
def folder(shared: Callable[[str], Path]) -> Path:
    """The model that understands espeak-ng."""
    return shared("speech/vosk-model-vi-espeak")


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder for what is made."""
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="session")
def of_domain(folder: Path, models: Path) -> Recognizer:
    """Vosk with that model and the sentences."""
    recognizer = choose(Settings(recognizer="vosk", vosk_model=folder, data_dir=models), DOMAIN)
    recognizer.load()
    return recognizer


@pytest.mark.parametrize("sentence", SENTENCES)
def test_hears_what_it_expects(of_domain: Recognizer, speaker: EspeakSpeaker, sentence: list[str]) -> None:
    said = " ".join(sentence).replace("camera", "ca mê ra")
    assert heard(of_domain, spoken(said, speaker)).text == " ".join(sentence)


def test_the_model_alone_lacks_these_words(vosk: Recognizer, speaker: EspeakSpeaker, folder: Path) -> None:
    known = domain_graph.vocabulary(folder)
    assert {"xuống", "camera", "thím"}.isdisjoint(known)
    assert heard(vosk, spoken("giá tiêu đang lên hay xuống", speaker)).text != "giá tiêu đang lên hay xuống"


def test_words_it_does_not_expect_are_heard_all_the_same(of_domain: Recognizer, speaker: EspeakSpeaker) -> None:
    said = {"số", "trường", "học", "năm", "nay"}
    assert said.isdisjoint(word for sentence in SENTENCES for word in sentence)
    assert len(said & set(heard(of_domain, spoken("số trường học năm nay", speaker)).text.split())) >= 3


def test_given_choices_still_go_before_everything(of_domain: Recognizer, speaker: EspeakSpeaker) -> None:
    choices = ("trường tiểu học thắng tam", "trường tiểu học quang trung")
    assert heard(of_domain, spoken("trường tiểu học Quang Trung", speaker), choices).text == choices[1]


def test_is_made_once_for_each_domain(of_domain: Recognizer, folder: Path, models: Path) -> None:
    settings = Settings(recognizer="vosk", vosk_model=folder, data_dir=models)
    made = {path: path.stat().st_mtime_ns for path in settings.model_dir.iterdir()}
    assert len(made) == 1
    choose(settings, DOMAIN).load()
    assert {path: path.stat().st_mtime_ns for path in settings.model_dir.iterdir()} == made
    choose(settings, Domain("other", lambda: SENTENCES[:1], lambda: [])).load()
    (other,) = set(settings.model_dir.iterdir()) - made.keys()
    assert other.name.endswith("-other")


def test_few_are_kept(folder: Path, tmp_path: Path) -> None:
    settings = Settings(recognizer="vosk", vosk_model=folder, data_dir=tmp_path)
    for name in "abcde":
        choose(settings, Domain(name, lambda: SENTENCES[:1], lambda: [])).load()
    assert sorted(path.name[-2:] for path in settings.model_dir.iterdir()) == ["-c", "-d", "-e"]


def test_model_with_a_fixed_graph_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "graph").mkdir()
    (tmp_path / "graph" / "HCLG.fst").touch()
    assert not domain_graph.possible(tmp_path)


def test_model_of_the_tests_can_be_changed(folder: Path) -> None:
    assert domain_graph.possible(folder)


def _text(text: str) -> bytes:
    return struct.pack("<i", len(text.encode())) + text.encode()


def _graph_with_symbols(words: dict[str, int]) -> bytes:
    """The header of a transducer that holds its words itself, as those of Vosk's small models do."""
    head = struct.pack("<i", 0x7EB2FDD6) + _text("ngram") + _text("standard") + struct.pack("<iiQqqq", 4, 2, 0, 0, 1, 0)
    table = struct.pack("<i", 0x7EB2FB74) + _text("words") + struct.pack("<qq", len(words), len(words))
    return head + table + b"".join(_text(word) + struct.pack("<q", number) for word, number in words.items())


def test_words_are_read_from_the_graph_where_it_holds_them(tmp_path: Path) -> None:
    (tmp_path / "graph").mkdir()
    words = {"<eps>": 0, "huyện": 1, "nào": 2, "[unk]": 3, "#0": 4}
    (tmp_path / "graph" / "Gr.fst").write_bytes(_graph_with_symbols(words))
    assert domain_graph.vocabulary(tmp_path) == words
    assert domain_graph.words_of(words) == ["huyện", "nào"]


@pytest.mark.parametrize("content", [b"", b"no transducer", _graph_with_symbols({"a": 1})[:-9]])
def test_broken_graph_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "graph").mkdir()
    (tmp_path / "graph" / "Gr.fst").write_bytes(content)
    with pytest.raises(ConfigurationError, match="cannot be read"):
        domain_graph.vocabulary(tmp_path)


def test_folder_that_cannot_be_written_is_told(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigurationError, match="cannot be written"):
        domain_graph.build(folder, estimate(SENTENCES, [], ["huyện"]), tmp_path / "file" / "made")
