"""Somebody applies: from an address in an email to the day they hear."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from alongside.applications import applying
from alongside.applications.models import Application
from alongside.applications.queries import applications_of
from alongside.journeys import apply as journey
from alongside.kernel import clock
from alongside.kernel.lifecycle import ChangedMeanwhile
from alongside.notifications.models import Email
from alongside.people.models import Person
from tests.applied import ANSWERS, STEPS, begun, let_apply, sent
from tests.files import PDF
from tests.paired import SECRET
from tests.world import NOW, World, person

ADA = "ada@example.org"


def apply_url(world: World, side: str = "mentee") -> str:
    return reverse("apply", args=[world.cohort.ref, side])


def link_to(email: str) -> str:
    text = Email.objects.filter(to=email, kind="confirm_address").first().text
    return re.search(r"/apply/begin/\S+", text)[0]


def begin(world: World, client: Client, email: str = ADA) -> Application:
    client.post(apply_url(world), {"email": email})
    client.post(link_to(email))
    return applications_of(Person.objects.get(email=email)).get()


def item(**answers: object) -> dict[str, object]:
    return {f"item-{key}": value for key, value in answers.items()}


def version_on(page: str) -> str:
    """Return the version that a page was made of, as its form sends it along."""
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found
    return found[1]


def fill_in(client: Client, application: Application) -> None:
    """Answer each page of the form as it stands on the screen."""
    for number, items in enumerate(application.definition.pages, start=1):
        application.refresh_from_db()
        ids = {each.id for each in items}
        data: dict[str, object] = {"version": application.version}
        for key, value in ANSWERS.items():
            if key not in ids:
                continue
            if key == "topics":
                data |= {f"item-topics_{n}": each for n, each in enumerate(value)}
            else:
                data[f"item-{key}"] = "on" if value is True else value
        answer = client.post(reverse("my_application_form", args=[application.ref, number]), data)
        assert answer.status_code == 302, answer.content.decode()


def test_nobody_can_apply_before_a_coordinator_says_so(world: World, client: Client) -> None:
    assert client.get(apply_url(world)).status_code == 404
    let_apply(world)
    assert client.get(apply_url(world)).status_code == 200
    assert client.get(apply_url(world, "mentor")).status_code == 404
    assert client.get(apply_url(world, "nobody")).status_code == 404
    with clock.stopped(NOW + timedelta(days=31)):
        assert client.get(apply_url(world)).status_code == 404


def test_the_page_says_how_it_goes_from_the_rules(world: World, client: Client) -> None:
    let_apply(world, steps=STEPS, documents=[{"id": "cv", "title": "Your CV"}], days_to_decide=10)
    page = client.get(apply_url(world)).content.decode()
    for words in ("A conversation", "Induction", "Your CV", "Within 10 days", "8 April 2026"):
        assert words in page


def test_an_address_is_shown_to_be_theirs_and_no_account_is_made_before(world: World, client: Client) -> None:
    let_apply(world)
    assert client.post(apply_url(world), {"email": "Ada@Example.org"}).status_code == 302
    assert not Person.objects.filter(email=ADA).exists()
    link = link_to(ADA)
    assert client.get(link).status_code == 200
    assert not Person.objects.filter(email=ADA).exists()
    assert client.post(link).status_code == 302
    assert applications_of(Person.objects.get(email=ADA)).get().state == "begun"


def test_the_link_works_once_and_for_a_day(world: World, client: Client) -> None:
    let_apply(world)
    begin(world, client)
    assert Client().post(link_to(ADA)).status_code == 404
    assert Client().get("/apply/begin/nonsense/").status_code == 404


def test_nobodys_inbox_is_flooded(world: World, client: Client) -> None:
    let_apply(world)
    for _time in range(5):
        client.post(apply_url(world), {"email": ADA})
    assert Email.objects.filter(to=ADA).count() == 3


@pytest.mark.parametrize("email", ["", "ada", "a" * 300 + "@example.org"])
def test_an_address_that_is_none_is_said_to_be(world: World, client: Client, email: str) -> None:
    let_apply(world)
    answer = client.post(apply_url(world), {"email": email})
    assert answer.status_code == 200
    assert "There is a problem" in answer.content.decode()


def test_somebody_applies_from_beginning_to_end(world: World, client: Client) -> None:
    let_apply(world, steps=STEPS, documents=[{"id": "cv", "title": "Your CV"}])
    application = begin(world, client)
    mine = reverse("my_application", args=[application.ref])
    check = reverse("my_application_check", args=[application.ref])
    assert check not in client.get(mine).content.decode()
    fill_in(client, application)
    url = reverse("my_application_document", args=[application.ref, "cv"])
    assert client.post(url, {"file": SimpleUploadedFile("cv.exe", b"MZ\x00\x01")}).status_code == 200
    assert client.post(url, {"file": SimpleUploadedFile("cv.pdf", PDF)}).status_code == 302
    assert client.get(reverse("my_application_file", args=[application.ref, "cv"])).content == PDF
    assert check in client.get(mine).content.decode()
    page = client.get(check).content.decode()
    assert "1. Cash flow and finance<br>2. Hiring and leading people" in page
    answer = client.post(check, {"version": version_on(page)}, follow=True)
    assert "You hear from us by Monday 23 March" in answer.content.decode()
    application.refresh_from_db()
    assert application.state == "sent"
    assert Email.objects.filter(to=ADA, kind="say_it_arrived").count() == 1
    assert Person.objects.get(email=ADA).name == "Ada Applicant"
    assert "Your application to" in client.get(reverse("participant_home")).content.decode()


def test_what_is_missing_is_said_and_nothing_typed_is_lost(world: World, client: Client) -> None:
    let_apply(world)
    application = begin(world, client)
    url = reverse("my_application_form", args=[application.ref, 1])
    answer = client.post(url, {"version": application.version, **item(employer="Ada’s Loaves")})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "What you wrote so far is saved" in page
    assert "Ada’s Loaves" in page
    application.refresh_from_db()
    assert application.answers["employer"] == "Ada’s Loaves"
    stops = client.post(url, {"do": "later", "version": application.version, **item(employer="Ada’s Loaves")})
    assert stops.status_code == 302


def test_of_two_windows_the_second_is_told(world: World, client: Client) -> None:
    let_apply(world)
    application = begin(world, client)
    url = reverse("my_application_form", args=[application.ref, 1])
    old = application.version
    client.post(url, {"do": "later", "version": old, **item(employer="First")})
    answer = client.post(url, {"do": "later", "version": old, **item(employer="Second")})
    assert answer.status_code == 409
    assert "Second" in answer.content.decode()
    application.refresh_from_db()
    assert application.answers["employer"] == "First"


def test_what_was_changed_after_it_was_checked_is_not_sent_before_it_is_read(world: World, client: Client) -> None:
    let_apply(world)
    client.force_login(person("Ada Applicant"))
    application = begun(world)
    check = reverse("my_application_check", args=[application.ref])
    read = version_on(client.get(check).content.decode())
    applying.save_answers(application, {**ANSWERS, "employer": "Meanwhile"}, version=int(read), at=NOW)
    answer = client.post(check, {"version": read})
    assert answer.status_code == 409
    assert "in another window" in answer.content.decode()
    assert "Meanwhile" in answer.content.decode()
    application.refresh_from_db()
    assert application.state == "begun"


def test_it_is_sent_once_however_often_somebody_presses(world: World, client: Client) -> None:
    let_apply(world)
    client.force_login(person("Ada Applicant"))
    application = begun(world)
    check = reverse("my_application_check", args=[application.ref])
    checked = {"version": version_on(client.get(check).content.decode())}
    assert [client.post(check, checked).status_code for _time in range(2)] == [302, 302]
    assert Email.objects.filter(kind="say_it_arrived").count() == 1


def test_a_page_from_a_window_left_open_changes_nothing_that_was_sent(world: World) -> None:
    let_apply(world)
    application = begun(world)
    before = Application.objects.get(pk=application.pk)
    journey.send(application, by=application.person, at=NOW)
    with pytest.raises(ChangedMeanwhile):
        applying.save_answers(before, {}, version=before.version, at=NOW)
    assert SECRET in Application.objects.get(pk=application.pk).answers["about"]


@pytest.mark.parametrize("version", ["", "x", "9" * 40, "-1"])
def test_a_version_that_is_none_is_told_as_an_older_one(world: World, client: Client, version: str) -> None:
    let_apply(world)
    application = begin(world, client)
    url = reverse("my_application_form", args=[application.ref, 1])
    answer = client.post(url, {"do": "later", "version": version, **item(employer="Loaves")})
    assert answer.status_code in {200, 409}
    assert "Loaves" in answer.content.decode()


def test_nothing_is_sent_while_something_is_missing_or_after_it_closed(world: World, client: Client) -> None:
    let_apply(world)
    application = begin(world, client)
    check = reverse("my_application_check", args=[application.ref])
    client.post(check)
    application.refresh_from_db()
    assert application.state == "begun"
    fill_in(client, application)
    checked = {"version": version_on(client.get(check).content.decode())}
    with clock.stopped(NOW + timedelta(days=31)):
        assert "closed just now" in client.post(check, checked, follow=True).content.decode()
    application.refresh_from_db()
    assert application.state == "begun"


def test_what_is_known_is_not_asked_again(world: World, client: Client) -> None:
    let_apply(world)
    client.force_login(world.maya.person)
    client.post(apply_url(world))
    application = applications_of(world.maya.person).get()
    assert application.answers == {"name": "Maya Mentor", "sector": "food"} | {
        key: value for key, value in application.answers.items() if key not in {"name", "sector"}
    }
    assert "about" not in application.answers
    client.post(apply_url(world))
    assert applications_of(world.maya.person).count() == 1


def test_an_application_is_taken_back_with_one_button(world: World, client: Client) -> None:
    let_apply(world)
    client.force_login(person("Ada Applicant"))
    application = sent(world)
    url = reverse("my_application_withdraw", args=[application.ref])
    assert client.get(url).status_code == 200
    application.refresh_from_db()
    assert application.state == "sent"
    client.post(url)
    application.refresh_from_db()
    assert application.state == "withdrawn"
    assert client.post(url).status_code == 302


def test_a_draft_that_is_taken_back_is_deleted_at_once(world: World, client: Client) -> None:
    let_apply(world)
    client.force_login(person("Ada Applicant"))
    application = begun(world)
    client.post(reverse("my_application_withdraw", args=[application.ref]))
    application.refresh_from_db()
    assert (application.answers, application.person) == ({}, None)


@pytest.mark.parametrize("who", ["carys", "piotr", "olu", "stella", "maya", "nobody"])
def test_nobody_else_opens_an_application_that_is_being_written(world: World, client: Client, who: str) -> None:
    let_apply(world, steps=[{"id": "refs", "title": "References", "kind": "references"}],
              documents=[{"id": "cv", "title": "Your CV"}])  # fmt: skip
    application = begun(world)
    if who != "nobody":
        client.force_login(world.maya.person if who == "maya" else getattr(world, who))
    names = ("my_application", "my_application_referees", "my_application_check", "my_application_withdraw")
    urls = [reverse(name, args=[application.ref]) for name in names]
    urls += [reverse("my_application_form", args=[application.ref, 1])]
    urls += [reverse(f"my_application_{name}", args=[application.ref, "cv"]) for name in ("document", "file")]
    urls += [reverse("application", args=[application.ref])]
    for url in urls:
        for ask in (client.get, client.post):
            answer = ask(url)
            assert answer.status_code == (302 if who == "nobody" else 404), url
            assert SECRET not in answer.content.decode()


def test_a_referee_answers_without_an_account_and_only_coordinators_read_it(world: World, client: Client) -> None:
    let_apply(world, steps=[{"id": "refs", "title": "References", "kind": "references"}])
    client.force_login(person("Ada Applicant"))
    application = begun(world)
    url = reverse("my_application_referees", args=[application.ref])
    assert (
        "Name somebody else"
        in client.post(url, {"name_1": "I", "email_1": "ada.applicant@example.org"}).content.decode()
    )
    assert client.post(url, {"name_1": "Ref Eree", "email_1": "ref@example.org"}).status_code == 302
    check = reverse("my_application_check", args=[application.ref])
    client.post(check, {"version": version_on(client.get(check).content.decode())})
    letter = Email.objects.get(to="ref@example.org")
    assert SECRET not in letter.text
    link = re.search(r"/apply/reference/\S+", letter.text)[0]
    referee = Client()
    page = referee.get(link).content.decode()
    assert "A reference for Ada Applicant" in page
    assert SECRET not in page
    assert "There is a problem" in referee.post(link, item(how="Friend")).content.decode()
    said = {"item-how": "Friend", "item-since": "longer", "item-good-at": f"Kind {SECRET}2", "item-trust": "yes"}
    assert "Thank you" in referee.post(link, said, follow=True).content.decode()
    assert SECRET not in referee.get(link).content.decode()
    assert f"{SECRET}2" not in client.get(reverse("my_application", args=[application.ref])).content.decode()
    client.force_login(world.carys)
    assert f"{SECRET}2" in client.get(reverse("application", args=[application.ref])).content.decode()
    assert referee.get("/apply/reference/nonsense/").status_code == 404


def test_what_guides_the_coordinator_is_read_by_nobody_else(world: World, client: Client, as_carys: Client) -> None:
    step = {"id": "talk", "title": "A talk", "kind": "conversation", "about": "Come as you are.", "guide": SECRET}
    let_apply(world, steps=[step])
    page = client.get(apply_url(world)).content.decode()
    assert "Come as you are." in page
    assert SECRET not in page
    application = sent(world, about="I bake.", **{"job-title": "Baker"})
    hers = as_carys.get(reverse("application", args=[application.ref])).content.decode()
    assert SECRET in hers
    theirs = Client()
    theirs.force_login(application.person)
    for url in ("/me/", reverse("my_application", args=[application.ref])):
        assert SECRET not in theirs.get(url).content.decode()
