"""The papers cannot lie about what can be checked: settings, links between pages, the words that decisions may take."""

import math
import re
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from pydantic import AliasChoices

from alongside.engine.measuring.criteria import BY_NAME
from alongside.engine.measuring.reading import PLANES, TABLES
from alongside.mentorships.clocks import CLOCKS
from config.environment import Environment
from docs import criteria_pictures

FOLDER = Path(__file__).resolve().parents[2]
DOCS = FOLDER / "docs"
MATCHING = DOCS / "matching.md"
PAPERS = [*FOLDER.glob("*.md"), *DOCS.rglob("*.md"), *(FOLDER / "benchmarks").glob("*.md")]


def _variable(name: str) -> str:
    """Return the variable a setting is documented under: its first alias, or its name with the prefix."""
    alias = Environment.model_fields[name].validation_alias
    return str(alias.choices[0]) if isinstance(alias, AliasChoices) else f"ALONGSIDE_{name.upper()}"


def test_every_setting_has_its_heading_and_every_heading_its_setting() -> None:
    text = (DOCS / "operating.md").read_text()
    headings = re.findall(r"^### ((?:ALONGSIDE_|DATABASE_)\w+)$", text, flags=re.M)
    assert sorted(headings) == sorted(_variable(name) for name in Environment.model_fields)


def test_every_clock_of_a_mentorship_stands_in_its_paper() -> None:
    paper = (DOCS / "mentorships.md").read_text()
    table = paper[paper.index("## Its clocks") : paper.index("## Who sees what")]
    stages = [line.split("|")[1].strip() for line in table.splitlines() if line.startswith("| ")][1:]
    names = {"first_meeting_booked": "booked", "cooling-off": "cooling_off", "going_on": "going_on"}
    found = [names.get(stage.replace(" ", "_"), stage.replace(" ", "_")) for stage in stages]
    assert Counter(found) == Counter(clock.state.value for clock in CLOCKS)


def test_links_between_the_papers_lead_somewhere() -> None:
    for paper in PAPERS:
        text = re.sub(r"^(    |```).*$", "", paper.read_text(), flags=re.M)
        targets = re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'(?:src|srcset)="([^"]+)"', text)
        for target in targets:
            if "://" in target or target.startswith("#"):
                continue
            assert (paper.parent / target.split("#")[0]).exists(), f"{paper.relative_to(FOLDER)} links to {target}"


def test_the_pictures_of_criteria_are_those_that_the_criteria_make() -> None:
    """`python3 dev.py pictures` makes them again; without the browser, `python -m docs.criteria_pictures`."""
    made = {f"{picture.name}.svg": criteria_pictures.svg(picture) for picture in criteria_pictures.pictures()}
    assert {file.name: file.read_text() for file in criteria_pictures.FOLDER.iterdir()} == made


def test_every_criterion_has_a_picture_that_its_paper_shows_and_that_says_in_words_what_it_shows() -> None:
    names = [picture.name for picture in criteria_pictures.pictures()]
    assert names == [*BY_NAME, "alike"]
    paper = (DOCS / "matching.md").read_text()
    for picture in criteria_pictures.pictures():
        assert f"(pictures/criteria/{picture.name}.svg)" in paper
        drawn = ElementTree.fromstring(criteria_pictures.svg(picture))  # noqa: S314 - our own
        title, described = (drawn.findtext(f"{{http://www.w3.org/2000/svg}}{part}") for part in ("title", "desc"))
        assert title == f"{picture.title}: how it counts"
        assert described is not None
        assert described.count("%") == len(picture.lines) * len(picture.ticks)


def test_the_model_that_the_paper_makes_up_reads_as_it_says() -> None:
    (example,) = (code for code in re.findall(r"```python\n(.*?)```", MATCHING.read_text(), re.S) if "Reader(" in code)
    names: dict[str, Any] = {}
    exec(example, names)  # noqa: S102 - our own
    (pair,) = names["result"].solution.pairs
    assert (pair.mentee, pair.mentor) == ("ann", "fay")
    assert names["result"].certificate.model == "four words 1.0"
    market = names["Market"].of(names["problem"], names["reader"])
    assert market.explain("ann", "fay").contributions[1].points == 1_000
    assert names["Market"].of(names["problem"]).explain("ann", "fay").contributions[1].points == 0


def test_the_paper_says_what_is_made_of_the_cosine_of_two_vectors() -> None:
    rows = re.findall(
        r"^\| (?:cosine of the vectors|fit|standard error of the fit) \| (.+) \|$", MATCHING.read_text(), re.M
    )
    cosines, fits, errors = (row.split(" | ")[1:5] for row in rows)
    for cosine, fit, error in zip(cosines, fits, errors, strict=True):
        share = (1 - math.acos(float(cosine)) / math.pi) ** PLANES
        assert fit == f"{200 * share:.0f} %"
        assert error == f"{200 * math.sqrt(share * (1 - share) / TABLES):.1f}"


def test_decisions_are_short_enough_to_be_read() -> None:
    for paper in (DOCS / "adr").glob("[0-9]*.md"):
        words = len(paper.read_text().split())
        assert words <= 300, f"{paper.name} has {words} words; say it in fewer"


def test_the_readme_is_short() -> None:
    assert len((FOLDER / "README.md").read_text().splitlines()) < 150


def test_the_index_names_every_paper() -> None:
    index = (DOCS / "README.md").read_text()
    for paper in DOCS.glob("*.md"):
        assert paper.name == "README.md" or f"({paper.name})" in index, f"docs/README.md does not name {paper.name}"
