"""Groups, confusion, what has changed, and the page; the list of what is known not to be right, and its gate."""

from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from assistant.errors import ConfigurationError
from assistant.evaluation import known, page, report
from assistant.evaluation.known import Known
from assistant.evaluation.outcome import Outcome, Verdict
from assistant.evaluation.report import Report


def outcome(name: str, verdict: Verdict = "right", **fields: object) -> Outcome:
    made = Outcome(
        id=name, file="a.yml", author="an", domain="health", shape="value", spelling="marks", talk=False, final=False,
        text=f"câu {name}", verdict=verdict, reason="" if verdict == "right" else "no figure for it", status="answered",
        intent="value", expected=f"ô {name}", answer=f"đáp {name}", reading=f"hiểu {name}", shown=(f"số {name}",),
        turn=0, figures=2, unequal=0, milliseconds=1.0,
    )  # fmt: skip
    return replace(made, **fields)  # type: ignore[arg-type]


SOME = (
    outcome("q1"),
    outcome("q2", "wrong", shape="rank", intent="extreme", unequal=1, domain="talk"),
    outcome("q3", final=True, author="bình"),
    outcome("q4", "refused", spelling="no_marks"),
    outcome("t1", "asked_back", talk=True, shape="talk", turn=2, intent="compare"),
)


def made(*outcomes: Outcome, changes: report.Changes | None = None) -> Report:
    return Report("2026-11-22T08:00:00", {"bank": "b1"}, outcomes, changes, {"gate": "passed"})


def test_outcomes_are_counted_in_every_grouping() -> None:
    groups = made(*SOME).groups
    assert list(groups) == ["set", "kind", "spelling", "domain", "shape", "source"]
    told = {name: {each.name: (each.of, each.counts["right"]) for each in rows} for name, rows in groups.items()}
    assert told == {
        "set": {"rest": (4, 1), "final": (1, 1)},
        "kind": {"question": (4, 2), "conversation": (1, 0)},
        "spelling": {"marks": (4, 2), "no_marks": (1, 0)},
        "domain": {"health": (4, 2), "talk": (1, 0)},
        "shape": {"value": (3, 2), "rank": (1, 0), "talk": (1, 0)},
        "source": {"an": (4, 1), "bình": (1, 1)},
    }


def test_another_spelling_stands_apart() -> None:
    again = [outcome("q1~no_marks", "wrong", spelling="no_marks"), outcome("q3~no_marks", spelling="no_marks")]
    told = made(*SOME, *again)
    assert told.whole.of == 5 and sum(each.of for each in told.groups["spelling"]) == 5
    assert [(each.name, each.of, each.counts["right"]) for each in told.groups[report.RESPELLED]] == [
        ("no_marks", 2, 1)
    ]
    assert "q1~no_marks" in told.text()
    assert made(*again).whole.of == 2  # nothing but other spellings: speech


def test_confusion_is_of_single_questions() -> None:
    assert made(*SOME).confusion == {"value": {"value": 3}, "rank": {"extreme": 1}}


def test_text_tells_everything_that_is_not_right_in_full() -> None:
    text = made(*SOME).text()
    first = text.splitlines()[0]
    assert "right    2 ( 40.0 %)" in first
    assert "wrong    1 ( 20.0 %)" in first
    assert "wrong at most 65.74 %" in first
    assert "figures answered 10, unequal to their recomputation 1" in text
    for part in ("câu", "ô", "hiểu", "số", "đáp"):
        assert f"{part} q2" in text
        assert f"{part} q4" in text
        assert f"{part} q1" not in text


@pytest.fixture
def before(tmp_path: Path) -> Path:
    file = tmp_path / "reports" / "2026-11-21-080000.json"
    verdicts: dict[str, Verdict] = {
        "q1": "right",
        "q2": "right",
        "q4": "wrong",
        "q5": "wrong",
        "q6": "right",
        "q7": "right",
    }
    made(*(outcome(name, verdict) for name, verdict in verdicts.items())).keep(file)
    return file


def test_changes_are_told_question_by_question(before: Path) -> None:
    now = [
        outcome("q1"), outcome("q2", "wrong"), outcome("q4", "refused"), outcome("q5"), outcome("q6", "asked_back"),
        outcome("q8"), outcome("q9", "wrong"),
    ]  # fmt: skip
    changes = report.since(before, now)
    assert [each.id for each in changes.newly_wrong] == ["q2"]
    assert [each.id for each in changes.newly_right] == ["q5"]
    assert [each.id for each in changes.newly_silent] == ["q6"]
    assert [each.id for each in changes.other] == ["q4"]
    assert (changes.since, changes.new, changes.gone) == ("2026-11-22T08:00:00", 2, 1)
    text = made(*now, changes=changes).text()
    assert "newly wrong 1\n  right → wrong  q2  câu q2  no figure for it" in text


