"""What went wrong, said to the person: errors of the domain carry plain words, and nothing is lost."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest

from alongside import engine
from alongside.kernel.lifecycle import ChangedMeanwhile, MoveNotAllowed
from alongside.matching.actions import AlreadyOffered
from alongside.matching.board import ChangedByAnother, NothingToUndo, OutOfDate

SAID_TO_PEOPLE = (
    MoveNotAllowed,
    ChangedMeanwhile,
    AlreadyOffered,
    ChangedByAnother,
    NothingToUndo,
    OutOfDate,
    engine.ProblemError,
    engine.SettingsError,
    ValueError,
)


@contextmanager
def plain_words(request: HttpRequest) -> Iterator[None]:
    """Do something that the domain may refuse; a refusal becomes a message on the next page."""
    try:
        yield
    except SAID_TO_PEOPLE as refusal:
        messages.error(request, str(refusal))
