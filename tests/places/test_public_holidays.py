import subprocess
import sys
from datetime import date

import pytest

from alongside.places.public_holidays import days_off

EASTER_MONDAY, ST_ANDREW, ST_PATRICK = date(2026, 4, 6), date(2026, 11, 30), date(2026, 3, 17)
AUGUST = date(2026, 8, 31)


@pytest.mark.parametrize(
    ("region", "easter_monday", "st_andrew", "st_patrick", "august"),
    [
        ("North West", True, False, False, True),
        ("England", True, False, False, True),
        ("Wales", True, False, False, True),
        ("South Wales", True, False, False, True),
        ("Scotland", False, True, False, False),
        ("Glasgow", False, True, False, False),
        ("Northern Ireland", True, False, True, True),
        ("Belfast", True, False, True, True),
        ("Isle of Man", True, False, False, True),
        ("", True, False, False, True),
        ("Atlantis", True, False, False, True),
    ],
)
def test_each_nation_has_its_own(
    region: str, easter_monday: bool, st_andrew: bool, st_patrick: bool, august: bool
) -> None:
    off = days_off(region)
    found = [day in off for day in (EASTER_MONDAY, ST_ANDREW, ST_PATRICK, AUGUST)]
    assert found == [easter_monday, st_andrew, st_patrick, august]


@pytest.mark.parametrize("region", ["London", "Wales", "Scotland", "Northern Ireland"])
def test_christmas_is_everywhere_and_a_plain_tuesday_nowhere(region: str) -> None:
    assert date(2026, 12, 25) in days_off(region)
    assert date(2026, 12, 28) in days_off(region)  # Boxing Day fell on a Saturday
    assert date(2026, 3, 10) not in days_off(region)


def test_nothing_of_it_is_loaded_before_it_is_asked() -> None:
    code = "import sys, alongside.places.public_holidays; print('holidays' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