def test_the_newest_report_is_the_last(before: Path) -> None:
    assert report.last(before.parent) == before
    newer = before.with_name("2026-11-22-070000.json")
    made(*SOME).keep(newer)
    assert report.last(before.parent) == newer
    assert report.last(before.parent / "none") is None


def test_a_file_that_is_no_report_is_refused(tmp_path: Path) -> None:
    for content in ("[]", "{}", "no"):
        file = tmp_path / "x.json"
        file.write_text(content, encoding="utf-8")
        with pytest.raises(ConfigurationError, match="no report"):
            report.since(file, SOME)


def test_json_holds_counts_and_outcomes(before: Path) -> None:
    kept = json.loads(before.read_text(encoding="utf-8"))
    assert kept["whole"]["counts"] == {"right": 4, "wrong": 2, "asked_back": 0, "refused": 0}
    assert [one["verdict"] for one in kept["outcomes"]] == ["right", "right", "wrong", "wrong", "right", "right"]
    assert "đáp" in before.read_text(encoding="utf-8")


class _Links(HTMLParser):
    """What a page loads, and whether its tags are closed."""

    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.loaded += [value or "" for name, value in attrs if name in ("src", "href")]
        if tag not in ("meta", "br", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_and_loads_nothing(before: Path) -> None:
    bad = outcome("q2", "wrong", text="<script>alert(1)</script>")
    html = page.render(made(*SOME, changes=report.since(before, [bad])))
    read = _Links()
    read.feed(html)
    assert (read.loaded, read.open) == ([], [])
    assert "url(" not in html and "@import" not in html
    assert "<script" not in html and "&lt;script&gt;" in html
    for part in ("câu q2", "ô q2", "hiểu q2", "số q2", "đáp q2", "first failed in turn 2", "65.74 %", "b1"):
        assert part in html


KNOWN = {
    "q2": Known(verdict="wrong", reason="synonym"),
    "q4": Known(verdict="refused", reason="shape"),
    "q5": Known(verdict="asked_back", reason="level"),
}


@pytest.mark.parametrize(
    ("now", "fails", "told"),
    [
        (outcome("q1"), False, ""),
        (outcome("q1", "wrong"), True, "turned wrong: q1"),
        (outcome("q1", "asked_back"), False, "right before, asked_back now: q1"),
        (outcome("q1", "refused"), False, "right before, refused now: q1"),
        (outcome("q2", "wrong"), False, ""),
        (outcome("q2"), False, "q2 is right now: remove it from known.yml"),
        (outcome("q2", "refused"), False, ""),
        (outcome("q4", "wrong"), True, "turned wrong: q4"),
        (outcome("q1", "wrong", final=True), False, ""),
        (outcome("q1~no_marks", "wrong"), False, ""),
        (outcome("q2", final=True), False, ""),
    ],
)
def test_gate(now: Outcome, fails: bool, told: str) -> None:
    held = known.gate([now], KNOWN)
    assert held.passed is not fails
    assert held.text().startswith(told) and bool(held.text()) is bool(told)


def test_the_gate_tells_of_listed_questions_that_are_gone() -> None:
    assert known.gate([], KNOWN, ["q2", "q4"]).gone == ("q5",)


def test_accepting_keeps_reasons_and_what_was_not_asked(tmp_path: Path) -> None:
    now = [outcome("q1", "wrong"), outcome("q2", "wrong"), outcome("q4"), outcome("f1", "wrong", final=True)]
    file = tmp_path / "known.yml"
    known.write(file, known.accepted(now, KNOWN, ["q1", "q2", "q4", "q5"]))
    read = known.load(file)
    assert {name: (one.verdict, one.reason) for name, one in read.items()} == {
        "q1": ("wrong", "other_figure"),
        "q2": ("wrong", "synonym"),
        "q5": ("asked_back", "level"),
    }
    assert known.gate(now, read).passed
    assert "q5" not in known.accepted(now, KNOWN, ["q1", "q2", "q4"])


def test_a_list_that_is_wrong_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "known.yml"
    assert known.load(file) == {}
    file.write_text("q1: {verdict: perhaps, reason: x}\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"known\.yml"):
        known.load(file)


@pytest.mark.parametrize(
    ("reason", "talk", "why"),
    [
        ("no figure for x", False, "other_figure"),
        ("turn 2: no figure for x", True, "other_figure"),
        ("the first figure is x", False, "order"),
        ("figure x is 2, recomputed otherwise", False, "value"),
        ("ranks ['747'] first", False, "ranking"),
        ("does not mention “x”", False, "words"),
        ("status clarify, expected answered", False, "clarify"),
    ],
)
def test_the_reason_in_a_word(reason: str, talk: bool, why: str) -> None:
    status = "clarify" if why == "clarify" else "answered"
    assert outcome("q1", "wrong", reason=reason, talk=talk, status=status).why == why
