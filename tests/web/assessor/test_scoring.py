"""From a self-assessment to a decision over the pages of three kinds of people; and who never sees what."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from alongside.assessments import actions
from alongside.assessments.models import Assessment, Assignment, Evidence
from alongside.directory.actions import write_listing
from alongside.journeys import assess
from alongside.kernel import clock, scope
from alongside.organisations.actions import appoint_steward, found_organisation
from alongside.organisations.models import Network
from alongside.people.models import Person
from tests.assessed import OWN, REVIEWED, WHY, Assessed, begun, standard
from tests.files import PDF
from tests.queries import queries_of
from tests.world import NOW, World, person

CRITERIA = [each.id for each in standard().criteria]


def as_(someone: Person) -> Client:
    client = Client()
    client.force_login(someone)
    return client


def page(client: Client, name: str, *args: str) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200, answer
    return answer.content.decode()


def test_from_nothing_to_assessed(world: World, as_carys: Client) -> None:
    listing = write_listing(world.harbour, by=world.carys, at=NOW)
    ada, ben, stella = as_(person("Ada Assessor")), as_(person("Ben Assessor")), as_(world.stella)
    assert "Ten criteria" in page(as_carys, "assessments")
    about = {"organisation": world.harbour.ref, "standard": "network-listing"}
    as_carys.post(reverse("begin_assessment"), about)
    found = Assessment.objects.get()
    as_carys.post(reverse("assessment_gates", args=[found.ref]), {gate.id: "yes" for gate in standard().gates})
    for name in CRITERIA:
        url = reverse("assessment_criterion", args=[found.ref, name])
        assert as_carys.post(url, {"score": "2", "words": OWN, "then": "next"}).status_code == 302
        assert OWN in page(as_carys, "assessment_criterion", found.ref, name)
    for kind in sorted(standard().evidence_ids):
        url = reverse("add_evidence", args=[found.ref, kind])
        file = SimpleUploadedFile("charter.pdf", PDF)
        assert as_carys.post(url, {"title": "Charter", "file": file, "reviewed_on": "2026-02-01"}).status_code == 302
    assert "Send it to the network" in page(as_carys, "assessment", found.ref)
    as_carys.post(reverse("assessment_do", args=[found.ref]), {"do": "send"})
    assert world.harbour.name in page(stella, "stewarded_assessments")
    assert OWN in page(stella, "stewarded_assessment", found.ref)
    for name in ("Ada", "Ben"):
        sent = {"do": "appoint", "name": f"{name} Assessor", "email": f"{name.lower()}.assessor@example.org"}
        stella.post(reverse("stewarded_do", args=[found.ref]), sent)
    for client, someone, score in ((ada, "ada", "2"), (ben, "ben", "3")):
        (mine,) = Assignment.objects.filter(person__email=f"{someone}.assessor@example.org")
        assert OWN not in client.get(reverse("declare_interest", args=[mine.ref])).content.decode()
        client.post(reverse("declare_interest", args=[mine.ref]), {"interest": "none"})
        for name in CRITERIA:
            assert OWN in page(client, "score_criterion", mine.ref, name)
            client.post(
                reverse("score_criterion", args=[mine.ref, name]), {"score": score, "words": f"{WHY} {someone}"}
            )
        client.post(reverse("hand_in_scores", args=[mine.ref]))
    decide = page(stella, "decide_assessment", found.ref)
    assert decide.count("The two differ.") == 10
    assert f"{WHY} ada" in decide
    assert f"{WHY} ben" in decide
    finals = {f"score_{name}": "2" for name in CRITERIA} | {"words": "Well done."}
    refused = stella.post(reverse("decide_assessment", args=[found.ref]), finals).content.decode()
    assert "Say why, where the two differ" in refused
    assert "Well done." in refused, "nothing typed is lost"
    finals |= {f"words_{name}": "It is in place." for name in CRITERIA}
    assert stella.post(reverse("decide_assessment", args=[found.ref]), finals).status_code == 302
    listing.refresh_from_db()
    assert listing.standing == "assessed"
    result = page(as_carys, "assessment", found.ref)
    assert "Assessed until 9 March 2029" in result
    assert "It is in place." in result
    assert "Ada" not in result, "who scored is not said"


def test_an_assessor_sees_nothing_of_the_other_until_both_have_handed_in(world: World) -> None:
    made = begun(world).declared()
    made.score(made.ada, dict.fromkeys(CRITERIA, 3))
    ben, mine = as_(made.ben), made.of(made.ben)
    seen = page(ben, "assessing_one", mine.ref) + "".join(page(ben, "score_criterion", mine.ref, n) for n in CRITERIA)
    assert WHY not in seen
    assert "The other:" not in seen
    assert ben.get(reverse("assessing_one", args=[made.of(made.ada).ref])).status_code == 404
    made.score(made.ben)
    assert page(ben, "assessing_one", mine.ref).count("The other: 3") == 10
    assert "Ada" not in page(ben, "assessing_one", mine.ref)


def test_a_conflict_of_interest_closes_every_page(world: World) -> None:
    made = begun(world).declared()
    ada, mine = as_(made.ada), made.of(made.ada)
    file = Evidence.objects.filter(kind_id="EV04").get()
    handed = ada.get(reverse("assessing_evidence", args=[mine.ref, file.ref]))
    assert handed.content == PDF
    ada.post(reverse("declare_interest", args=[mine.ref]), {"interest": "conflict", "words": "LEAK my sister"})
    for name, args in (
        ("assessing_one", [mine.ref]),
        ("score_criterion", [mine.ref, CRITERIA[0]]),
        ("assessing_evidence", [mine.ref, file.ref]),
        ("declare_interest", [mine.ref]),
    ):
        assert ada.get(reverse(name, args=args)).status_code == 404, name
    assert ada.post(reverse("hand_in_scores", args=[mine.ref])).status_code == 404
    assert "LEAK my sister" in page(as_(world.stella), "stewarded_assessment", made.assessment.ref)


def test_evidence_that_the_standard_does_not_ask_for_is_not_handed_to_assessors(world: World) -> None:
    made = begun(world, "smn-quality-award").declared()
    with scope.everywhere("a test adds"):
        other = actions.add_file(
            world.harbour, "EV16", title="LEAK", name="a.pdf", content=PDF, reviewed_on=REVIEWED, by=world.carys, at=NOW
        )  # fmt: skip
    ada, mine = as_(made.ada), made.of(made.ada)
    assert ada.get(reverse("assessing_evidence", args=[mine.ref, other.ref])).status_code == 404
    assert as_(world.stella).get(
        reverse("stewarded_evidence", args=[made.assessment.ref, other.ref])
    ).status_code == 404  # fmt: skip


def strangers(world: World, made: Assessed) -> dict[str, Person]:
    """Whoever has no part in it: a coordinator elsewhere, a partner, a steward and an assessor of other things."""
    elsewhere = Network.objects.create(name="Another network")
    sol, cem = person("Sol Steward"), person("Cem Assessor")
    appoint_steward(sol, elsewhere)
    with scope.everywhere("a test makes another assessment"):
        theirs = found_organisation(world.network, name="Third")
        other = Assessment.objects.create(
            organisation=theirs, standard_id="network-listing", version=1, begun_at=NOW, sent_at=NOW, state="sent"
        )
        assess.appoint_assessor(other, email=cem.email, name=cem.name, by=world.stella, at=NOW)
    return {"olu": world.olu, "piotr": world.piotr, "sol": sol, "cem": cem, "maya": world.maya.person}


def doors(made: Assessed) -> list[str]:
    file = Evidence.objects.filter(kind_id="EV04").get()
    ref, mine = made.assessment.ref, made.of(made.ada).ref
    return [
        reverse("assessment", args=[ref]),
        reverse("assessment_gates", args=[ref]),
        reverse("assessment_criterion", args=[ref, CRITERIA[0]]),
        reverse("add_evidence", args=[ref, "EV04"]),
        reverse("evidence", args=[file.ref]),
        reverse("stewarded_assessment", args=[ref]),
        reverse("decide_assessment", args=[ref]),
        reverse("stewarded_evidence", args=[ref, file.ref]),
        reverse("assessing_one", args=[mine]),
        reverse("declare_interest", args=[mine]),
        reverse("score_criterion", args=[mine, CRITERIA[0]]),
        reverse("assessing_evidence", args=[mine, file.ref]),
    ]


def test_strangers_find_none_of_it(world: World) -> None:
    made = begun(world).scored()
    for name, someone in strangers(world, made).items():
        for url in doors(made):
            assert as_(someone).get(url).status_code == 404, (name, url)
    for url in doors(made):
        assert Client().get(url).status_code == 302, url
    lists = [page(as_(someone), "stewarded_assessments") for someone in (person("Sol Steward"),)]
    assert world.harbour.name not in lists[0]


def test_nobody_does_for_them_what_is_theirs(world: World) -> None:
    made = begun(world).scored()
    file = Evidence.objects.filter(kind_id="EV04").get()
    doing = [
        reverse("assessment_do", args=[made.assessment.ref]),
        reverse("stewarded_do", args=[made.assessment.ref]),
        reverse("remove_evidence", args=[file.ref]),
        reverse("hand_in_scores", args=[made.of(made.ada).ref]),
    ]
    for name, someone in strangers(world, made).items():
        for url in doing:
            assert as_(someone).post(url, {"do": "withdraw"}).status_code == 404, (name, url)
    assert made.again().state == "moderation"


def test_what_is_not_sent_is_read_by_no_steward(world: World) -> None:
    made = begun(world).filled()
    stella = as_(world.stella)
    assert stella.get(reverse("stewarded_assessment", args=[made.assessment.ref])).status_code == 404
    assert world.harbour.name not in page(stella, "stewarded_assessments")


def test_a_steward_who_scored_it_does_not_decide_it(world: World) -> None:
    made = begun(world).scored()
    appoint_steward(made.ada, world.network)
    ada = as_(made.ada)
    assert "another steward decides" in page(ada, "stewarded_assessment", made.assessment.ref)
    assert ada.get(reverse("decide_assessment", args=[made.assessment.ref])).status_code == 404


def test_the_organisation_sees_no_scores_before_the_decision(world: World, as_carys: Client) -> None:
    made = begun(world).scored()
    assert WHY not in page(as_carys, "assessment", made.assessment.ref)


def test_an_appeal_and_a_declaration_are_made_on_the_page(world: World, as_carys: Client) -> None:
    made = begun(world).decided()
    url = reverse("assessment_do", args=[made.assessment.ref])
    assert "Say what was not seen" in as_carys.post(url, {"do": "appeal", "words": ""}).content.decode()
    due = made.again().declare_by
    assert due is not None
    with clock.stopped(due):
        assert "We still work as we were assessed" in page(as_carys, "assessment", made.assessment.ref)
        as_carys.post(url, {"do": "declare", "words": ""})
    assert made.again().declarations.count() == 1
    as_carys.post(url, {"do": "appeal", "words": "Look again"})
    assert made.again().state == "appealed"
    assert "no other steward" in page(as_(world.stella), "stewarded_assessment", made.assessment.ref)


BAD = [
    ({"title": "X", "reviewed_on": "2026-02-01"}, "one of the two"),
    ({"title": "", "link": "https://example.org", "reviewed_on": "2026-02-01"}, "Say in a few words"),
    ({"title": "X", "link": "nonsense", "reviewed_on": "2026-02-01"}, "Write a whole address"),
    ({"title": "X", "link": "ftp://example.org", "reviewed_on": "2026-02-01"}, "begins with https://"),
    ({"title": "X", "link": "https://example.org", "reviewed_on": "2027-02-01"}, "still to come"),
    ({"title": "X", "link": "https://example.org", "reviewed_on": "soon"}, "such as 2027-03-31"),
]


@pytest.mark.parametrize(("said", "words"), BAD)
def test_evidence_that_is_not_right_is_refused_in_words(
    world: World, as_carys: Client, said: dict[str, str], words: str
) -> None:
    made = begun(world)
    answer = as_carys.post(reverse("add_evidence", args=[made.assessment.ref, "EV04"]), said)
    assert words in answer.content.decode()
    assert not Evidence.objects.exists()


def test_a_web_page_is_no_evidence_file(world: World, as_carys: Client) -> None:
    file = SimpleUploadedFile("x.pdf", b"<html><script></script></html>")
    said = {"title": "X", "file": file, "reviewed_on": "2026-02-01"}
    answer = as_carys.post(reverse("add_evidence", args=[begun(world).assessment.ref, "EV04"]), said)
    assert "Save it as PDF" in answer.content.decode()


def test_more_assessments_take_no_more_queries(world: World) -> None:
    begun(world).sent()
    stella = as_(world.stella)
    one = queries_of(stella, reverse("stewarded_assessments"))
    with scope.everywhere("a test adds"):
        for number in range(2):
            other = found_organisation(world.network, name=f"Other {number}")
            Assessment.objects.create(
                organisation=other, standard_id="network-listing", version=1, begun_at=NOW, state="sent",
                sent_at=NOW - timedelta(days=number),
            )  # fmt: skip
    assert queries_of(stella, reverse("stewarded_assessments")) == one
