"""``alongside bench``, in a checkout and out of one."""

from pathlib import Path

from alongside.commands.bench import bench
from alongside.commands.cli import main


def test_a_benchmark_runs_with_its_own_options(tmp_path: Path, capfd) -> None:
    folder = tmp_path / "benchmarks"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "weather.py").write_text(
        'import sys\n\nif __name__ == "__main__":\n    print(sys.argv[1:])\n    sys.exit(3)\n'
    )
    assert bench("weather", ["--sizes", "6x4"], checkout=tmp_path) == 3
    assert capfd.readouterr().out == "['--sizes', '6x4']\n"


def test_a_benchmark_there_is_not_is_answered_with_those_there_are(capsys) -> None:
    assert main(["bench", "weather"]) == 1
    assert "There is no benchmark weather; there are board, importing, matching, " in capsys.readouterr().err


def test_without_a_checkout_it_says_how_to_get_one(tmp_path: Path, capsys) -> None:
    assert bench("matching", [], checkout=tmp_path) == 1
    assert "no part of an installation" in capsys.readouterr().err
