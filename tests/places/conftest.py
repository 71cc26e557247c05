"""The folder of third-party files, which lies beside the project and is never copied into it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture
def shared_data() -> Path:
    """Return the folder, or skip where it is not there."""
    named = os.environ.get("ALONGSIDE_SHARED_DATA")
    places = [Path(named)] if named else [p / "shared" / "data" for p in Path(__file__).resolve().parents]
    found = next((place for place in places if place.is_dir()), None)
    return found or pytest.skip("no third-party files here; set ALONGSIDE_SHARED_DATA")
