from django.test import Client

from alongside.commands.cli import main
from alongside.organisations.models import Organisation
from alongside.organisations.queries import organisations_coordinated_by
from alongside.people.models import Person

WORDS = ["appoint", "carys@example.org", "--name", "Carys Bennett", "--organisation", "Harbour Enterprise"]


def test_an_installation_gets_its_first_coordinator_and_a_link_to_sign_in(db, client: Client, capsys) -> None:
    assert main(WORDS) == 0
    person = Person.objects.get(email="carys@example.org")
    assert [each.name for each in organisations_coordinated_by(person)] == ["Harbour Enterprise"]
    link = capsys.readouterr().out.split()[-1]
    page = client.post(link.removeprefix("http://testserver"), follow=True)
    assert "Start your first programme" in page.content.decode()


def test_saying_it_twice_changes_nothing(db) -> None:
    main(WORDS)
    main(WORDS)
    assert Organisation.objects.count() == Person.objects.count() == 1


def test_what_is_no_email_address_is_refused_in_plain_words(db, capsys) -> None:
    assert main(["appoint", "carys@", *WORDS[2:]]) == 1
    assert "Write it like jo@example.org" in capsys.readouterr().err
    assert not Person.objects.exists()
