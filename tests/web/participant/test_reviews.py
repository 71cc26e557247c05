"""A 360-degree review on its pages: the mentee names whom to ask, they answer by their link, she alone reads it."""

import re
from typing import Any

import pytest
from django.test import Client

from alongside.journeys.all_round import close_review
from alongside.journeys.links import rater_link
from alongside.journeys.review_emails import remind_rater
from alongside.mentorships.models import Mentorship
from alongside.notifications.models import Email
from alongside.plans.models import Objective
from alongside.reviews.actions import note_letter
from alongside.reviews.models import AllRoundReview, Rater
from tests.paired import SECRET, browser_of, inside, member_in, pair
from tests.queries import queries_of
from tests.reviews.asked import LEADERSHIP, answer, asked, everything
from tests.world import NOW, World


@pytest.fixture
def mentorship(world: World) -> Mentorship:
    return pair(world.maya, world.bea)


@pytest.fixture
def url(mentorship: Mentorship) -> str:
    return f"/mentorships/{mentorship.ref}/reviews/"


def begun(client: Client, url: str) -> str:
    return client.post(url, {"questionnaire": "leadership-360"}).headers["Location"]


def name(client: Client, door: str, number: int, group: str = "colleagues") -> str:
    sent = {"do": "name", "name": f"Rater{number} Number", "email": f"r{number}@example.org", "group": group}
    return client.post(door, sent, follow=True).content.decode()


def links() -> list[str]:
    """The addresses in the letters that were written to raters."""
    letters = Email.objects.filter(kind="ask_rater").order_by("pk")
    return [re.findall(r"https?://[^/]+(/rate/\S+)", letter.body.text)[0] for letter in letters]


def sent_from(items: tuple[Any, ...], answers: dict[str, object]) -> dict[str, object]:
    """What a browser sends from one page."""
    here = [question.id for item in items for question in LEADERSHIP.of_item[item.id]]
    return {f"item-{key}": answers[key] for key in here if key in answers}


def rated(client: Client, door: str, value: int = 3, **words: str) -> str:
    """Answer page by page, read it once more and send it; return what is shown then."""
    answers = everything(value, **words)
    for place, items in enumerate(LEADERSHIP.pages, 1):
        version = version_in(client.get(f"{door}{place}/").content.decode())
        client.post(f"{door}{place}/", {**sent_from(items, answers), "version": version})
    version = version_in(client.get(f"{door}check/").content.decode())
    return client.post(f"{door}check/", {"version": version}, follow=True).content.decode()


def version_in(page: str) -> str:
    return re.findall(r'name="version" value="(\d+)"', page)[0]


def without_tokens(page: str) -> str:
    return re.sub(r'"[A-Za-z0-9]{64}"', "", page)


def closed(world: World, mentorship: Mentorship, *, keep: str = SECRET) -> AllRoundReview:
    """A review that three colleagues and the mentee answered, and that closed."""
    with inside(mentorship):
        bea = member_in(mentorship, world.bea)
        review, raters = asked(bea, ["colleagues"] * 3 + ["led"])
        for rater in raters:
            if rater.group == "colleagues":
                answer(rater, everything(1, keep=keep))
        own = Rater.objects.select_related("mentorship", "review__mentorship").get(review=review, group="oneself")
        answer(own, everything(3))
        close_review(review, by=bea, at=NOW)
    return review


def test_from_naming_to_the_result(world: World, url: str) -> None:
    bea = browser_of(world.bea)
    door = begun(bea, url)
    for number in range(3):
        name(bea, door, number)
    name(bea, door, 3, "manager")
    page = bea.get(door).content.decode()
    assert "Ask these 4 people now" in page
    assert "4 people are asked by email now." in bea.post(door, {"do": "ask"}, follow=True).content.decode()
    for number, link in enumerate(links()):
        page = Client().get(link).content.decode()
        assert ("Your answers are shown by themselves" in page) == (number == 3)
        assert ("from 3 answers on" in page) == (number != 3)
        assert "Thank you for answering" in rated(Client(), link, number, keep=f"{SECRET} {number}")
        assert "Thank you for answering" in Client().get(link).content.decode()
        assert "Thank you for answering" in Client().get(f"{link}2/").content.decode()
    page = bea.get(door).content.decode()
    assert "3 of 3 answered" in page
    assert SECRET not in page
    assert bea.get(f"{door}myself/").headers["Location"] == f"{door}myself/1/"
    assert "You have answered." in rated(bea, f"{door}myself/", 4)
    assert "Close this review?" in bea.get(f"{door}close/").content.decode()
    page = bea.post(f"{door}close/", follow=True).content.decode()
    assert "What others see most" in page
    assert page.count(SECRET) == 4
    assert "Where you and others differ most" in page
    assert bea.get(f"{door}review.pdf").content.startswith(b"%PDF")
    assert "This has closed" in Client().get(links()[0] if links() else link).content.decode()


