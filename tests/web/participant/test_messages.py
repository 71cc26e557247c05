import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from alongside.mentorships.actions import end_mentorship
from alongside.mentorships.models import Mentorship
from alongside.mentorships.states import Ending, MentorshipState
from alongside.messaging import actions
from alongside.messaging.actions import Upload
from alongside.messaging.models import Attachment, Message
from tests.asked import emails_to, last_email_to
from tests.files import PDF
from tests.paired import SECRET, browser_of, inside, member_in, pair
from tests.queries import queries_of
from tests.world import NOW, World

FILE = Upload(f"{SECRET}.pdf", PDF)


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def mentorship(world: World) -> Mentorship:
    return pair(world.maya, world.bea, stage=MentorshipState.ACTIVE)


@pytest.fixture
def url(mentorship: Mentorship) -> str:
    return f"/mentorships/{mentorship.ref}/messages/"


def page_of(client: Client, url: str, **sought: str) -> str:
    return client.get(url, sought).content.decode()


class TestTheThread:
    def test_what_is_written_stands_last_under_its_day_and_goes_out_by_email(self, world: World, url: str) -> None:
        browser_of(world.bea).post(url, {"text": "First words"})
        browser_of(world.maya).post(url, {"text": SECRET})
        page = page_of(browser_of(world.bea), url)
        assert "Monday 9 March" in page
        assert page.index("First words") < page.index(SECRET)
        assert "you and Maya Mentor" in page
        assert SECRET in last_email_to(world.bea).body.text
        assert emails_to(world.maya)[-1] == "tell_of_message"

    def test_to_show_it_is_to_have_it_read_and_its_author_sees_that_quietly(self, world: World, url: str) -> None:
        maya, bea = browser_of(world.maya), browser_of(world.bea)
        maya.post(url, {"text": "Hello"})
        assert "Read by" not in page_of(maya, url)
        bea.get(url, headers={"sec-purpose": "prefetch"})
        assert "Read by" not in page_of(maya, url)
        assert '<span class="count">1</span>' in page_of(bea, url.replace("messages/", "plan/"))
        bea.get(url)
        assert "Read by Bea Baker" in page_of(maya, url)
        assert "Read by" not in page_of(bea, url)
        assert 'class="count"' not in page_of(bea, url.replace("messages/", "plan/"))

    def test_what_is_unread_is_the_next_step_on_home_and_in_the_story_until_it_is_read(
        self, world: World, mentorship: Mentorship, url: str
    ) -> None:
        browser_of(world.maya).post(url, {"text": SECRET})
        bea, story = browser_of(world.bea), f"/mentorships/{mentorship.ref}/"
        for place in ("/me/", story):
            page = page_of(bea, place)
            assert "Maya Mentor wrote to you" in page
            assert "One message you have not read." in page
            assert SECRET not in page
        bea.get(url)
        assert "wrote to you" not in page_of(bea, "/me/") + page_of(bea, story)

    def test_links_are_made_and_nothing_else_is(self, world: World, url: str) -> None:
        client = browser_of(world.bea)
        text = 'See https://www.gov.uk/start <script>alert(1)</script> javascript:alert(2)\n\nand "onmouseover=x'
        client.post(url, {"text": text})
        page = page_of(client, url)
        assert '<a href="https://www.gov.uk/start" rel="nofollow">' in page
        assert "<script>alert" not in page
        assert 'href="javascript' not in page
        assert "&quot;onmouseover" in page

    def test_an_empty_one_is_not_sent_and_a_bad_file_leaves_the_words_standing(self, world: World, url: str) -> None:
        client = browser_of(world.bea)
        assert "Write something, or add a file." in client.post(url, {"text": " "}).content.decode()
        exe = SimpleUploadedFile("plan.pdf", b"MZ\0\0")
        page = client.post(url, {"text": SECRET, "attached": exe}).content.decode()
        assert "plan.pdf: This is not a kind of file we take" in page
        assert f"{SECRET}</textarea>" in page
        six = [SimpleUploadedFile(f"{n}.pdf", PDF) for n in range(6)]
        assert "Five files go with one message" in client.post(url, {"text": "x", "attached": six}).content.decode()
        large = SimpleUploadedFile("big.pdf", PDF + b"\0" * actions.LARGEST)
        assert "larger than 10 MB" in client.post(url, {"text": "x", "attached": large}).content.decode()
        assert not Message.unscoped.exists()

    def test_files_go_with_it_and_come_back_as_they_were_with_safe_headers(self, world: World, url: str) -> None:
        sent = {"text": "", "attached": [SimpleUploadedFile('Plän "x".pdf', PDF), SimpleUploadedFile("b.txt", b"b")]}
        assert browser_of(world.maya).post(url, sent).status_code == 302
        bea = browser_of(world.bea)
        assert "Plän" in page_of(bea, url)
        answer = bea.get(f"{url}files/{Attachment.unscoped.order_by('pk')[0].ref}/")
        assert answer.content == PDF
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"] == "attachment; filename*=utf-8''Pl%C3%A4n%20%22x%22.pdf"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"].startswith("sandbox")
        assert answer["Cache-Control"] == "private, no-store"

    def test_earlier_ones_are_a_step_away(self, world: World, mentorship: Mentorship, url: str) -> None:
        with inside(mentorship):
            for number in range(53):
                actions.write_message(by=member_in(mentorship, world.bea), text=f"Number {number}.", at=NOW)
        client = browser_of(world.maya)
        page = page_of(client, url)
        assert "Show 3 earlier messages" in page
        assert "Number 2." not in page
        assert "Number 2." in page_of(client, url, all="1")

    def test_after_the_end_it_is_read_and_not_added_to(self, world: World, mentorship: Mentorship, url: str) -> None:
        client = browser_of(world.bea)
        client.post(url, {"text": "Goodbye"})
        end_mentorship(mentorship, ending=Ending.OBJECTIVES_MET, by=None, at=NOW)
        page = page_of(client, url)
        assert "Goodbye" in page
        assert "<textarea" not in page
        assert "has ended" in client.post(url, {"text": "One more"}).content.decode()
        assert Message.unscoped.count() == 1


