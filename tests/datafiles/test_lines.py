import tomllib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from alongside.datafiles.lines import line_of, lines_of
from alongside.datafiles.writing import written

SAMPLE = '''title = "One"
[look]
accent = "#123456"
words = [
  "a [bracket",
  # nothing
  "b",
]
[[steps]]
id = "first"
text = """
[[steps]]
id = "not one"
"""
[[steps.asks]]
id = "x"
[[steps.asks]]
id = "y"
[[steps]]
"a b".c = 3
[steps.when]
days = 2
'''


def test_everything_stands_on_its_line() -> None:
    lines = lines_of(SAMPLE)
    assert lines["title",] == 1
    assert lines["look", "words", 1] == 7
    assert lines["steps", 0, "text"] == 11
    assert lines["steps", 0, "asks", 1, "id"] == 18
    assert lines["steps", 1, "a b", "c"] == 20
    assert lines["steps", 1, "when", "days"] == 22


def test_what_has_no_line_is_on_that_of_what_is_around_it() -> None:
    lines = lines_of(SAMPLE)
    assert line_of(lines, ("steps", 1, "when", "hours")) == 21
    assert line_of(lines, ("nothing",)) is None


NAMES = st.text("abcdefg-", min_size=1, max_size=4)
VALUES = st.recursive(
    st.one_of(st.integers(), st.booleans(), st.text(max_size=30)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=3)),
    max_leaves=12,
)


def paths(value: Any, path: tuple[str | int, ...] = ()) -> Any:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*path, key)
            yield from paths(inner, (*path, key))
    elif isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
        for place, inner in enumerate(value):
            yield from paths(inner, (*path, place))


@given(st.dictionaries(NAMES, VALUES, max_size=4))
def test_whatever_is_written_can_be_read_again_and_its_first_keys_have_lines(table: dict[str, Any]) -> None:
    text = written(table)
    assert tomllib.loads(text) == table
    lines = lines_of(text)
    assert all(line_of(lines, (key,)) for key, value in table.items() if not isinstance(value, dict) or value)
    assert all(line_of(lines, path) for path in paths(table) if line_of(lines, path[:1]))
    rows = text.splitlines()
    assert all(str(path[-1]) in rows[number - 1] for path, number in lines.items() if isinstance(path[-1], str))


@given(st.text(max_size=200))
def test_no_text_is_too_strange_to_look_for_lines_in(text: str) -> None:
    assert all(number >= 1 for number in lines_of(text).values())