def test_who_is_asked_is_seen_and_who_answered_is_not(world: World, mentorship: Mentorship, url: str) -> None:
    with inside(mentorship):
        review, raters = asked(member_in(mentorship, world.bea), ["colleagues"] * 4)
        before = browser_of(world.bea).get(f"{url}{review.ref}/").content.decode()
        answer(raters[2], everything(2))
    after = browser_of(world.bea).get(f"{url}{review.ref}/").content.decode()
    assert without_tokens(before).replace("0 of 4 answered", "1 of 4 answered") == without_tokens(after)


@pytest.fixture
def link(world: World, mentorship: Mentorship) -> str:
    """The address of a colleague who is asked."""
    with inside(mentorship):
        _review, (rater,) = asked(member_in(mentorship, world.bea), ["colleagues"])
        return "/rate/" + rater_link(rater).split("/rate/")[1]


WORDS_PAGE = next(n for n, items in enumerate(LEADERSHIP.pages, 1) if any(item.id == "keep" for item in items))


def test_a_rater_saves_half_way_declines_and_thinks_again(link: str) -> None:
    assert "Begin" in Client().get(link).content.decode()
    words = f"{link}{WORDS_PAGE}/"
    later = Client().post(words, {"item-keep": SECRET, "version": "1", "do": "later"}, follow=True).content.decode()
    assert "Come back by the same link" in later
    assert "Go on" in later
    assert SECRET in Client().get(words).content.decode()
    assert Client().post(link).headers["Location"] == f"{link}1/"
    Client().post(link, {"do": "decline"})
    page = Client().get(link).content.decode()
    assert "would rather not" in page
    assert SECRET not in page + Client().get(words).content.decode()
    older = Client().post(words, {"item-keep": SECRET, "version": "1"})
    assert older.status_code == 409
    assert SECRET in older.content.decode()
    assert "said that you would rather not" in page
    Client().post(words, {"item-keep": SECRET, "version": "2"})
    assert "said that you would rather not" not in Client().get(link).content.decode()


def test_a_rater_reads_their_answers_once_more_and_changes_one(link: str, mentorship: Mentorship) -> None:
    for place, items in enumerate(LEADERSHIP.pages, 1):
        Client().post(f"{link}{place}/", {**sent_from(items, everything(2, keep=SECRET)), "version": str(place)})
    page = Client().get(f"{link}check/").content.decode()
    assert SECRET in page
    assert "only together with those of others, from 3 answers on" in page
    change = re.findall(rf'href="({link}{WORDS_PAGE}/\?from=check)#q-keep"', page)[0]
    back = Client().post(change, {"item-keep": "Other words", "version": version_in(page)})
    assert back.headers["Location"] == f"{link}check/"
    page = Client().get(f"{link}check/").content.decode()
    assert "Other words" in page
    assert SECRET not in page
    with inside(mentorship):
        assert Rater.objects.get(group="colleagues").done_at is None
    old = Client().post(f"{link}check/", {"version": "1"})
    assert old.status_code == 409


def test_what_is_sent_after_it_closed_goes_nowhere(world: World, mentorship: Mentorship, link: str) -> None:
    with inside(mentorship):
        bea = member_in(mentorship, world.bea)
        close_review(AllRoundReview.objects.get(), by=bea, at=NOW)
    for address in (f"{link}{WORDS_PAGE}/", f"{link}check/", link):
        assert "This has closed" in Client().post(address, {"item-keep": SECRET, "version": "1"}).content.decode()
    with inside(mentorship):
        assert [rater.answers for rater in Rater.objects.all()] == [{}, {}]


def test_nothing_but_the_link_opens_any_page_of_it(link: str) -> None:
    for door in (link[:-4] + "/", "/rate/x/"):
        for page in ("", "1/", "check/"):
            assert Client().get(door + page).status_code == Client().post(door + page).status_code == 404
    assert Client().get(f"{link}99/").status_code == 404


