"""Every letter there is, written for people of all kinds of names, with and without what may be left out.

Which letters there are is read from the code: every function in ``journeys/*emails.py`` that is given a moment. It is
called with what it asks for, found by the kinds and names of its parameters.
"""

import inspect
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import pytest

import alongside.journeys
from alongside.agreements.models import Agreement
from alongside.applications import applying
from alongside.applications.applying import Referee
from alongside.applications.models import Application, Reference
from alongside.assessments.models import Assessment
from alongside.assessments.states import Due as Moment
from alongside.blueprints.sections import LetterKind
from alongside.concerns.models import Concern
from alongside.directory.actions import claim_listing
from alongside.directory.joining_links import Claiming, Joining
from alongside.directory.models import Claim, Listing
from alongside.enquiries.models import Enquiry
from alongside.evaluation.actions import ask_pulse, plan_follow_ups
from alongside.evaluation.models import FollowUp, Pulse
from alongside.exercises.models import Exercise
from alongside.groups.models import Ask as GroupAsk
from alongside.groups.models import Group, Place
from alongside.journeys import apply as journey
from alongside.kernel import scope
from alongside.matching.models import Offer, Request
from alongside.meetings.models import Meeting, Option
from alongside.mentors.actions import invite, let_be_found, write_profile
from alongside.mentors.begin_links import Beginning as Becoming
from alongside.mentors.models import Invitation
from alongside.mentorships.models import Member
from alongside.mentorships.states import Ending
from alongside.messaging.models import Message
from alongside.notifications.models import Email
from alongside.organisations.models import Network
from alongside.people.models import Person
from alongside.placing.actions import accept_ask, note_placed
from alongside.placing.models import Ask as Question
from alongside.placing.models import Call, Placement, Volunteer
from alongside.plans.models import Action
from alongside.programmes.models import Cohort, Participant, Programme
from alongside.reviews.models import AllRoundReview, Rater
from alongside.stories.actions import propose_words
from alongside.stories.models import Story
from alongside.surveys.models import Response
from alongside.web.coordinator.email_words import EMAILS
from tests import placed
from tests.applied import let_apply
from tests.asked import offer, request_to
from tests.assessed import begun
from tests.enquired import confirmed
from tests.filled import filled
from tests.listed import list_organisation
from tests.reported import named_lead, raised
from tests.shown import NASTY, faults_in, plain, read
from tests.told import told
from tests.world import NOW, World, set_rules

JOURNEYS = Path(alongside.journeys.__file__).parent
FILES = sorted(file.stem for file in JOURNEYS.glob("*emails.py"))
NAMES = {
    "of one word": ["Bo", "Ó", "Wu", "Gwenllïan"],
    "of many signs": [f"Siân {NASTY} ap Llŷr", f"{NASTY} Öz", f"O’Neill-D'Arcy {NASTY}", f"“Q” {NASTY}"],
    "from right to left": ["مريم الكاتبة", "נועה לוי", "فرح فاروق", "יעל כהן"],
    "very long": [f"{first} {'Llanfairpwllgwyngyll ' * 8}".strip() for first in ("Ann", "Ben", "Cat", "Dan")],
}
SPEECH: dict[str, dict[str, Any]] = {
    "our words": {},
    "words of its own": {
        "words": {
            "mentor": "buddy",
            "mentors": "buddies",
            "mentee": "new member",
            "mentees": "new members",
            "mentorship": "first year",
            "mentorships": "first years",
        }
    },
    "German": {"language": "de", "words": {"mentor": "Lotsin", "mentors": "Lotsinnen"}},
    "of peers": {
        "shape": {"of": "peers", "members": 3},
        "applications": {"mentor": False, "mentee": {"form": "mentee-application"}},
    },
}
ALIKE = {"Alongside", "Or copy this address into your browser", "Choose which emails you get"}
"""What stands in one of the two forms alone: the mark on the paper, and what leads to an address."""


