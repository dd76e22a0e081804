"""Sets both environments up inside the project folder; needs only a Python of the right version with pip.

Every step is remembered by the content of its inputs and skipped while they are unchanged. What people read here is
English and one line a step; a step that fails says what is missing and what to do. Nothing outside this folder changes.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST, TOO_NEW = (3, 11), (3, 14)
NLU_PYTHON = "3.10"
UV = ROOT / ".uv" / "bin" / "uv"
STAMP = ".requirements.sha256"


class SetupError(Exception):
    """A step failed; the text says what is missing and what to do."""


def main() -> None:
    """Runs all steps; ends with exit code 1 and one line where one fails."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--dev", action="store_true", help="also what tests and checks need")
    arguments.add_argument("--app-only", action="store_true", help="leave Rasa's environment alone")
    options = arguments.parse_args()
    right_python()
    try:
        get_uv()
        app_environment(dev=options.dev)
        if not options.app_only:
            nlu_environment()
    except SetupError as error:
        sys.exit(f"setup: {error}")


def right_python() -> None:
    """Goes on with a Python of the right version, or says that there is none."""
    if OLDEST <= sys.version_info[:2] < TOO_NEW:
        return
    for minor in range(TOO_NEW[1] - 1, OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found and _answers([found, "-c", f"import sys; sys.exit(sys.version_info[:2] != (3, {minor}))"]):
            os.execv(found, [found, *sys.argv])
    sys.exit(
        f"setup: Python {sys.version.split()[0]} does not fit: >=3.11,<3.14 is needed. "
        "Install one and name it: make PYTHON=/path/to/python3.11 run"
    )


def get_uv() -> None:
    """The installer for both environments, one pinned and hashed version, inside the project folder."""
    pinned = ROOT / "scripts" / "uv.txt"
    if _done(UV.parent.parent, [pinned]) and _answers([UV, "--version"]):
        return
    _say("getting uv, the installer (into .uv/)")
    if not _answers([sys.executable, "-m", "pip", "--version"]):
        raise SetupError(f"{sys.executable} has no pip. Install it (Debian: python3-pip) or name another Python")
    shutil.rmtree(UV.parent.parent, ignore_errors=True)
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input", "--no-deps", "--only-binary", ":all:"]
    _run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            *quiet,
            "--require-hashes",
            "--target",
            UV.parent.parent,
            "-r",
            pinned,
        ],
        "uv could not be installed with pip. Check the network and pip's own settings, then run this again",
    )
    _mark(UV.parent.parent, [pinned])


def app_environment(*, dev: bool) -> None:
    """``.venv``: the assistant itself, and its tests' needs where asked for."""
    folder = ROOT / ".venv"
    plain, more = ROOT / "requirements.txt", ROOT / "requirements-dev.txt"
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    if _done(folder, [more], version) or (not dev and _done(folder, [plain], version)):
        return
    _say("installing the assistant (into .venv/, some seconds to some minutes)")
    _venv(folder, ["--python", sys.executable])
    wanted = more if dev else plain
    _sync(folder, wanted)
    _link_project(folder)
    _mark(folder, [wanted], version)


def nlu_environment() -> None:
    """``nlu/.venv``: Rasa, on the older Python it needs."""
    folder = ROOT / "nlu" / ".venv"
    wanted = ROOT / "nlu" / "requirements.txt"
    if _done(folder, [wanted]):
        return
    _say("installing Rasa (into nlu/.venv/, 1.7 GB, one to some minutes)")
    _venv(
        folder,
        [],
        f"Python {NLU_PYTHON} for Rasa was not found and could not be downloaded. Install python{NLU_PYTHON}",
    )
    if not _answers([folder / "bin" / "python", "-c", "import sys; sys.exit(sys.version_info[:2] != (3, 10))"]):
        raise SetupError(
            f"nlu/.venv got another Python than {NLU_PYTHON}. Install python{NLU_PYTHON}, delete nlu/.venv"
        )
    _sync(folder, wanted)
    _mark(folder, [wanted])


def _venv(folder: Path, python: Sequence[str], advice: str = "the environment could not be made") -> None:
    """A fresh environment; without ``python`` the one that ``.python-version`` beside the folder names."""
    _run([UV, "venv", "--quiet", "--no-project", "--clear", *python, folder.name], advice, cwd=folder.parent)


def _sync(folder: Path, requirements: Path) -> None:
    _run(
        [UV, "pip", "sync", "--quiet", "--require-hashes", "--python", folder / "bin" / "python", requirements],
        f"packages of {requirements.relative_to(ROOT)} could not be installed. Check the network and run this again",
        cwd=folder.parent,
    )


def _link_project(folder: Path) -> None:
    """Makes the project importable from anywhere in its environment, and ``.venv/bin/assistant`` its command."""
    site = next((folder / "lib").glob("python3.*/site-packages"))
    (site / "assistant.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    command = folder / "bin" / "assistant"
    python = folder / "bin" / "python"
    command.write_text(f'#!/bin/sh\nexec "{python}" -m assistant "$@"\n', encoding="utf-8")
    command.chmod(0o755)


def _run(command: Sequence[str | Path], advice: str, cwd: Path = ROOT) -> None:
    """Runs a step's command; its own words are shown only where it fails."""
    # pyenv tells everything it starts to use the Python it was started with; Rasa's environment needs another one.
    free = {name: value for name, value in os.environ.items() if name not in ("PYENV_VERSION", "PYENV_DIR")}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=free, text=True, capture_output=True, check=False
    )
    if done.returncode:
        sys.stderr.write(done.stdout + done.stderr)
        raise SetupError(advice + ".")


def _answers(command: Sequence[str | Path]) -> bool:
    try:
        done = subprocess.run([str(part) for part in command], capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


def _hash(inputs: Sequence[Path], more: str) -> str:
    return hashlib.sha256(b"\0".join([*(file.read_bytes() for file in inputs), more.encode()])).hexdigest()


def _done(folder: Path, inputs: Sequence[Path], more: str = "") -> bool:
    """Whether this folder was finished with exactly these inputs, in this place."""
    stamp = folder / STAMP
    return stamp.is_file() and stamp.read_text(encoding="ascii").strip() == _hash(inputs, f"{more} {folder}")


def _mark(folder: Path, inputs: Sequence[Path], more: str = "") -> None:
    (folder / STAMP).write_text(_hash(inputs, f"{more} {folder}") + "\n", encoding="ascii")


def _say(text: str) -> None:
    print(f"setup: {text}", flush=True)


if __name__ == "__main__":
    main()
