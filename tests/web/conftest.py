import pytest
from pytest_django.fixtures import Settings


@pytest.fixture(autouse=True)
def _emails_go_to_the_outbox(settings: Settings) -> None:
    """Django's test runner would keep what libraries send in its own memory."""
    settings.EMAIL_BACKEND = "alongside.notifications.backend.OutboxBackend"
