from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import Client

from alongside.kernel import clock
from alongside.notifications.actions import claim_email, mark_sent, queue_email
from alongside.notifications.models import Body
from alongside.web.shared import health


@pytest.fixture
def told(db: None) -> Client:
    return Client()


def test_an_installation_with_nothing_to_send_is_well(told: Client) -> None:
    answer = told.get("/health/")
    assert (answer.status_code, answer.json()) == (200, {"database": "well", "emails": "well"})


def test_emails_that_wait_are_told_of_but_not_whose_they_are(told: Client) -> None:
    long_ago = clock.now() - timedelta(minutes=16)
    email = queue_email(Body("Hello"), kind="test", to="maya@example.org", subject="Hello Maya", at=long_ago)
    answer = told.get("/health/")
    assert answer.status_code == 200
    assert answer.json()["emails"] == f"waiting since {long_ago:%Y-%m-%d %H:%M} UTC"
    assert b"aya" not in answer.content
    claim_email(email, at=clock.now())
    mark_sent(email, at=clock.now())
    assert told.get("/health/").json()["emails"] == "well"


def test_an_email_that_just_came_or_is_to_be_tried_again_later_is_no_worry(told: Client) -> None:
    queue_email(Body("Hello"), kind="test", to="maya@example.org", subject="Hello", at=clock.now())
    at = clock.now() - timedelta(hours=2)
    later = queue_email(Body("Hello"), kind="test", to="nia@example.org", subject="Hello", at=at)
    later.not_before = clock.now() + timedelta(minutes=5)
    later.save(update_fields=["not_before"])
    assert told.get("/health/").json()["emails"] == "well"


def test_a_database_that_cannot_be_reached_is_503(told: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> None:
        raise OperationalError("could not connect to server")

    monkeypatch.setattr(health, "waiting_since", fail)
    answer = told.get("/health/")
    assert (answer.status_code, answer.json()) == (503, {"database": "not reached"})