def test_looking_at_a_link_decides_nothing_and_a_made_up_one_opens_nothing(
    world: World, mentorship: Mentorship
) -> None:
    with inside(mentorship):
        _review, (rater,) = asked(member_in(mentorship, world.bea), ["colleagues"])
        link = "/rate/" + rater_link(rater).split("/rate/")[1]
    Client().get(f"{link}?do=decline")
    with inside(mentorship):
        now = Rater.objects.get(pk=rater.pk)
        assert (now.done_at, now.declined_at, now.version) == (None, None, 1)
    for wrong in (f"/rate/{rater.ref}/", link[:-4] + "/", "/rate/x/"):
        assert Client().get(wrong).status_code == 404


def test_the_mentor_reads_it_only_once_it_is_shared(world: World, mentorship: Mentorship, url: str) -> None:
    review = closed(world, mentorship)
    bea, maya = browser_of(world.bea), browser_of(world.maya)
    door = f"{url}{review.ref}/"
    story = f"/mentorships/{mentorship.ref}/"
    for page in (door, f"{door}review.pdf", f"{door}myself/", f"{door}close/", f"{door}share/"):
        assert maya.get(page).status_code == 404
    assert maya.post(f"{door}share/", {"shared": "yes"}).status_code == 404
    assert "How I lead" not in maya.get(url).content.decode() + maya.get(story).content.decode()
    bea.post(f"{door}share/", {"shared": "yes"})
    assert SECRET in maya.get(door).content.decode()
    assert "Make this an objective" not in maya.get(door).content.decode()
    assert "360-degree review" in maya.get(story).content.decode()
    bea.post(f"{door}share/", {"shared": "no"})
    assert maya.get(door).status_code == 404


def test_a_role_becomes_an_objective_in_one_click(world: World, mentorship: Mentorship, url: str) -> None:
    review = closed(world, mentorship)
    bea = browser_of(world.bea)
    page = bea.post(f"{url}{review.ref}/objective/", {"role": "people"}, follow=True).content.decode()
    assert "Bringing people on: do more of what helps" in page
    bea.post(f"{url}{review.ref}/objective/", {"role": "nothing"})
    assert Objective.unscoped.count() == 1


def test_what_too_few_said_is_nowhere(world: World, mentorship: Mentorship, url: str) -> None:
    with inside(mentorship):
        bea = member_in(mentorship, world.bea)
        review, raters = asked(bea, ["colleagues", "colleagues", "led"])
        for rater in raters[:2]:
            answer(rater, everything(4, keep=SECRET))
        close_review(review, by=bea, at=NOW)
    page = browser_of(world.bea).get(f"{url}{review.ref}/").content.decode()
    assert "Not enough answers to show: Line manager, Colleagues, People I lead, Partners" in page
    assert SECRET not in page


def test_bad_input_is_said_and_nothing_typed_is_lost(world: World, url: str) -> None:
    bea = browser_of(world.bea)
    door = begun(bea, url)
    page = bea.post(door, {"do": "name", "name": "Ann", "email": "nothing", "group": "led"}).content.decode()
    assert "valid email" in page
    assert 'value="Ann"' in page
    name(bea, door, 1)
    assert "on the list already" in name(bea, door, 1)
    assert "You have a review open" in bea.post(url, {"questionnaire": "leadership-360"}, follow=True).content.decode()
    assert bea.post(url, {"questionnaire": "expectations"}).status_code == 404


def lost(world: World, mentorship: Mentorship, kind: str = "ask_rater") -> Rater:
    """Somebody who was asked, by an email that never arrived."""
    with inside(mentorship):
        _review, raters = asked(member_in(mentorship, world.bea), ["colleagues"] * 4)
        if kind == "remind_rater":
            for rater in raters:
                note_letter(rater, remind_rater(rater, at=NOW).ref)
        ref = Rater.objects.get(pk=raters[1].pk).letters[-1]
        assert Email.objects.filter(ref=ref, kind=kind).update(state="failed", trouble="no_such_address") == 1
        return raters[1]


