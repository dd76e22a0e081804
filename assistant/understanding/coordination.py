"""Names side by side: "thu và chi ngân sách" asks for "thu ngân sách", too; "học sinh, giáo viên" is no ratio of both."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from assistant.catalogue.catalogue import Catalogue
from assistant.language.text import fold, normalise
from assistant.types import Found

JOINING = ("và", "va", "với", "voi", "cùng", "cung", "lẫn", "lan", "rồi", "roi")
"""Words that join the first name to the second; a comma is gone by now."""

LONGEST = 4
"""Words the first name may have of its own."""

OWN = 2
"""Words of a name that reaches over a stop, beside those of the two names there, from which it is meant."""

SHARED = 0.96
"""Of the score of the name whose end is shared."""


def by_name(catalogue: Catalogue) -> dict[str, str]:
    """Indicators by their names of two words and more, normalised, with and without diacritics; none by one that
    several have."""
    found: dict[str, set[str]] = defaultdict(set)
    for name in catalogue.names():
        if name.kind == "indicator" and " " in name.text:
            text = normalise(name.text, marked=True)
            found[text].add(name.code)
            found[fold(text)].add(name.code)
    return {text: next(iter(codes)) for text, codes in found.items() if len(codes) == 1}


def parted(found: Iterable[Found], stops: Collection[int]) -> list[Found]:
    """Names without those that reach over a stop between two others, or to one that tells as much alone: "học sinh, giáo
    viên" is no ratio of both, "mô tô, xe máy điện" no "mô tô, xe máy", "đã giải quyết, trễ hạn" more than "trễ hạn"."""
    spans = list(found)
    named = [span for span in spans if span.kind in ("indicator", "member") and span.match in ("exact", "folded")]

    def reaches_over(span: Found, stop: int) -> bool:
        if span.kind not in ("indicator", "member", "domain") or not span.start < stop < span.end:
            return False
        before = {each.code for each in named if each.end == stop - 1 and each.start >= span.start and each is not span}
        after = {each.code for each in named if each.start == stop}
        if span.kind == "domain":
            return bool(before)  # "dịch vụ, công nghiệp" speaks of no public services
        if span.kind == "member":
            dimension = span.code.partition(":")[0] + ":"
            before = {code for code in before if code.startswith(dimension)}
            after = {code for code in after if code.startswith(dimension)}
        own = len(span.text.split()) - sum(len(each.text.split()) for each in named if _beside(each, span, stop))
        if span.kind == "indicator" and span.match == "exact" and own >= OWN:
            return False  # "mức độ hài lòng của người dân, doanh nghiệp" has a comma in its name
        return bool(before and after - before) or (span.kind == "indicator" and span.score < 1 and span.code in after)

    return [span for span in spans if not any(reaches_over(span, stop) for stop in stops)]


def _beside(one: Found, span: Found, stop: int) -> bool:
    """Whether a shorter name inside another one stands right before or right after a stop."""
    within = span.start <= one.start and one.end <= span.end and one is not span
    return within and (one.end == stop - 1 or one.start == stop)


def shared_ends(text: str, found: Iterable[Found], names: Mapping[str, str], hollow: frozenset[str]) -> list[Found]:
    """Indicators whose names are the words before another one's, and its end. ``names``: normalised name to code.

    Without a joining word the first name's own words must tell something: none of them is ``hollow``."""
    added: list[Found] = []
    for span in found:
        if span.kind != "indicator" or span.match not in ("exact", "folded") or " " not in span.text:
            continue
        for _ in range(LONGEST):  # "diện tích, năng suất rồi sản lượng lúa"
            before = _before(text, span, names, hollow)
            if not before:
                break
            first, end = before[0]
            added.append(first)
            span = span.model_copy(update={"text": f"{first.text} {end}", "code": first.code, "start": first.start})
    return added


@lru_cache(maxsize=2)
def _folded(words: frozenset[str]) -> frozenset[str]:
    return frozenset(map(fold, words))


def _before(text: str, span: Found, names: Mapping[str, str], hollow: frozenset[str]) -> list[tuple[Found, str]]:
    """The runs of words before a name that make another one with its end, each with that end; the longest first."""
    words = list(re.finditer(r"\S+", text[: span.start]))
    joined = bool(words) and words[-1].group() in JOINING
    words = words[:-1] if joined else words
    plain = _folded(hollow)
    ends = span.text.split()
    options = []
    for count in range(1, min(LONGEST, len(words)) + 1):
        first = words[-count]
        if not joined and fold(first.group()) in plain:
            break
        said = text[first.start() : words[-1].end()]
        for cut in range(1, len(ends)):
            code = names.get(" ".join((said, *ends[cut:])))
            if code is not None and code != span.code:
                start, end = first.start(), words[-1].end()
                score = SHARED * span.score
                option = Found(
                    kind="indicator", code=code, text=said, start=start, end=end, score=score, match=span.match
                )
                options.append((option, " ".join(ends[cut:])))
                break
    return sorted(options, key=lambda each: each[0].start)
