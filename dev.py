#!/usr/bin/env python3
"""Set up, try and test Alongside. Needs Python 3.11 or newer and git, nothing else.

python3 dev.py demo          serve a demonstration on http://127.0.0.1:8000 (PORT changes it)
python3 dev.py test          run everything, on SQLite and on PostgreSQL
python3 dev.py test --fast   run what a commit needs, in about a minute and a half
python3 dev.py setup         only set up, into .venv
python3 dev.py pictures      make the pictures of the documentation again
python3 dev.py lock          pin the newest versions that pyproject.toml allows
"""

import argparse
import contextlib
import hashlib
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
VENV = FOLDER / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
NEEDS_PYTHON = (3, 11)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["setup", "demo", "test", "pictures", "lock"])
    parser.add_argument("--fast", action="store_true", help="with test: leave out the browser, the slow and PostgreSQL")
    parser.add_argument("rest", nargs="*", help="with test: files or options for pytest")
    arguments, options = parser.parse_known_args()
    require_python()
    commands = {
        "setup": lambda: set_up("runtime"),
        "demo": demo,
        "test": lambda: test(fast=arguments.fast, options=arguments.rest + options),
        "pictures": pictures,
        "lock": lock,
    }
    return commands[arguments.command]() or 0


def require_python() -> None:
    if sys.version_info < NEEDS_PYTHON:
        sys.exit(f"Alongside needs Python 3.11 or newer; this is {sys.version.split()[0]}. Try: python3.11 dev.py …")


# Setting up


def set_up(kind: str) -> None:
    """Install the locked packages of ``kind`` (runtime or dev) into .venv, if they are not there yet."""
    if any(read(stamp(installed)) == wanted(installed) for installed in {kind, "dev"}):
        return
    say(f"Setting up in {VENV.name} (about a minute the first time) …")
    uv = shutil.which("uv")
    lock_file = FOLDER / "requirements" / f"{kind}.txt"
    install_with_uv(uv, lock_file) if uv else install_with_pip(lock_file)
    stamp(kind).write_text(wanted(kind))


def stamp(kind: str) -> Path:
    return VENV / f"installed-{kind}"


def wanted(kind: str) -> str:
    """Say what should be installed: a fingerprint of the lock, of the project's own metadata and of this folder."""
    lock_file = FOLDER / "requirements" / f"{kind}.txt"
    parts = [lock_file.read_bytes(), (FOLDER / "pyproject.toml").read_bytes(), str(FOLDER).encode()]
    return hashlib.sha256(b"".join(parts)).hexdigest()


def read(file: Path) -> str:
    return file.read_text() if file.exists() else ""


def install_with_uv(uv: str, lock_file: Path) -> None:
    if not PYTHON.exists():
        run([uv, "venv", "--quiet", "--python", sys.executable, str(VENV)])
    into = ["--quiet", "--python", str(PYTHON)]
    run([uv, "pip", "install", *into, "--require-hashes", "-r", str(lock_file)])
    run([uv, "pip", "install", *into, "--no-deps", "--no-build-isolation", "--editable", str(FOLDER)])


def install_with_pip(lock_file: Path) -> None:
    if not has_pip():
        if importlib.util.find_spec("ensurepip") is None:
            version = f"{sys.version_info.major}.{sys.version_info.minor}"
            sys.exit(
                "This Python cannot make a virtual environment, and uv is not on the PATH. Install one of:\n"
                f"    sudo apt install python{version}-venv     (Debian, Ubuntu)\n"
                "    pipx install uv                       (any system)\n"
                "then run the same command again."
            )
        run([sys.executable, "-m", "venv", "--clear", str(VENV)])
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run([*pip, "--require-hashes", "-r", str(lock_file)])
    run([*pip, "--no-deps", "--no-build-isolation", "--editable", str(FOLDER)])


def has_pip() -> bool:
    """Tell whether .venv is there with pip in it: one that uv made has none."""
    return PYTHON.exists() and not subprocess.call([str(PYTHON), "-c", "import pip"], stderr=subprocess.DEVNULL)


# Trying


def demo() -> int:
    set_up("runtime")
    port = os.environ.get("PORT", "8000")
    environment = {
        **os.environ,
        "ALONGSIDE_DEMONSTRATION": "true",
        "ALONGSIDE_URL": os.environ.get("ALONGSIDE_URL", f"http://127.0.0.1:{port}"),
    }
    require_free(int(port))
    with subprocess.Popen(
        [str(PYTHON), "-m", "alongside.commands", "demo", "--port", port], env=environment, cwd=FOLDER
    ) as server:
        signal.signal(signal.SIGTERM, lambda *_: server.terminate())
        try:
            return server.wait()
        except KeyboardInterrupt:  # Ctrl+C reaches the server too: let it finish
            server.wait()
            return 0