def letters() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every function that writes a letter, by its file and name."""
    for file in FILES:
        module = import_module(f"alongside.journeys.{file}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            there = inspect.unwrap(function).__module__ == module.__name__
            if there and not name.startswith("_") and name != "send" and "at" in inspect.signature(function).parameters:
                yield f"{file}.{name}", function


NO_LETTERS = ("meeting_emails.invite",)
"""What is given a moment and writes none: the invitation that goes with letters."""
LETTERS = {name: function for name, function in letters() if name not in NO_LETTERS}
NOT_OF_PEERS = ("emails.introduce",)
"""What peers never get: who put them together introduces them by another letter."""


def kinds_in_code() -> set[str]:
    """Every kind of letter that the code names where it sends one."""
    found = set()
    for file in FILES:
        code = (JOURNEYS / f"{file}.py").read_text(encoding="utf-8")
        found |= set(
            re.findall(
                r'\b_?(?:send|write|to_\w+|ask_referee|write_about)\(\s*(?:\w+,\s*)?"(\w+)"',
                code,
            )
        )
    return found


class Cast:
    """One of everything that letters are about; each is found by its kind."""

    def __init__(self, world: World, names: list[str], *, whole: bool) -> None:
        self.world, self.whole = world, whole
        called(world, names, whole=whole)
        self.lead = named_lead(world) if whole else world.carys
        of_peers = world.cohort.rules.shape.of == "peers"
        self.mentorship = filled(world, world.farah if of_peers else world.maya).mentorship
        self.found: dict[Any, list[Any]] = {
            **self._of_applying(),
            **self._of_matching(),
            **self._of_placing(),
            Enquiry: self._of_enquiries(),
            **self._of_the_directory(),
            **self._of_mentors(),
            Concern: [raised(world, named=whole)],
            Assessment: [self._assessed()],
            Moment: [Moment.RUNS_OUT, Moment.DECLARE],
            Cohort: [world.cohort],
            Programme: [world.programme],
            Ending: [Ending.NOT_THE_FIT, Ending.OBJECTIVES_MET],
        }
        with self.scope():
            self.found |= self._inside()

    def _assessed(self) -> Assessment:
        """One with everything that letters say of it: sent back, decided with conditions, appealed."""
        assessed = begun(self.world).decided(training=1).again()
        said = NASTY if self.whole else ""
        for field in ("sent_back", "words", "plan", "appeal", "appeal_words"):
            setattr(assessed, field, said)
        assessed.declare_by = assessed.holds_until
        return assessed

    def scope(self) -> Any:
        concerns = list(Concern.unscoped.values_list("pk", flat=True))
        return scope.within(
            scope.Scope(everything=True, mentorships=frozenset([self.mentorship.pk]), concerns=frozenset(concerns))
        )

    def _of_applying(self) -> dict[Any, list[Any]]:
        references = {"steps": [{"id": "two", "title": "References", "kind": "references"}]} if self.whole else {}
        let_apply(self.world, **references)
        application = journey.begin(self.world.cohort, self.world.dai.person, "mentee", at=NOW)
        applying.save_answers(application, {"name": "Dai"}, version=application.version, at=NOW)
        applying.name_referees(application, [Referee(NASTY if self.whole else "Rae", "rae@example.org")], at=NOW)
        rows = Application.objects.select_related(
            "person", "cohort__programme__organisation", "programme__organisation"
        )
        sent = rows.get(pk=application.pk)
        sent.due_at = NOW + timedelta(days=14)
        return {Application: [sent], Reference: list(Reference.objects.all())}

    def _of_matching(self) -> dict[Any, list[Any]]:
        made = offer(self.world.dai, self.world.marcus, *([self.world.nia] if self.whole else []))
        request = request_to(made, self.world.marcus)
        request.due_at = NOW + timedelta(days=5)  # letters about one that was asked
        owned = {"organisation": self.world.harbour, "programme": self.world.programme}
        about = {**owned, "cohort": self.world.cohort, "made_at": NOW, "state": "asking"}
        group = Group.objects.create(name=NASTY if self.whole else "Cabinet", **about)
        asked = {"asked_at": NOW, "due_at": NOW + timedelta(days=5), "state": "asked"}
        asks = [GroupAsk(**owned, **asked, group=group, participant=each) for each in (self.world.nia, self.world.dai)]
        for ask in GroupAsk.objects.bulk_create(asks):
            Place.objects.create(**owned, group=group, participant=ask.participant)
        rows = GroupAsk.objects.select_related("group__cohort__programme__organisation", "participant__person")
        return {
            Offer: [made],
            Request: [request],
            Group: [group],
            GroupAsk: list(rows.order_by("pk")),
        }

    def _of_placing(self) -> dict[Any, list[Any]]:
        school = placed.school(self.world)
        volunteer = placed.trained(school, topics=[["Pricing", 1.0]])
        told = {"topics": [[NASTY, 1.0], ["Pricing", 1.0]], "words": NASTY, "place": "Swansea", "remote": True}
        call = placed.called(
            school, **(told if self.whole else {"topics": [], "words": "", "place": "", "remote": True})
        )
        with scope.everywhere("a test asks a volunteer"):
            Volunteer.objects.update(last_asked_at=None)
            (ask,) = placed.asked(school, call)
            accept_ask(ask, by=ask.volunteer.participant.person, at=NOW)
            placement = note_placed(ask, self.world.nia, at=NOW)
            if not self.whole:
                Participant.objects.update(key_contact=None)
        return {
            Call: [call], Question: [placed.again(ask)], Volunteer: [placed.fresh(volunteer)], Placement: [placement]
        }  # fmt: skip

    def _of_the_directory(self) -> dict[Any, list[Any]]:
        listing = list_organisation(self.world)
        name, words = (NASTY, NASTY) if self.whole else ("Ana", "")
        told = {"name": name, "email": "ana@example.org"}
        return {
            Listing: [listing],
            Network: [self.world.network],
            Story: [self._told()],
            Joining: [Joining(self.world.network.ref, NASTY if self.whole else "Kettle", **told)],
            Claiming: [Claiming(listing.ref, **told, words=words)],
            Claim: [claim_listing(listing, **told, words=words, at=NOW)],
        }

    def _told(self) -> Story:
        """One of which other words were proposed."""
        story = told(self.world, teller=self.world.bea.person)
        propose_words(story, NASTY if self.whole else "Good.", by=self.world.carys, at=NOW)
        return story

    def _of_mentors(self) -> dict[Any, list[Any]]:
        words = NASTY if self.whole else "Would you?"
        profile = write_profile(self.world.nia.person, self.world.network, {}, at=NOW)
        let_be_found(profile, agreed=True, at=NOW)
        invitation = invite(profile, self.world.harbour, words, by=self.world.carys, at=NOW)
        name = NASTY if self.whole else "Ana"
        return {Invitation: [invitation], Becoming: [Becoming(self.world.network.ref, name, "ana@example.org")]}

    def _of_enquiries(self) -> list[Enquiry]:
        """One that an organisation holds, and one that came to the network."""
        said = {"name": self.world.bea.person.name, "words": NASTY if self.whole else "Help", "may_pass_on": self.whole}
        return [confirmed(self.world, self.world.harbour, **said), confirmed(self.world, None, **said)]

    def _inside(self) -> dict[Any, list[Any]]:
        rows = Member.objects.filter(mentorship=self.mentorship).select_related(
            "participant__person", "participant__key_contact", "participant__cohort",
            "mentorship__cohort__programme__organisation", "mentorship__programme__organisation",
        )  # fmt: skip
        members = list(rows.order_by("pk"))
        pulse = ask_pulse(members[0], due_on=NOW.date(), at=NOW)
        plan_follow_ups(self.mentorship, members, ended_at=NOW)
        here = (Agreement, Exercise, Meeting, Message, Action, AllRoundReview, Rater, Response, FollowUp)
        found = {kind: [kind.objects.filter(mentorship=self.mentorship).order_by("pk")[0]] for kind in here}
        found[Meeting][0].starts_at = NOW + timedelta(days=7)  # letters about one that is booked, or was
        found[Action][0].by_when = NOW.date()  # nobody is reminded of what has no day
        options = list(Option.objects.filter(meeting__mentorship=self.mentorship))
        return {**found, Member: members, Pulse: [pulse], Option: options}

    def given(self, name: str, kind: Any, turn: int) -> Any:
        """Return what a function is to be given for one of its parameters, the first time and the second."""
        if kind in self.found:
            among = self.found[kind]
            return among[(turn + (name not in ("member", "author", "to"))) % 2 if kind is Member else turn % len(among)]
        if get_origin(kind) is not None and (inner := get_args(kind)[0]) in self.found:
            return (
                self.found[inner]
                if get_origin(kind) is not type(None) and "Sequence" in str(kind)
                else (self.given(name, inner, turn))
            )
        if kind is Person or name == "reporter":
            return self.lead
        if kind is Participant:
            return self.world.marcus if turn else self.world.dai
        if kind is bool:
            return bool(turn)
        if kind is int:
            return 2 * turn
        return self._words(name, kind)

    def _words(self, name: str, kind: Any) -> Any:
        fixed = {
            "side": "mentee",
            "email": "someone@example.org",
            "address": "someone@example.org",
            "token": "a-token",
            "starts_at": NOW + timedelta(days=7),
            "reasons": ["The file is too large."],
            "files": [NASTY] if self.whole else [],
            "message": NASTY if self.whole else "",
        }
        return fixed[name] if name in fixed else {str: NASTY if self.whole else "Something"}[kind]


def called(world: World, names: list[str], *, whole: bool) -> None:
    """Give everybody other names, and what they and others may leave out, or none of it."""
    people = [world.bea, world.maya, world.dai, world.marcus]
    with scope.everywhere("a test gives people other names"):
        for participant, name in zip(people, names, strict=True):
            participant.person.name = name
            participant.person.save(update_fields=["name"])
        world.carys.name = f"Carys {NASTY}" if whole else "Carys"
        world.carys.save(update_fields=["name"])
        for owner in (world.programme, world.harbour):
            owner.name = f"{owner.name.removesuffix(' LEAK')} {NASTY}" if whole else "Steps"
            owner.save(update_fields=["name"])
        bare = {"shares": [], "topics": [], "about": "", "sector": "", "employer": "", "place": ""}
        told = {
            "job_title": NASTY, "employer": NASTY, "place": "Swansea", "about": NASTY, "topics": [[NASTY, 1.0]],
            "languages": ["en", "cy"], "availability": ["mon-am"],
        }  # fmt: skip
        for each in (*people, world.farah, world.nia):
            for field, value in (told if whole else bare).items():
                setattr(each, field, value)
            each.save()


def written(cast: Cast) -> dict[str, list[Email]]:
    """Write every letter, twice where it may be about another; return them by the function that wrote them."""
    found: dict[str, list[Email]] = {}
    of_peers = cast.mentorship.of_peers
    for name, function in LETTERS.items():
        if of_peers and name in NOT_OF_PEERS:
            continue
        hints, wanted = get_type_hints(inspect.unwrap(function)), inspect.signature(inspect.unwrap(function)).parameters
        last = max(Email.objects.values_list("pk", flat=True), default=0)
        for turn, ending in enumerate((Ending.NOT_THE_FIT, Ending.OBJECTIVES_MET)):
            for member in cast.found[Member]:
                member.mentorship.ending = ending
            given = {each: cast.given(each, hints[each], turn) for each in wanted if each != "at"}
            first = [
                given.pop(each) for each, about in wanted.items() if each in given and about.kind != about.KEYWORD_ONLY
            ]
            with cast.scope():
                function(*first, **given, at=NOW)
        found[name] = list(Email.objects.filter(pk__gt=last).order_by("pk"))
        assert found[name], f"{name} writes nothing"
    return found


def differences(email: Email, typed: list[str]) -> list[str]:
    """Return what only one of the two forms of a letter says."""
    html, links = read(email.body.html[email.body.html.index("<body") :])
    text, html = without(email.body.text, typed), without(html, typed)
    said, shown = plain(text), plain(html)
    lines = [plain(line).removesuffix(":") for line in text.splitlines() if line.strip(" -")]
    blocks = [plain(block).removesuffix(":") for block in html.splitlines()]
    missing = [f"only in the text: {line}" for line in lines if line not in shown and not _leads(line, links)]
    return missing + [f"only in the page: {block}" for block in blocks if not _in_parts(block, said)]


def without(words: str, typed: list[str]) -> str:
    """Return words in which what people typed is one sign that stands for it."""
    for each in sorted(typed, key=len, reverse=True):
        words = words.replace(each, "…")
    return words


def _leads(line: str, links: list[str]) -> bool:
    """Tell whether a line of text is an address that the page leads to, maybe with the words that lead there."""
    return any(link.removeprefix("mailto:") in line for link in links)


def _in_parts(block: str, said: str) -> bool:
    """Tell whether a block is several lines of the text, one after the other."""
    return all(part.strip() in said for part in re.split(r"(?<=[.:?]) |, ", block) if part.strip(" .") not in ALIKE)


CASES = [(names, speech) for names in NAMES for speech in SPEECH]
QUICK = [("of one word", "our words"), ("of many signs", "words of its own")]


SLOW = [pytest.mark.slow, pytest.mark.words]


@pytest.mark.parametrize(
    ("names", "speech"), [pytest.param(*case, marks=[] if case in QUICK else SLOW) for case in CASES]
)
def test_every_letter_is_whole_for_everybody(world: World, names: str, speech: str) -> None:
    whole = names != "of one word"
    told = f"Said by the programme {NASTY}, 100 %."
    kinds = get_args(LetterKind)
    set_rules(world, **SPEECH[speech], letters=dict.fromkeys(kinds, told) if whole else {})
    cast = Cast(world, NAMES[names], whole=whole)
    typed = [each for name in (*NAMES[names], NASTY) for each in (name, name.split()[0]) if len(each) > 3]
    wrong = []
    for name, emails in written(cast).items():
        for email in emails:
            said = {"subject": email.subject, "text": email.body.text, "html": read(email.body.html)[0]}
            faults = [f"{form}: {each}" for form, words in said.items() for each in faults_in(words, typed)]
            faults += [f"leads nowhere: {each}" for each in read(email.body.html)[1] if not ABSOLUTE.match(each)]
            faults += differences(email, typed)
            if whole and email.kind in kinds:
                faults += [f"{form} leaves out what is added" for form in ("text", "html") if told not in said[form]]
            if speech == "words of its own" and not name.startswith(OURS):  # of no programme, or of one with our words
                faults += [f"our word: {hit[0]}" for hit in OUR_WORDS.finditer(bare(said["text"], typed, email))]
            wrong += [f"{name} ({email.kind}): {fault}" for fault in faults]
    assert not wrong, "\n".join(dict.fromkeys(wrong))


ABSOLUTE = re.compile(r"^(https?://[^/\s]+/|mailto:[^@\s]+@)")
OURS = ("placing_emails", "become_mentor_emails")
OUR_WORDS = re.compile(r"\b(mentors?|mentees?|mentorships?)\b", re.IGNORECASE)


def bare(words: str, typed: list[str], email: Email) -> str:
    """Return words without what people typed, and without addresses."""
    for each in typed:
        words = words.replace(each, "")
    return re.sub(r"\S+(://|@)\S+", "", words)


def test_every_kind_of_letter_is_among_them(world: World) -> None:
    cast = Cast(world, NAMES["of one word"], whole=True)
    sent = {email.kind for emails in written(cast).values() for email in emails}
    assert kinds_in_code() <= sent
    assert set(EMAILS) <= sent
    assert set(get_args(LetterKind)) <= sent


def test_what_is_no_letter_is_there() -> None:
    assert set(NO_LETTERS) <= {name for name, _ in letters()}
