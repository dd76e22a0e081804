"""Members listed beside others of their kind, in fewer words than would tell them alone: "công nghiệp, dịch vụ, nông
nghiệp"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from assistant.catalogue.catalogue import Catalogue
from assistant.language.gazetteer import Gazetteer
from assistant.language.text import fold, has_marks
from assistant.types import Found
from assistant.understanding import spelled
from assistant.understanding.cues import WORD, Cues
from assistant.understanding.enumeration import items
from assistant.understanding.lattice import Covering, Slot, fits, placed

SCORE = 0.9
"""Of a member known by those beside it."""

CERTAIN = 0.7
"""Score from which a member inside the name of an indicator is believed, where others are listed beside it."""

JOINED = re.compile(r"\s+(?:so )?(?:voi|va|hay|hoac|lan|cung)\s+(?:(?:cua|la)\s+)?(\w+)(\s+\w+)?")
"""What joins a member to the next words, without marks, and the first two of these."""

ONE_OF = re.compile(r"(?<!\w)(?:ben|loai|nhom|giong|con|cay|cai|dang|phia|khoi|khoan|thu|hang) nao(?!\w)")
"""Words, without marks, that ask for one of the members named."""

FEWEST = 3
"""Letters that tell a member beside others."""


def attach(text: str, covering: Covering, stops: Collection[int], cues: Cues, catalogue: Catalogue) -> Covering:
    """The covering with a member in each item of a list that holds only words of its name, where another item names one of
    its dimension; in an utterance without marks also the one right after its indicator ("san luong nhan")."""
    named = {slot.best.code for slot in covering if slot.slot == "member"}
    added = [*_right_after(text, covering, catalogue, cues), *_joined(text, covering, catalogue)]
    listed = items(text, covering, stops) if named else []
    for item in listed if len(listed) > 1 else ():
        inside = [slot for slot in covering if item[0] <= slot.start < item[1]]
        if any(slot.slot in ("indicator", "member", "group") for slot in inside):
            continue
        for dimension in dict.fromkeys(code.partition(":")[0] for code in sorted(named)):
            slot = _member(text, item, inside, dimension, named, cues, catalogue)
            if slot is not None:
                added.append(slot)
                break
    return placed(covering, added) if added else covering


def _member(
    text: str,
    item: tuple[int, int],
    inside: list[Slot],
    dimension: str,
    named: set[str],
    cues: Cues,
    catalogue: Catalogue,
) -> Slot | None:
    """The only member of a dimension, not named yet, whose name holds the words of a domain or all words of the item."""
    options = [at for slot in inside if slot.slot == "domain" for at in [(slot.start, slot.end)]]
    apart = [(slot.start, slot.end) for slot in inside]
    apart += [(cue.start, cue.end) for cue in cues.find("how_many", text)]
    own = [
        word.span()
        for word in WORD.finditer(text, *item)
        if not any(start <= word.start() < end for start, end in apart) and word.group() not in cues.hollow
    ]
    if own and sum(end - start for start, end in own) >= FEWEST:
        options.append((own[0][0], own[-1][1]))
    marked = has_marks(text)
    for start, end in options:
        words = set(text[start:end].split()) - cues.hollow
        members = [
            member.code
            for member in catalogue.dimensions[dimension].members
            if f"{dimension}:{member.code}" not in named
            and any(words <= spelled.words(name, marked=marked) for name in (member.name, *member.synonyms))
        ]
        if not words <= cues.chat and len(members) == 1:
            return _slot(text, start, end, f"{dimension}:{members[0]}")
    return None


def _joined(text: str, covering: Covering, catalogue: Catalogue) -> Iterator[Slot]:
    """The member right after the word that joins it to another of its dimension, where one of them is asked for, though by its
    marks, which were put there by likelihood, it would be another word: "cua nu voi cua nam ben nao cao hon"."""
    for slot in covering if ONE_OF.search(fold(text)) else ():
        joined = JOINED.match(fold(text), slot.end) if slot.slot == "member" else None
        if joined is None:
            continue
        dimension = slot.best.code.partition(":")[0]
        for end in (joined.end(2), joined.end(1)):
            said = fold(text[joined.start(1) : end]) if end > 0 else ""
            codes = [
                f"{dimension}:{member.code}"
                for member in catalogue.dimensions[dimension].members
                if said in spelled.names(member, marked=False)
            ]
            if codes and codes != [slot.best.code]:
                found = _slot(text, joined.start(1), end, codes[0])
                yield from [found] if fits(found, covering) else []
                break


def _right_after(text: str, covering: Covering, catalogue: Catalogue, cues: Cues) -> Iterator[Slot]:
    asking = {cue.start for cue in cues.find("how_many", text)}
    for slot in covering:
        if slot.slot != "indicator" or slot.best.code not in catalogue.indicators:
            continue
        word = re.compile(r"\s(\w+)").match(text, slot.end)
        if word is None or word.group(1) != fold(word.group(1)) or word.group(1) in cues.fillers:
            continue
        if word.start(1) in asking:
            continue  # "thien tai bao nhieu": no "bão"
        codes = [
            f"{dimension}:{member.code}"
            for dimension in catalogue.indicator(slot.best.code).adds.dimensions
            for member in catalogue.dimensions[dimension].members
            if word.group(1) in spelled.names(member, marked=False)
        ]
        found = _slot(text, word.start(1), word.end(1), codes[0]) if len(codes) == 1 else None
        if found is not None and fits(found, covering):
            yield found


def out_of_names(covering: Covering, gazetteer: Gazetteer, catalogue: Catalogue) -> Covering:
    """The covering with a member in place of an indicator whose name holds it, where others of its dimension are listed
    beside it: "rác sinh hoạt, rác công nghiệp, rác y tế" asks for three kinds of one figure."""
    dimensions = {slot.best.code.partition(":")[0] for slot in covering if slot.slot == "member"}
    covering = _listed(covering, dimensions, gazetteer)
    held = [slot for slot in covering if slot.slot == "indicator" and slot.best.code in catalogue.indicators]
    if len(dimensions) != 1 or len(held) != 1:
        return covering
    dimension, entry = dimensions.pop(), catalogue.indicator(held[0].best.code)
    implied = catalogue.dimensions[dimension].implies
    if implied is None or dimension in entry.adds.dimensions:
        return covering
    meant = catalogue.indicator(implied)
    if (meant.domain, meant.unit) != (entry.domain, entry.unit):
        return covering
    for span in gazetteer.find(held[0].best.text, near=False):
        if span.kind == "member" and span.score >= CERTAIN and span.code.startswith(f"{dimension}:"):
            start, end = held[0].start + span.start, held[0].start + span.end
            moved = span.model_copy(update={"start": start, "end": end})
            rest = tuple(slot for slot in covering if slot is not held[0])
            return placed(rest, [Slot("member", start, end, (moved,))])
    return covering


def out_of_groups(text: str, covering: Covering, cues: Cues, gazetteer: Gazetteer) -> Covering:
    """The covering with the members that a group names, in its place, where they are held against each other and no
    indicator is named: "khách quốc tế và khách nội địa cách nhau xa không"."""
    if any(slot.slot == "indicator" for slot in covering) or not (cues.find("both", text) or cues.find("moved", text)):
        return covering
    led = {cue.end + 1 for cue in cues.find("each", text)}
    for slot in covering:
        kind, _, dimension = slot.best.code.partition(":")
        if slot.slot != "group" or kind != "dimension" or slot.start in led or cues.find("each", slot.best.text):
            continue
        spans = [span for span in gazetteer.find(slot.best.text, near=False) if span.code.startswith(f"{dimension}:")]
        moved = [
            Slot("member", found.start, found.end, (found,))
            for span in spans
            if span.kind == "member" and span.score >= CERTAIN
            for found in [span.model_copy(update={"start": slot.start + span.start, "end": slot.start + span.end})]
        ]
        longest: list[Slot] = []
        for each in sorted(moved, key=lambda one: one.start - one.end):
            longest += [each] if fits(each, longest) else []
        if len({each.best.code for each in longest}) > 1:
            return placed(covering, sorted(longest, key=lambda one: one.start))
    return covering


def _listed(covering: Covering, dimensions: Collection[str], gazetteer: Gazetteer) -> Covering:
    """The covering with a member in place of an indicator of the same words, where others of its dimension are told: beside
    "nồng độ cồn", or after "theo từng lỗi", "quá tải" is an offence, though beds may be overloaded, too."""
    kinds = {slot.best.code for slot in covering if slot.slot == "group"}.intersection(
        f"dimension:{each}" for each in dimensions
    )
    moved = []
    for slot in covering if len([each for each in covering if each.slot == "member"]) + len(kinds) > 1 else ():
        spans = gazetteer.find(slot.best.text, near=False) if slot.slot == "indicator" else []
        like = [
            span
            for span in spans
            if span.kind == "member"
            and span.text == slot.best.text
            and span.score >= CERTAIN
            and span.code.partition(":")[0] in dimensions
        ]
        if like:
            found = like[0].model_copy(update={"start": slot.start, "end": slot.end})
            moved.append(Slot("member", slot.start, slot.end, (found,)))
    at = {slot.start for slot in moved}
    return placed(tuple(slot for slot in covering if slot.start not in at), moved) if moved else covering


def _slot(text: str, start: int, end: int, code: str) -> Slot:
    found = Found(kind="member", code=code, text=text[start:end], start=start, end=end, score=SCORE, match="fuzzy")
    return Slot("member", start, end, (found,))