def require_free(port: int) -> None:
    """Stop where something serves the port already: the system would let both, and answer with either."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        sys.exit(f"Something is at http://127.0.0.1:{port}/ already. Stop it, or take another: PORT={port + 1} …")


# Testing


def test(*, fast: bool, options: list[str]) -> int:
    set_up("dev")
    began = time.monotonic()
    compiling = subprocess.Popen(COMPILE, cwd=FOLDER, env={**os.environ, **KEPT})
    steps = quick_checks() + ([fast_tests(options)] if fast else full_tests(options))
    for title, command, environment in steps:
        if command[:3] == PYTEST:
            compiling.wait()
        say(f"── {title}")
        result = subprocess.call(command, cwd=FOLDER, env={**os.environ, **KEPT, **environment})
        if result:
            say(f"── {title}: failed after {time.monotonic() - began:.0f} s")
            return result
    say(f"── All well after {time.monotonic() - began:.0f} s")
    return 0


Step = tuple[str, list[str], dict[str, str]]
PYTEST = [str(PYTHON), "-m", "pytest"]
# Each worker of pytest would compile the engine for itself, at the same moment; done once, beside the quick checks,
# it takes no time of theirs. What Python makes of each module is kept too: a run starts dozens of processes.
COMPILE = [str(PYTHON), "-m", "benchmarks.warm"]
KEPT = {"PYTHONDONTWRITEBYTECODE": ""}


def quick_checks() -> list[Step]:
    tool = lambda name, *words: [str(BIN / name), *words]  # noqa: E731
    return [
        ("style", tool("ruff", "check", "."), {}),
        ("format", tool("ruff", "format", "--check", "--quiet", "."), {}),
        ("import contracts", tool("lint-imports"), {"PYTHONPATH": str(FOLDER)}),
        ("types", tool("mypy", "alongside", "config", "benchmarks", "docs"), {}),
    ]


def fast_tests(options: list[str]) -> Step:
    return ("tests, fast", pytest("-m", "not browser and not slow", *options), {})


def full_tests(options: list[str]) -> list[Step]:
    require_chromium()
    return [
        ("templates", [str(BIN / "djlint"), "--lint", "--quiet", "alongside"], {}),
        ("tests on SQLite, with a browser", pytest(*options), {}),
        (
            "tests on PostgreSQL",
            pytest("-m", "not browser and not words", *options),
            {"ALONGSIDE_TEST_DATABASE": "postgresql"},
        ),
    ]


def pytest(*options: str) -> list[str]:
    # Whoever is done takes over from the other: some files take minutes, and others nothing.
    return [*PYTEST, "-q", "-n", "2", "--dist", "worksteal", *options]


def require_chromium() -> None:
    if not any(Path(file).exists() for file in CHROMIUM):
        sys.exit(
            "The browser tests need Chromium, and it is not here. Install it with:\n"
            "    sudo apt install chromium\n"
            "then run the same command again (or `python3 dev.py test --fast` to leave the browser out)."
        )


# Upkeep


def pictures() -> int:
    set_up("dev")
    subprocess.check_call([str(PYTHON), "-m", "docs.criteria_pictures"], cwd=FOLDER)
    require_chromium()
    return subprocess.call([str(PYTHON), "-m", "docs.make_pictures"], cwd=FOLDER)


def lock() -> None:
    uv = shutil.which("uv")
    if not uv:
        sys.exit("Making the locks needs uv: pipx install uv")
    compile_ = [
        uv,
        "pip",
        "compile",
        "pyproject.toml",
        "--extra",
        "build",
        "--python-version",
        "3.11",
        "--universal",
    ]
    quiet = [
        "--generate-hashes",
        "--no-header",
        "--no-annotate",
        "--no-emit-index-url",
        "--quiet",
        "--upgrade",
    ]
    runtime, dev = "requirements/runtime.txt", "requirements/dev.txt"
    run([*compile_, *quiet, "-o", runtime])
    run([*compile_, *quiet, "--extra", "dev", "-c", runtime, "-o", dev])


def run(command: list[str]) -> None:
    result = subprocess.call(command, cwd=FOLDER)
    if result:
        sys.exit(f"This did not work (exit {result}): {' '.join(command)}")


def say(words: str) -> None:
    print(words, flush=True)


if __name__ == "__main__":
    sys.exit(main())