class TestWritingToAllOfTheirs:
    def test_a_mentor_ticks_it_and_each_gets_a_message_of_their_own(self, world: World, url: str) -> None:
        other = pair(world.maya, world.dai)
        maya = browser_of(world.maya)
        assert "Also to my other mentees: Dai Davies" in page_of(maya, url)
        assert "Also to my other" not in page_of(browser_of(world.bea), url)
        maya.post(url, {"text": SECRET, "also": "on"})
        for mentee, name, ref in ((world.bea, "Dai", url), (world.dai, "Bea", f"/mentorships/{other.ref}/messages/")):
            page = page_of(browser_of(mentee), ref)
            assert SECRET in page
            assert name not in page
        assert Message.unscoped.count() == 2

    def test_one_that_ended_or_is_of_another_programme_gets_none(self, world: World, url: str) -> None:
        ended = pair(world.maya, world.dai)
        end_mentorship(ended, ending=Ending.OBJECTIVES_MET, by=None, at=NOW)
        maya = browser_of(world.maya)
        assert "Also to my other" not in page_of(maya, url)
        maya.post(url, {"text": SECRET, "also": "on"})
        assert emails_to(world.dai) == []


class TestDeleting:
    def test_an_author_deletes_their_own_for_good_after_asking(self, world: World, url: str) -> None:
        maya, bea = browser_of(world.maya), browser_of(world.bea)
        bea.post(url, {"text": SECRET, "attached": SimpleUploadedFile(f"{SECRET}.pdf", PDF)})
        file = f"{url}files/{Attachment.unscoped.get().ref}/"
        door = f"{url}{Message.unscoped.get().ref}/delete/"
        assert maya.get(door).status_code == maya.post(door).status_code == 404
        assert "gone for good" in page_of(bea, door)
        assert SECRET in page_of(maya, url)
        bea.post(door)
        for client in (maya, bea):
            page = page_of(client, url)
            assert "Deleted by Bea" in page
            assert SECRET not in page + page_of(client, f"{url}download/") + page_of(client, f"{url}download.json")
            assert client.get(file).status_code == 404
        assert bea.post(door).status_code == 404


class TestFindingAndTakingAway:
    def test_finding_looks_at_messages_documents_and_links(self, world: World, mentorship: Mentorship) -> None:
        with inside(mentorship):
            bea = member_in(mentorship, world.bea)
            actions.write_message(by=bea, text="The price of BREAD", at=NOW)
            actions.write_message(by=bea, text="Something else", at=NOW)
            actions.add_document(Upload("Bread and butter.pdf", PDF), by=bea, for_all=True, at=NOW)
            actions.add_link(by=bea, title="On breadmaking", url="https://example.org", for_all=True, at=NOW)
        client, door = browser_of(world.maya), f"/mentorships/{mentorship.ref}/search/"
        page = page_of(client, door, q="bread")
        assert all(words in page for words in ("price of BREAD", "Bread and butter", "On breadmaking"))
        assert "Something else" not in page
        assert "Nothing here says “&lt;b&gt;”" in page_of(client, door, q="<b>")
        assert client.get(door).status_code == 200

    def test_it_is_taken_away_as_text_and_as_json_with_times(self, world: World, url: str) -> None:
        bea = browser_of(world.bea)
        bea.post(url, {"text": SECRET, "attached": SimpleUploadedFile("plan.pdf", PDF)})
        text = bea.get(f"{url}download/")
        assert text["Content-Disposition"] == 'attachment; filename="messages.txt"'
        assert (
            f"9 March 2026, 09:00, Bea Baker (can be read by you and Maya Mentor)\n\n{SECRET}" in text.content.decode()
        )
        assert "[File: plan.pdf]" in text.content.decode()
        (message,) = json.loads(bea.get(f"{url}download.json").content)["messages"]
        assert (message["written_at"], message["text"], message["files"]) == (NOW.isoformat(), SECRET, ["plan.pdf"])


