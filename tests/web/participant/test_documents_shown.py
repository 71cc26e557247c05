"""What somebody applied with, as far as the rules show it: to whoever may be paired with them, and to nobody else."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alongside.applications import applying
from alongside.applications.models import ApplicationDocument
from alongside.applications.queries import documents_shown
from alongside.journeys import apply as journey
from alongside.journeys.answer_request import decline_request
from alongside.journeys.choose_mentors import choose_mentors, choose_nobody
from alongside.matching.answer_links import offer_token, request_token
from alongside.matching.models import Offer, Request
from alongside.programmes.models import Participant
from tests.applied import begun, let_apply
from tests.asked import offer, request_to
from tests.files import PDF
from tests.paired import SECRET, browser_of, pair
from tests.queries import queries_of
from tests.world import NOW, World, set_rules

DOCUMENTS = [
    {"id": "cv", "title": "Your CV", "shown": True},
    {"id": "id", "title": "Proof of address", "shown": False},
]
CONTENT = PDF + SECRET.encode()


def applied(world: World, who: Participant) -> tuple[ApplicationDocument, ApplicationDocument]:
    """Let somebody of the cast have applied with two documents, of which the rules show one."""
    let_apply(world, who.side, documents=DOCUMENTS)
    application = begun(world, who.person, who.side)
    for document in ("cv", "id"):
        name = f"{who.person.name} {SECRET}.pdf"
        applying.add_document(application, document, name=name, content=CONTENT, at=NOW)
    journey.send(application, by=who.person, at=NOW)
    applying.accept(application, by=world.carys, at=NOW)
    shown, kept_back = application.documents.all()
    return shown, kept_back


def choose_url(made: Offer, document: ApplicationDocument) -> str:
    return reverse("choose_document", args=[offer_token(made), document.ref])


def answer_url(asked: Request, document: ApplicationDocument) -> str:
    return reverse("answer_document", args=[request_token(asked), document.ref])


def asked(world: World) -> Request:
    made = offer(world.bea, world.maya, world.nia)
    choose_mentors(made, [request_to(made, world.maya), request_to(made, world.nia)], at=NOW)
    return request_to(made, world.maya)


@pytest.mark.parametrize("others", [True, False])
def test_a_mentee_reads_it_before_they_choose(world: World, client: Client, others: bool) -> None:
    shown, kept_back = applied(world, world.maya)
    made = offer(world.bea, world.maya, *([world.marcus] if others else []))
    page = client.get(f"/choose/{offer_token(made)}/").content.decode()
    assert choose_url(made, shown) in page
    assert "Your CV" in page
    assert choose_url(made, kept_back) not in page
    assert "Proof of address" not in page
    assert SECRET not in page  # not even in the name of the file
    answer = client.get(choose_url(made, shown))
    assert answer.content == CONTENT
    assert SECRET not in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert client.get(choose_url(made, kept_back)).status_code == 404


def test_a_mentor_reads_it_before_they_answer(world: World, client: Client) -> None:
    shown, kept_back = applied(world, world.bea)
    request = asked(world)
    page = client.get(f"/answer/{request_token(request)}/").content.decode()
    assert answer_url(request, shown) in page
    assert answer_url(request, kept_back) not in page
    assert SECRET not in page
    assert client.get(answer_url(request, shown)).content == CONTENT
    assert client.get(answer_url(request, kept_back)).status_code == 404


def test_once_it_is_answered_the_link_opens_no_document(world: World, client: Client) -> None:
    shown, _kept_back = applied(world, world.maya)
    made = offer(world.bea, world.maya, world.marcus)
    choose_nobody(made, reason="", at=NOW)
    assert client.get(choose_url(made, shown)).status_code == 404
    of_mentee, _kept_back = applied(world, world.bea)
    request = asked(world)
    decline_request(request, reason="", at=NOW)
    assert client.get(answer_url(request, of_mentee)).status_code == 404


def test_a_mentor_who_is_not_asked_yet_opens_none(world: World, client: Client) -> None:
    shown, _kept_back = applied(world, world.bea)
    made = offer(world.bea, world.maya, world.nia)
    assert client.get(answer_url(request_to(made, world.maya), shown)).status_code == 404
    choose_mentors(made, [request_to(made, world.maya), request_to(made, world.nia)], at=NOW)
    assert client.get(answer_url(request_to(made, world.nia), shown)).status_code == 404


def test_a_link_opens_documents_of_those_on_its_list_alone(world: World, client: Client) -> None:
    shown, _kept_back = applied(world, world.maya)
    without = offer(world.bea, world.marcus)
    assert client.get(choose_url(without, shown)).status_code == 404
    for token in ("nonsense", offer_token(without)[:-1], request_token(request_to(without, world.marcus))):
        assert client.get(reverse("choose_document", args=[token, shown.ref])).status_code == 404
        assert client.get(reverse("choose_document", args=[token, "nothing"])).status_code == 404


def test_what_was_not_taken_up_is_shown_to_nobody(world: World) -> None:
    let_apply(world, "mentor", documents=DOCUMENTS)
    application = begun(world, world.maya.person, "mentor")
    applying.add_document(application, "cv", name="cv.pdf", content=CONTENT, at=NOW)
    assert documents_shown([world.maya]) == {}


def test_who_applied_on_the_other_side_shows_nothing_on_this_one(world: World) -> None:
    applied(world, world.maya)
    assert list(documents_shown([world.maya, world.bea])) == [world.maya.pk]


def test_rules_that_show_it_no_more_end_it_at_once(world: World, client: Client) -> None:
    shown, _kept_back = applied(world, world.maya)
    made = offer(world.bea, world.maya)
    hidden = [{**each, "shown": False} for each in DOCUMENTS]
    set_rules(world, applications={"mentor": {"form": "mentor-application", "documents": hidden}})
    assert client.get(choose_url(made, shown)).status_code == 404
    assert "Your CV" not in client.get(f"/choose/{offer_token(made)}/").content.decode()


def test_it_is_said_before_somebody_applies(world: World, client: Client) -> None:
    let_apply(world, documents=DOCUMENTS)
    page = client.get(reverse("apply", args=[world.cohort.ref, "mentee"])).content.decode()
    assert "before they say yes and after: Your CV." in page
    client.force_login(world.bea.person)
    application = begun(world, world.bea.person)
    told = "whoever you may be paired with, before they say yes and after"
    for document, said in (("cv", True), ("id", False)):
        page = client.get(reverse("my_application_document", args=[application.ref, document])).content.decode()
        assert (told in page) is said


class TestInAMentorship:
    def test_its_members_read_it_as_long_as_it_is_kept(self, world: World) -> None:
        shown, kept_back = applied(world, world.bea)
        mentorship = pair(world.maya, world.bea)
        page = browser_of(world.maya).get(f"/mentorships/{mentorship.ref}/documents/").content.decode()
        url = reverse("applied_document", args=[mentorship.ref, shown.ref])
        assert url in page
        assert "Proof of address" not in page
        assert "you and Maya Mentor" not in page
        assert "you and Bea Baker, and the coordinators who read the applications" in page
        assert browser_of(world.maya).get(url).content == CONTENT
        hidden = reverse("applied_document", args=[mentorship.ref, kept_back.ref])
        assert browser_of(world.maya).get(hidden).status_code == 404
        applying.empty_application(shown.application, at=NOW + timedelta(days=190))
        assert browser_of(world.maya).get(url).status_code == 404

    @pytest.mark.parametrize("who", ["carys", "piotr", "olu", "stella", "marcus", "nobody"])
    def test_nobody_else_reads_it_there(self, world: World, client: Client, who: str) -> None:
        shown, _kept_back = applied(world, world.bea)
        mentorship = pair(world.maya, world.bea)
        if who != "nobody":
            client.force_login(world.marcus.person if who == "marcus" else getattr(world, who))
        answer = client.get(reverse("applied_document", args=[mentorship.ref, shown.ref]))
        assert answer.status_code == (302 if who == "nobody" else 404)
        assert SECRET not in answer.content.decode()

    def test_another_pair_does_not_reach_it_through_its_own(self, world: World) -> None:
        shown, _kept_back = applied(world, world.bea)
        pair(world.maya, world.bea)
        other = pair(world.marcus, world.dai)
        url = reverse("applied_document", args=[other.ref, shown.ref])
        assert browser_of(world.marcus).get(url).status_code == 404


def test_however_many_there_are_they_are_found_at_once(world: World, client: Client) -> None:
    applied(world, world.maya)
    url = f"/choose/{offer_token(offer(world.bea, world.maya, world.marcus, world.nia))}/"
    one = queries_of(client, url)
    applied(world, world.marcus)
    applied(world, world.nia)
    assert queries_of(client, url) == one