def test_the_mentee_alone_is_told_that_an_email_did_not_arrive_and_writes_the_address_again(
    world: World, mentorship: Mentorship, url: str
) -> None:
    rater = lost(world, mentorship)
    with inside(mentorship):
        name, old = rater.name, "/rate/" + rater_link(rater).split("/rate/")[1]
        mentee, door = browser_of(world.bea), f"{url}{rater.review.ref}/"
    assert f"The email to {name} did not arrive" in mentee.get(door).content.decode()
    for person in (world.carys, world.piotr, world.olu, world.maya.person):
        client = Client()
        client.force_login(person)
        assert name not in client.get("/queue/").content.decode() + client.get("/me/").content.decode()
        assert client.get(door).status_code == client.post(door, {"do": "again", "rater": rater.ref}).status_code == 404
    wrong = mentee.post(door, {"do": "again", "rater": rater.ref, "email": "nothing"}, follow=True).content.decode()
    assert "Write an email address" in wrong
    taken = {"do": "again", "rater": rater.ref, "email": "rater2@example.org"}
    assert "on the list already" in mentee.post(door, taken, follow=True).content.decode()
    name_of_waiting = name_and_page(mentee, door)
    sent = {"do": "again", "rater": rater.ref, "email": "right@example.org"}
    page = mentee.post(door, sent, follow=True).content.decode()
    assert "They are asked by email now." in page
    assert "did not arrive" not in page
    assert "0 of 4 answered" in page
    assert name_of_waiting in page
    assert not Email.objects.filter(to="waiting@example.org").exists()
    assert Email.objects.filter(kind="ask_rater", to="right@example.org").count() == 1
    assert not Email.objects.filter(to="rater1@example.org").exists()
    assert Client().get(old).status_code == 404
    assert Client().post(f"{old}1/", {"version": "1"}).status_code == 404


def name_and_page(client: Client, door: str) -> str:
    """Name somebody who is not asked yet, and return what they are called."""
    client.post(door, {"do": "name", "name": "Wai Ting", "email": "waiting@example.org", "group": "led"})
    return "Wai Ting"


def test_that_a_reminder_did_not_arrive_is_told_to_nobody(world: World, mentorship: Mentorship, url: str) -> None:
    """Only who has not answered is reminded: it would tell who."""
    rater = lost(world, mentorship, "remind_rater")
    door = f"{url}{rater.review.ref}/"
    bea = browser_of(world.bea)
    assert "did not arrive" not in bea.get(door).content.decode()
    sent = {"do": "again", "rater": rater.ref, "email": "right@example.org"}
    assert "is on its way, or has arrived" in bea.post(door, sent, follow=True).content.decode()
    assert not Email.objects.filter(to="right@example.org").exists()


def test_whether_somebody_answered_after_all_cannot_be_told_from_it(
    world: World, mentorship: Mentorship, url: str
) -> None:
    """An email may be given up and have arrived; what the page says of it stays the same once they answered."""
    rater = lost(world, mentorship)
    with inside(mentorship):
        door = f"{url}{rater.review.ref}/"
        before = browser_of(world.bea).get(door).content.decode()
        answer(rater, everything(2, keep=SECRET))
    after = browser_of(world.bea).get(door).content.decode()
    assert without_tokens(before).replace("0 of 4 answered", "1 of 4 answered") == without_tokens(after)
    sent = {"do": "again", "rater": rater.ref, "email": "bea.again@example.org"}
    assert "1 of 4 answered" in browser_of(world.bea).post(door, sent, follow=True).content.decode()
    letter = Email.objects.get(to="bea.again@example.org")
    again = re.findall(r"https?://[^/]+(/rate/\S+)", letter.body.text)[0]
    assert SECRET not in Client().get(again).content.decode()
    assert SECRET not in Client().get(f"{again}{WORDS_PAGE}/").content.decode()


def test_nobody_else_sees_any_of_it(world: World, mentorship: Mentorship, url: str) -> None:
    review = closed(world, mentorship)
    pair(world.nia, world.dai)
    for person in (world.carys, world.piotr, world.olu, world.stella, world.dai.person):
        client = Client()
        client.force_login(person)
        for page in ("", f"{review.ref}/", f"{review.ref}/review.pdf", f"{review.ref}/close/"):
            assert client.get(url + page).status_code == client.post(url + page).status_code == 404
        assert SECRET not in client.get("/queue/").content.decode()
    assert Client().get(url).status_code == 302


def test_it_takes_no_more_queries_with_three_than_with_one(world: World, mentorship: Mentorship, url: str) -> None:
    bea, story = browser_of(world.bea), f"/mentorships/{mentorship.ref}/"
    closed(world, mentorship)
    few = queries_of(bea, url), queries_of(bea, story)
    closed(world, mentorship)
    closed(world, mentorship)
    assert (queries_of(bea, url), queries_of(bea, story)) == few