class TestWhoReadsIt:
    def test_nobody_else_reads_or_writes_any_of_it(self, world: World, mentorship: Mentorship, url: str) -> None:
        with inside(mentorship):
            message = actions.write_message(by=member_in(mentorship, world.bea), text=SECRET, uploads=[FILE], at=NOW)
            file = message.attachments.get().ref
        pair(world.nia, world.dai)
        doors = [url, f"{url}download/", f"{url}download.json", f"{url}files/{file}/", f"{url}{message.ref}/delete/"]
        doors.append(f"/mentorships/{mentorship.ref}/search/?q=SECRET")
        for person in (world.carys, world.piotr, world.olu, world.stella, world.dai.person, world.nia.person):
            client = Client()
            client.force_login(person)
            for door in doors:
                assert client.get(door).status_code == client.post(door, {"text": "x"}).status_code == 404, door
        for door in doors:
            assert Client().get(door).status_code == Client().post(door, {"text": "x"}).status_code == 302
        assert Message.unscoped.count() == 1

    def test_what_is_for_two_is_unseen_by_the_third_everywhere(self, world: World) -> None:
        group = pair(world.maya, world.marcus, world.bea)
        url = f"/mentorships/{group.ref}/messages/"
        with inside(group):
            bea = str(member_in(group, world.bea).pk)
        maya, marcus = browser_of(world.maya), browser_of(world.marcus)
        assert "Tick at least one." in maya.post(url, {"text": SECRET, "readers": "some"}).content.decode()
        file = SimpleUploadedFile(f"{SECRET}.pdf", PDF)
        maya.post(url, {"text": SECRET, "readers": "some", "some": bea, "attached": file})
        row, message = Attachment.unscoped.get(), Message.unscoped.get()
        assert "you and Maya Mentor" in page_of(browser_of(world.bea), url)
        assert SECRET in page_of(browser_of(world.bea), url)
        search = f"/mentorships/{group.ref}/search/"
        for seen in (
            page_of(marcus, url), page_of(marcus, f"{url}download/"), page_of(marcus, f"{url}download.json"),
            page_of(marcus, search, q="between"), page_of(marcus, f"/mentorships/{group.ref}/"),
            page_of(marcus, "/me/"),
        ):  # fmt: skip
            assert SECRET not in seen
            assert message.ref not in seen
            assert "wrote to you" not in seen
        assert marcus.get(f"{url}files/{row.ref}/").status_code == 404
        assert emails_to(world.marcus) == []

    def test_somebody_of_another_mentorship_cannot_be_chosen(self, world: World) -> None:
        group = pair(world.maya, world.marcus, world.bea)
        other = pair(world.nia, world.dai)
        with inside(other):
            dai = str(member_in(other, world.dai).pk)
        url = f"/mentorships/{group.ref}/messages/"
        page = browser_of(world.maya).post(url, {"text": SECRET, "readers": "some", "some": dai}).content.decode()
        assert "Select a valid choice" in page
        assert not Message.unscoped.exists()


def test_they_take_no_more_queries_with_three_than_with_one(world: World, mentorship: Mentorship, url: str) -> None:
    bea, maya = browser_of(world.bea), browser_of(world.maya)
    search, three = f"/mentorships/{mentorship.ref}/search/?q=x", []
    for number in range(3):
        for client in (bea, maya):
            sent = {"text": f"x {number}", "attached": SimpleUploadedFile(f"x{number}.pdf", PDF)}
            client.post(url, sent)
        bea.get(url)
        doors = [url, f"{url}download/", f"{url}download.json", search]
        three.append([queries_of(maya, door) for door in doors])
    assert three[0] == three[2]


def test_home_takes_no_more_queries_with_three_mentorships_that_wrote_than_with_one(world: World) -> None:
    counts = []
    for mentee in (world.bea, world.dai, world.farah):
        made = pair(world.nia, mentee)
        with inside(made):
            actions.write_message(by=member_in(made, mentee), text=SECRET, at=NOW)
        counts.append(queries_of(browser_of(world.nia), "/me/"))
    assert counts[0] == counts[2]
