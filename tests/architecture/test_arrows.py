"""What linters check on every commit, and what they cannot see."""

import re
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2]


def test_the_locks_name_no_registry() -> None:
    for file in (FOLDER / "requirements").glob("*.txt"):
        assert "://" not in file.read_text()


def test_every_package_says_what_it_owns_and_what_it_does_not() -> None:
    for folder in sorted((FOLDER / "alongside").iterdir()):
        init = folder / "__init__.py"
        if init.exists():
            words = init.read_text().split('"""')[1]
            assert re.search(r"\b[Oo]wns?\b", words), f"{folder.name} does not say what it owns"
            assert re.search(r"\bnot\b", words), f"{folder.name} does not say what it does not own"


def test_the_domain_never_asks_what_time_it_is() -> None:
    edges = {"web", "api", "commands"}
    for file in (FOLDER / "alongside").rglob("*.py"):
        package = file.relative_to(FOLDER / "alongside").parts[0]
        if package in edges or file.name in {"clock.py", "tasks.py", "backend.py"}:
            continue
        assert "clock.now" not in file.read_text(), f"{file} asks the time: take `at` instead"


def test_only_the_edges_know_http() -> None:
    for file in (FOLDER / "alongside").rglob("*.py"):
        package = file.relative_to(FOLDER / "alongside").parts[0]
        if package not in {"web", "api"}:
            assert not re.search(r"django\.(http|shortcuts|contrib\.messages)", file.read_text()), file


def test_no_page_carries_a_style_or_a_script_of_its_own() -> None:
    pages = [file for file in (FOLDER / "alongside" / "web").rglob("*.html") if "email" not in file.parts]
    for file in pages:
        text = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", file.read_text(), flags=re.S)
        assert not re.search(r"\sstyle=|\son(click|change|submit|load)=|<script(?![^>]*\bsrc=)", text), file
