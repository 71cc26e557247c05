"""What a test gets of the database: nothing, unless it asks for it. The run on PostgreSQL counts on that."""

import pytest

from alongside.people.models import Person


def test_who_does_not_ask_for_the_database_is_refused_it() -> None:
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        Person.objects.exists()


@pytest.mark.django_db
def test_who_asks_for_it_gets_it() -> None:
    assert not Person.objects.exists()
