"""``alongside match``, as somebody at a command line uses it."""

from pathlib import Path

import pytest

from alongside.commands.cli import main

MENTORS = "Name,Email,What can you help with?,Sector,How many mentees?\nMaya,maya@example.org,Pricing,Food,two\n"
MENTEES = (
    "Name,Email,What do you need help with?,Sector\nBea,bea@example.org,Pricing,Food\nDai,dai@example.org,Hiring,Food\n"
)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path, Path]:
    """Two spreadsheets and a folder for the answer."""
    mentors, mentees = tmp_path / "mentors.csv", tmp_path / "mentees.csv"
    mentors.write_text(MENTORS)
    mentees.write_text(MENTEES)
    return mentors, mentees, tmp_path / "out"


def run(files: tuple[Path, Path, Path], *options: str) -> int:
    mentors, mentees, out = files
    return main(["match", str(mentors), str(mentees), "-o", str(out), *options])


def test_two_spreadsheets_give_pairs_people_left_over_and_a_report(files, capsys) -> None:
    assert run(files) == 0
    pairs = (files[2] / "pairs.csv").read_text("utf-8-sig")
    assert "bea@example.org" in pairs
    assert "Covers 1 of 1 need: Pricing" in pairs
    assert (files[2] / "unmatched.csv").exists()
    assert "<h2>Pairs</h2>" in (files[2] / "report.html").read_text()
    assert "2 mentees have a mentor, 0 do not." in capsys.readouterr().out


def test_the_same_input_gives_the_same_output_byte_by_byte(files) -> None:
    run(files)
    first = [file.read_bytes() for file in sorted(files[2].iterdir())]
    run(files)
    assert [file.read_bytes() for file in sorted(files[2].iterdir())] == first


def test_who_is_left_over_is_listed_with_the_reason(files) -> None:
    files[0].write_text(MENTORS.replace("two", "1"))
    run(files)
    assert "dai@example.org" in (files[2] / "unmatched.csv").read_text("utf-8-sig")


def test_rules_of_a_file_hold(files, tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text('[rules]\norganisation = "same"\n')
    files[0].write_text(MENTORS.replace("Name,", "Company,Name,").replace("\nMaya", "\nHarbour Ltd,Maya"))
    files[1].write_text(
        MENTEES.replace("Name,", "Company,Name,")
        .replace("\nBea", "\nHarbour Ltd,Bea")
        .replace("\nDai", "\nQuay Ltd,Dai")
    )
    assert run(files, "--rules", str(rules)) == 0
    assert "dai@example.org" in (files[2] / "unmatched.csv").read_text("utf-8-sig")


def test_what_the_law_protects_is_used_only_where_the_rules_open_it(files, tmp_path: Path, capsys) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text('[rules]\nmust_share = ["party"]\n')
    assert run(files, "--rules", str(rules)) == 1
    assert 'then name it among what is opened: opened = ["party"]' in capsys.readouterr().err
    rules.write_text('opened = ["party"]\n[rules]\nmust_share = ["party"]\n')
    assert run(files, "--rules", str(rules)) == 0


def test_a_wrong_rules_file_is_refused_in_plain_words(files, tmp_path: Path, capsys) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text("[weights]\nneedz = 3\n")
    assert run(files, "--rules", str(rules)) == 1
    assert "needz" in capsys.readouterr().err


def test_a_file_that_is_none_is_refused_in_plain_words(files, capsys) -> None:
    files[0].write_bytes(b"%PDF-1.7")
    assert run(files) == 1
    assert "mentors.csv" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_refused_in_plain_words(files, capsys) -> None:
    files[0].unlink()
    assert run(files) == 1
    assert "cannot be read" in capsys.readouterr().err


def test_names_can_do_no_harm_in_the_report(files) -> None:
    files[1].write_text(MENTEES.replace("Bea,", "<script>alert(1)</script>,"))
    run(files)
    assert "<script>alert" not in (files[2] / "report.html").read_text()


def test_pairs_of_the_rules_file_are_required_and_forbidden(files, tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text(
        'required = [["dai@example.org", "maya@example.org"]]\nforbidden = [["bea@example.org", "maya@example.org"]]'
    )
    assert run(files, "--rules", str(rules)) == 0
    assert "dai@example.org" in (files[2] / "pairs.csv").read_text("utf-8-sig")
    assert "bea@example.org" in (files[2] / "unmatched.csv").read_text("utf-8-sig")


@pytest.mark.parametrize(
    "pairs", ["3", '["bea@example.org"]', "[[1, 2]]", '[["nobody@example.org", "maya@example.org"]]']
)
def test_pairs_that_cannot_be_are_refused_in_plain_words(files, tmp_path: Path, capsys, pairs: str) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text(f"required = {pairs}")
    assert run(files, "--rules", str(rules)) == 1
    assert len(capsys.readouterr().err) > 20
