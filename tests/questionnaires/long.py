"""A questionnaire of four pages, of which the second is only for those who stand for a party."""

from pathlib import Path

from alongside.questionnaires.reading import parse

LONG_ONE = parse((Path(__file__).parent / "long.toml").read_text(encoding="utf-8"), "long.toml")
