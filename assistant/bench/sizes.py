"""Memory of this process and all it started, and disk space of what set-up made."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.bench.report import verdict

MEMORY_TARGET = 2 * 1024**3
DISK_TARGET = 4 * 1024**3
MIB = 1024**2


@dataclass(frozen=True)
class Process:
    """One process with its memory in bytes."""

    pid: int
    name: str
    rss: int
    """Resident, shared pages counted in full."""
    pss: int
    """Resident, shared pages divided among those who share them."""


def family(pid: int | None = None) -> list[Process]:
    """A process (this one by default) and all below it; from /proc, so on Linux only."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (parent := _parent(entry)) is not None:
            children.setdefault(parent, []).append(int(entry.name))
    waiting, found = [pid or os.getpid()], []
    while waiting:
        one = waiting.pop(0)
        waiting += children.get(one, [])
        if (process := _process(one)) is not None:
            found.append(process)
    return found


def _parent(entry: Path) -> int | None:
    try:
        return int((entry / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[1])
    except OSError:
        return None


def _process(pid: int) -> Process | None:
    folder = Path("/proc") / str(pid)
    try:
        words = (folder / "cmdline").read_bytes().decode(errors="replace").split("\0")
        kilobytes = {
            line.split(":")[0]: int(line.split()[1])
            for line in (folder / "smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
        }
    except (OSError, ValueError):
        return None
    name = " ".join(Path(word).name if "/" in word else word for word in words[:3])
    return Process(pid, name, kilobytes["Rss"] * 1024, kilobytes["Pss"] * 1024)


def memory_text(processes: list[Process]) -> str:
    """The processes with their memory, summed, beside the target."""
    rss, pss = sum(process.rss for process in processes), sum(process.pss for process in processes)
    return "\n".join(
        [
            "Memory after all of the above but Vosk (app, Rasa, one recogniser, one speaker)",
            f"{'':<52}{'Rss MiB':>10}{'Pss MiB':>10}",
            *(f"{process.name[:50]:<52}{process.rss / MIB:>10.0f}{process.pss / MIB:>10.0f}" for process in processes),
            f"{'together':<52}{rss / MIB:>10.0f}{pss / MIB:>10.0f}  <= 2048 MiB: {verdict(rss, MEMORY_TARGET)}",
            "",
        ]
    )


def disk(folder: Path) -> int:
    """Bytes on disk below a folder; a file with several names counts once, links are not followed."""
    seen: set[tuple[int, int]] = set()
    total = 0
    for stat in _stats(folder):
        if (stat.st_dev, stat.st_ino) not in seen:
            seen.add((stat.st_dev, stat.st_ino))
            total += stat.st_blocks * 512
    return total


def _stats(folder: Path) -> Iterator[os.stat_result]:
    for where, _, files in os.walk(folder):
        yield os.lstat(where)
        for file in files:
            try:
                yield os.lstat(os.path.join(where, file))  # noqa: PTH118 - a hundred thousand Paths would take seconds
            except FileNotFoundError:
                continue


def disk_text(folders: dict[str, Path]) -> str:
    """The folders with their size, summed, beside the target."""
    sizes = {name: disk(folder) for name, folder in folders.items()}
    total = sum(sizes.values())
    return "\n".join(
        [
            "Disk after set-up",
            *(f"{name:<52}{size / MIB:>10.0f} MiB" for name, size in sizes.items()),
            f"{'together':<52}{total / MIB:>10.0f} MiB  <= 4096 MiB: {verdict(total, DISK_TARGET)}",
            "",
        ]
    )
