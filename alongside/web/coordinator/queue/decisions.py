"""Decisions taken in the queue: each names what to do and the thing, and is one call of the domain."""

from collections.abc import Callable
from datetime import datetime

from django.urls import reverse

from alongside.evaluation.actions import note_call
from alongside.evaluation.queries import calls_wanted
from alongside.journeys.after_meeting import note_first_meeting
from alongside.journeys.pass_gate import pass_gate
from alongside.journeys.take_back_offer import take_back_offer
from alongside.journeys.unreached import leave_email, try_email_again
from alongside.matching.actions import give_more_time
from alongside.matching.queries import offers_run_by
from alongside.mentorships.queries import mentorships_run_by
from alongside.people.models import Person
from alongside.programmes.queries import participants_run_by
from alongside.reports.unreached import emails_run_by
from alongside.web.shared.access import get_or_404


def decide(decision: str, *, by: Person, at: datetime) -> None:
    """Carry out ``<do>:<kind>-<ref>``.

    :raises ValueError: if it is none of the decisions the queue offers.
    """
    do, ref = _parts(decision)
    if do not in DECISIONS:
        raise ValueError("Choose what to do.")
    DECISIONS[do](ref, by, at)


def way_back(decision: str) -> str:
    """Return the address that undoes a decision, or "" where there is none."""
    do, ref = _parts(decision)
    return reverse(UNDONE_AT[do], args=[ref]) if do in UNDONE_AT else ""


def bulk(do: str, items: list[str], *, by: Person, at: datetime) -> int:
    """Carry out the same decision about several items; those of another kind are left alone."""
    fitting = [item for item in items if item.rpartition("-")[0] == BULK.get(do)]
    for item in fitting:
        decide(f"{do}:{item}", by=by, at=at)
    return len(fitting)


def _parts(decision: str) -> tuple[str, str]:
    """Return what is to be done, and the ref of the thing it is done about."""
    do, _, item = decision.partition(":")
    return do, item.rpartition("-")[2]


def _more_time(ref: str, by: Person, at: datetime) -> None:
    give_more_time(get_or_404(offers_run_by(by), ref=ref), by=by, at=at)


def _close(ref: str, by: Person, at: datetime) -> None:
    take_back_offer(get_or_404(offers_run_by(by), ref=ref), by=by, at=at)


def _pass_gate(ref: str, by: Person, at: datetime) -> None:
    participant = get_or_404(participants_run_by(by), ref=ref)
    for gate in participant.gates_open[:1]:
        pass_gate(participant, gate.id, by=by, at=at)


def _met(ref: str, by: Person, at: datetime) -> None:
    note_first_meeting(get_or_404(mentorships_run_by(by), ref=ref), by=by, at=at)


def _try_again(ref: str, by: Person, at: datetime) -> None:
    try_email_again(get_or_404(emails_run_by(by), ref=ref), by=by, at=at)


def _leave(ref: str, by: Person, at: datetime) -> None:
    leave_email(get_or_404(emails_run_by(by), ref=ref), by=by, at=at)


def _called(ref: str, by: Person, at: datetime) -> None:
    note_call(get_or_404(calls_wanted(by), ref=ref), by=by, at=at)


DECISIONS: dict[str, Callable[[str, Person, datetime], None]] = {
    "more_time": _more_time,
    "close": _close,
    "pass_gate": _pass_gate,
    "met": _met,
    "try_again": _try_again,
    "leave": _leave,
    "called": _called,
}
BULK = {"more_time": "offer_lapsed", "pass_gate": "gate", "met": "not_met", "try_again": "email"}
UNDONE_AT = {"leave": "queue_email_back"}
