"""``alongside match``: two spreadsheets in; pairs, people left over and a readable report out."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from alongside import engine, sheets
from alongside.commands.match_report import write_report

Role = Literal["mentor", "mentee"]
Pairs = frozenset[tuple[str, str]]


class Refusal(Exception):
    """Say why nothing was matched, in words for the person at the command line."""


def match(mentors: Path, mentees: Path, *, rules: Path | None, folder: Path) -> int:
    """Match two files and write ``pairs.csv``, ``unmatched.csv`` and ``report.html`` into ``folder``."""
    try:
        toml = _read(rules)
        mentor_rows, mentee_rows = _people(mentors, "mentor"), _people(mentees, "mentee")
        problem = problem_of(mentee_rows, mentor_rows, engine.read_rules(toml), engine.read_pairs(toml))
        market = engine.Market.of(problem)
        result = market.solve()
    except (Refusal, engine.ProblemError, engine.RulesFileError) as refusal:
        print(refusal, file=sys.stderr)
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    _write_tables(folder, market, result)
    write_report(folder / "report.html", market, result)
    _say(result, folder)
    return 0


def problem_of(
    mentees: Sequence[sheets.PersonRow],
    mentors: Sequence[sheets.PersonRow],
    settings: engine.Settings,
    pairs: tuple[Pairs, Pairs] = (frozenset(), frozenset()),
) -> engine.Problem:
    """State two lists of people as a problem; an email address is an id. ``pairs`` are required and forbidden ones."""
    required, forbidden = pairs
    return engine.Problem(
        mentees=tuple(_person(row, 1, row.needs or row.expertise, _ids(mentors)) for row in mentees),
        mentors=tuple(_person(row, _places(row), row.expertise or row.needs, _ids(mentees)) for row in mentors),
        rules=settings.rules,
        weights=settings.weights,
        objective=settings.objective,
        opened=settings.opened,
        required=required,
        forbidden=forbidden,
    )


def _read(rules: Path | None) -> str:
    try:
        return rules.read_text() if rules else ""
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(f"{rules} cannot be read: {error}.") from error


def _people(file: Path, role: Role) -> list[sheets.PersonRow]:
    """Read the people of a file, saying on the way what stands in the way of any row."""
    try:
        workbook = sheets.open_workbook(file.read_bytes(), file.name)
    except OSError as error:
        raise Refusal(f"{file} cannot be read: {error.strerror}.") from error
    except sheets.UnreadableFile as refusal:
        raise Refusal(f"{file}: {refusal.message}") from refusal
    table = sheets.find_table(sheets.choose_sheet(workbook))
    dry_run = sheets.interpret(table, sheets.recognise(table), default_role=role)
    for finding in dry_run.findings:
        if finding.severity == "stops":
            print(f"{file.name}: {finding.message}", file=sys.stderr)
    people = [row for row in dry_run.ready if not row.roles or role in row.roles]
    if not people:
        raise Refusal(f"{file} has nobody to match. It needs a name and an email address for each person.")
    return people


def _places(row: sheets.PersonRow) -> int:
    return 1 if row.capacity is None else row.capacity


def _ids(rows: Iterable[sheets.PersonRow]) -> dict[str, str]:
    return {written.casefold(): row.email for row in rows for written in (row.name, row.email)}


def _person(
    row: sheets.PersonRow, capacity: int, topics: Sequence[tuple[str, float]], others: dict[str, str]
) -> engine.Person:
    place = row.position
    return engine.Person(
        id=row.email,
        name=row.name,
        capacity=capacity,
        organisation=row.organisation,
        topics=tuple(engine.Topic(label, weight) for label, weight in topics),
        text=row.text,
        sector=row.sector,
        position=engine.Position(place.latitude, place.longitude, place.name) if place else None,
        max_km=row.max_km,
        remote=row.remote is not False,
        availability=frozenset(row.availability),
        languages=frozenset(row.languages),
        seniority=row.seniority,
        attributes=tuple(sorted(dict(row.attributes).items())),
        prefers=tuple(others[name.casefold()] for name in row.prefers if name.casefold() in others),
        avoids=tuple(others[name.casefold()] for name in row.avoids if name.casefold() in others),
    )


def _write_tables(folder: Path, market: engine.Market, result: engine.Result) -> None:
    names = {person.id: person.name for person in (*market.problem.mentees, *market.problem.mentors)}
    pairs = [
        [
            names[pair.mentee],
            pair.mentee,
            names[pair.mentor],
            pair.mentor,
            f"{pair.score / 100:.2f}",
            "; ".join(part.sentence for part in market.explain(pair.mentee, pair.mentor).contributions),
        ]
        for pair in result.solution.pairs
    ]
    header = ["Mentee", "Mentee email", "Mentor", "Mentor email", "Fit (of 100)", "Why"]
    (folder / "pairs.csv").write_bytes(sheets.write_csv(pairs, header=header))
    left = [[names[row.person], row.person, row.sentence] for row in result.solution.unmatched]
    (folder / "unmatched.csv").write_bytes(sheets.write_csv(left, header=["Mentee", "Email", "Why"]))


def _say(result: engine.Result, folder: Path) -> None:
    left = len(result.solution.unmatched)
    print(f"{result.certificate.placed} mentees have a mentor, {left} do not.")
    print(result.certificate.sentence)
    print(f"Written to {folder}: pairs.csv, unmatched.csv, report.html")
