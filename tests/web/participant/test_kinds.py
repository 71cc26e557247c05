"""What mentees and mentors see where there are kinds of mentors: applying as one, choosing one of each, going on."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse

from alongside.agreements.wording import full_text
from alongside.applications import applying
from alongside.applications.models import Application
from alongside.journeys import apply as journey
from alongside.journeys.accept_application import accept_application
from alongside.journeys.after_meeting import note_first_meeting
from alongside.matching.answer_links import offer_token, request_token
from alongside.mentorships.models import Member
from alongside.mentorships.queries import members_of
from alongside.mentorships.states import MentorshipState
from alongside.people.models import Person
from tests.applied import MENTOR
from tests.kinds import Kinds, asked, introduced, offered
from tests.paired import browser_of, member_in
from tests.world import LEAK, NOW, person


def read(client: Client, url: str) -> str:
    page = client.get(url)
    assert page.status_code == 200, url
    return str(page.content.decode())


def begun(kinds: Kinds, who: Person) -> Application:
    until = (NOW + timedelta(days=30)).date()
    applying.open_applications(kinds.cohort, "mentor", until=until, by=kinds.world.carys, at=NOW)
    application = journey.begin(kinds.cohort, who, "mentor", at=NOW)
    applying.save_answers(application, MENTOR, version=application.version, at=NOW)
    return application


class TestApplying:
    def test_the_kind_is_asked_before_the_form_and_is_needed(self, kinds: Kinds, client: Client) -> None:
        application = begun(kinds, person("Ada Applicant"))
        client.force_login(application.person)
        overview = reverse("my_application", args=[application.ref])
        asking = reverse("my_application_kind", args=[application.ref])
        page = read(client, overview)
        assert page.index("Which kind of mentor") < page.index("/form/1/")
        assert "Check and send it" not in page
        form = read(client, asking)
        assert "<strong>role</strong>" in form, "what a kind is about"
        assert "Choose one." in client.post(asking, {}).content.decode()
        assert "Choose one of these." in client.post(asking, {"kind": "duke"}).content.decode()
        assert client.post(asking, {"kind": "officer"}).url == overview
        assert "officer" in read(client, reverse("my_application_check", args=[application.ref]))
        application.refresh_from_db()
        journey.send(application, by=application.person, at=NOW)
        as_carys = Client()
        as_carys.force_login(kinds.world.carys)
        assert "Applies as a mentor (officer)" in read(as_carys, reverse("application", args=[application.ref]))
        made = accept_application(application, contact=kinds.world.carys, by=kinds.world.carys, at=NOW)
        assert made.kind == "officer"

    def test_nobody_else_comes_to_the_question(self, kinds: Kinds, as_olu: Client, client: Client) -> None:
        application = begun(kinds, person("Ada Applicant"))
        asking = reverse("my_application_kind", args=[application.ref])
        for other in (as_olu, browser_of(kinds.ann)):
            assert other.get(asking).status_code == 404
            assert other.post(asking, {"kind": "officer"}).status_code == 404
        assert client.get(asking).status_code == 302
        application.refresh_from_db()
        assert application.kind == ""

    def test_where_all_mentors_are_alike_it_is_not_asked(self, kinds: Kinds, client: Client) -> None:
        until = (NOW + timedelta(days=30)).date()
        applying.open_applications(kinds.world.cohort, "mentor", until=until, by=kinds.world.carys, at=NOW)
        application = journey.begin(kinds.world.cohort, person("Ada Applicant"), "mentor", at=NOW)
        client.force_login(application.person)
        assert "kind" not in read(client, reverse("my_application", args=[application.ref]))
        assert client.get(reverse("my_application_kind", args=[application.ref])).status_code == 404

    def test_the_way_there_says_it(self, kinds: Kinds, client: Client) -> None:
        begun(kinds, person("Ada Applicant"))
        page = read(client, reverse("apply", args=[kinds.cohort.ref, "mentor"]))
        assert "experienced councillor or officer" in page


class TestChoosing:
    def test_the_home_shows_an_offer_of_each_kind(self, kinds: Kinds) -> None:
        offered(kinds.ann, kinds.cora, kinds.carl)
        offered(kinds.ann, kinds.olga)
        page = read(browser_of(kinds.ann), reverse("participant_home"))
        assert "2 things wait for you" in page
        assert "Choose your mentor (experienced councillor)" in page
        assert "Choose your mentor (officer)" in page

    def test_the_page_says_which_is_chosen(self, kinds: Kinds, client: Client) -> None:
        made = offered(kinds.ann, kinds.cora, kinds.carl)
        page = read(client, reverse("choose", args=[offer_token(made)]))
        assert "Choose your mentor (experienced councillor)" in page
        assert "Here you choose one of them: the experienced councillor." in page

    def test_the_mentor_reads_as_what_they_are_asked(self, kinds: Kinds, client: Client) -> None:
        request = asked(kinds.ann, kinds.omar)
        assert "You would be the officer." in read(client, reverse("answer", args=[request_token(request)]))
        assert "(officer)" in read(browser_of(kinds.omar), reverse("participant_home"))

    def test_the_last_yes_leads_to_the_one_mentorship(self, kinds: Kinds, client: Client) -> None:
        mentorship = introduced(kinds.ann, kinds.cora)
        request = asked(kinds.ann, kinds.omar)
        url = reverse("answer", args=[request_token(request)])
        client.post(url, {"answer": "yes"})
        assert "Ann Able" in read(client, url)
        assert len(members_of(mentorship)) == 3
        home = read(browser_of(kinds.ann), reverse("participant_home"))
        assert "(officer)" in home
        assert "(experienced councillor)" in home


class TestInside:
    def both(self, kinds: Kinds) -> Member:
        mentorship = introduced(kinds.ann, kinds.cora)
        introduced(kinds.ann, kinds.olga)
        return member_in(mentorship, kinds.ann)

    def test_pages_and_the_agreement_say_who_is_which(self, kinds: Kinds, as_carys: Client, as_olu: Client) -> None:
        mentorship = self.both(kinds).mentorship
        url = reverse("mentorship", args=[mentorship.ref])
        assert "Cora Clark, experienced councillor · Olga Olsen, officer" in read(browser_of(kinds.olga), url)
        text = full_text(kinds.cohort, members_of(mentorship), {}, until="then")
        assert "Cora Clark (experienced councillor), Olga Olsen (officer)" in text
        for other in (as_carys, as_olu, browser_of(kinds.ben)):
            page = other.get(url)
            assert page.status_code == 404
            assert LEAK not in page.content.decode()

    def test_a_mentee_parts_from_one_and_only_the_coordinator_reads_it(self, kinds: Kinds, as_carys: Client) -> None:
        me = self.both(kinds)
        note_first_meeting(me.mentorship, by=kinds.world.carys, at=NOW)
        url = reverse("mentorship_going_on", args=[me.mentorship.ref])
        page = read(browser_of(kinds.ann), url)
        assert "With whom would you rather not go on?" in page
        assert "Olga Olsen (officer)" in page
        assert "With whom" not in read(browser_of(kinds.olga), url)
        said = {"answer": "no", "not_with": [kinds.olga.ref], "wish": ""}
        browser_of(kinds.ann).post(url, said)
        known = read(as_carys, reverse("looking_after", args=[me.mentorship.ref]))
        assert "Would rather not go on with" in known
        assert "Would rather" not in read(browser_of(kinds.olga), reverse("mentorship", args=[me.mentorship.ref]))
        for mentor in (kinds.cora, kinds.olga):
            browser_of(mentor).post(url, {"answer": "yes", "wish": ""})
        me.mentorship.refresh_from_db()
        assert me.mentorship.state == MentorshipState.GOING_ON
        assert [each.participant for each in members_of(me.mentorship)] == [kinds.ann, kinds.cora]

    def test_somebody_who_is_not_in_it_cannot_be_named(self, kinds: Kinds) -> None:
        me = self.both(kinds)
        note_first_meeting(me.mentorship, by=kinds.world.carys, at=NOW)
        url = reverse("mentorship_going_on", args=[me.mentorship.ref])
        page = browser_of(kinds.ann).post(url, {"answer": "no", "not_with": [kinds.omar.ref], "wish": ""})
        assert page.status_code == 200
        me.refresh_from_db()
        assert me.going_on == ""
