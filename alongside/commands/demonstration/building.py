"""Build the demonstration network: two organisations' programmes, with a year behind them.

**WeMentor** is run by four partners over the four nations: 39 mentors, 81 mentees, 72 of them in mentorships at various
stages; of the nine others some are choosing, some wait for their mentor, some for an induction. Its second cohort is
gathered and not yet matched; some people apply to it. **First Year in Office** belongs to another organisation.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from alongside.blueprints.library import blueprint_of
from alongside.commands.demonstration.applying import RULES as APPLICATIONS
from alongside.commands.demonstration.applying import let_people_apply
from alongside.commands.demonstration.directory import fill_directory, list_programme
from alongside.commands.demonstration.figures import fill_figures
from alongside.commands.demonstration.inside import answer_surveys, say_how_it_goes, write_inside
from alongside.commands.demonstration.inventing import Invented, Inventor
from alongside.commands.demonstration.shapes import founders_in_pairs, new_councillors
from alongside.journeys import answer_request, choose_mentors, offer_mentors
from alongside.journeys.measure_listings import measure_listing
from alongside.journeys.pool import pool_of
from alongside.journeys.start_from_blueprint import start_from_blueprint
from alongside.kernel import clock, scope
from alongside.matching import board
from alongside.matching.actions import lapse_offer
from alongside.matching.models import Matching, Offer, Version
from alongside.meetings.actions import log_meeting
from alongside.meetings.models import Meeting, Option
from alongside.meetings.states import MeetingState, Mode
from alongside.mentorships import actions as mentorships
from alongside.mentorships.clocks import months_after
from alongside.mentorships.models import Mentorship
from alongside.mentorships.states import WORKING, Ending
from alongside.notifications.models import Email
from alongside.notifications.states import EmailState
from alongside.organisations.actions import appoint_coordinator, appoint_steward, found_organisation
from alongside.organisations.models import Network, Organisation
from alongside.people.actions import find_or_create_people, find_or_create_person
from alongside.people.models import Person
from alongside.programmes import actions as programmes
from alongside.programmes.actions import Entry
from alongside.programmes.models import Cohort, Participant, Programme
from alongside.programmes.states import Side

SEED = 2012  # the year in which WeMentor began
CAPACITIES = [3, 2, 2, 2, 1, 3, 2, 2, 4, 2, 2, 2, 3]  # 30 places for 13 mentors, three times over: 90 for 39
PAIRS = 72
LISTED = {
    "WeMentor": {
        "summary": "A mentor for whoever starts or runs a small business, in all four nations.",
        "topics": ["starting", "finance", "customers", "sales", "people", "confidence"],
        "in_person": True,
        "online": True,
        "regions": [],
        "languages": ["en", "cy"],
    },
    "First Year in Office": {
        "summary": "An experienced councillor beside you in your first year.",
        "topics": ["confidence", "career", "balance", "people"],
        "in_person": True,
        "online": True,
        "regions": [],
        "languages": ["en"],
    },
}


def build_if_missing() -> None:
    """Build the demonstration unless something is there already."""
    if Network.objects.exists():
        return
    print("Building the demonstration network …", flush=True)
    with scope.everywhere("the demonstration spans organisations"), transaction.atomic():
        _build(clock.now())


def _build(now: datetime) -> None:
    inventor = Inventor(SEED)
    began = now - timedelta(days=400)
    network = Network.objects.create(name="Home Nations Mentoring Network")
    stella = _staff("Stella Rhys", began)
    appoint_steward(stella, network)
    _we_mentor(network, inventor, began, now)
    _first_year_in_office(network, inventor, began, now)
    _list_in_directory(network, stella, now)
    Email.objects.filter(queued_at__lt=now - timedelta(days=1)).update(state=EmailState.SENT)


def _staff(name: str, at: datetime) -> Person:
    return find_or_create_person(email=f"{name.lower().replace(' ', '.')}@example.org", name=name, at=at)


# WeMentor


def _list_in_directory(network: Network, stella: Person, now: datetime) -> None:
    """Show the programmes that run here in the directory, among the organisations that mentor elsewhere."""
    for name, said in LISTED.items():
        measure_listing(list_programme(Programme.objects.get(name=name), said, by=stella, now=now), at=now)
    fill_directory(network, stella, now=now)
    fill_figures(network, stella, now=now)


def _we_mentor(network: Network, inventor: Inventor, began: datetime, now: datetime) -> None:
    lead = found_organisation(network, name="Mersey Women in Business", region="North West")
    partners = [
        found_organisation(network, name="Graduate Founders Council", region="West Midlands"),
        found_organisation(network, name="Small Firms Alliance", region="Wales"),
        found_organisation(network, name="Tyne Women’s Network", region="North East"),
    ]
    carys = _staff("Carys Bennett", began)
    appoint_coordinator(carys, lead, at=began)
    contacts = [carys]
    for partner, name in zip(partners, ["Gordon Blake", "Lowri Pritchard", "Eve Thornton"], strict=True):
        contacts.append(_staff(name, began))
        appoint_coordinator(contacts[-1], partner, at=began)
    programme = start_from_blueprint(blueprint_of("wementor"), lead, name="WeMentor", by=carys, at=began)
    programmes.change_programme(programme, by=carys, at=began, safeguarding_lead=_staff("Ruth Ellis", began))
    rules = programme.rules.changed(
        {"applications": APPLICATIONS, "meetings": {"expected": 14}, "length": {"months": 16}}
    )
    programmes.change_rules(programme, rules, cohorts=[], by=carys, at=began)
    for partner in partners:
        programmes.add_partner(programme, partner, by=carys, at=began)
    _first_cohort(programme, inventor, contacts, [lead, *partners], began, now)
    _second_cohort(programme, inventor, contacts, [lead, *partners], now)
    founders_in_pairs(lead, carys, inventor, now)


def _first_cohort(
    programme: Programme,
    inventor: Inventor,
    contacts: Sequence[Person],
    organisations: Sequence[Organisation],
    began: datetime,
    now: datetime,
) -> None:
    cohort = programmes.open_cohort(programme, name="First cohort", starts_on=began.date(), by=contacts[0], at=began)
    _enter(
        cohort, Side.MENTOR, inventor.people(Side.MENTOR, 39, capacities=CAPACITIES * 3), contacts, organisations, began
    )
    _enter(cohort, Side.MENTEE, inventor.people(Side.MENTEE, 79), contacts, organisations, began)
    for participant in Participant.objects.filter(cohort=cohort).select_related("cohort", "person"):
        for gate in participant.gates_left:
            programmes.pass_gate(participant, gate.id, by=contacts[0], at=began + timedelta(days=9))
    _enter(cohort, Side.MENTEE, inventor.people(Side.MENTEE, 2), contacts, organisations, now - timedelta(days=4))
    _pair_up(cohort, contacts[0], began + timedelta(days=20))
    _live(cohort, began, now)
    _leave_some_undecided(cohort, contacts[0], now)


def _pair_up(cohort: Cohort, by: Person, at: datetime) -> None:
    """Match, offer, choose and accept, over three weeks, until 72 pairs are introduced."""
    matching = board.start_matching(cohort, pool_of(cohort), by=by, at=at)
    matched = {mentee: mentor for mentee, mentor, _score in _current(matching).pairs}
    offer_mentors.offer_board(_current(matching), pool_of(cohort), by=by, at=at)
    for number, offer in enumerate(Offer.objects.filter(cohort=cohort).order_by("pk")):
        moment = at + timedelta(days=number % 4, hours=number % 9)
        if number >= PAIRS:
            Offer.objects.filter(pk=offer.pk).delete()  # those are made again, later, as if for the first time
            continue
        wishes = sorted(offer.requests.all(), key=lambda row: row.mentor.ref != matched[offer.mentee.ref])
        choose_mentors.choose_mentors(offer, wishes, at=moment)
        for request in offer.requests.filter(state="asked"):
            answer_request.accept_request(request, at=moment + timedelta(days=1 + number % 3, hours=3))


def _current(matching: Matching) -> Version:
    if matching.current is None:
        raise RuntimeError("A matching that was just started has a version.")
    return matching.current


def _live(cohort: Cohort, began: datetime, now: datetime) -> None:
    """Let the mentorships meet, go on and end, each at its own pace; some have only just met, or been introduced."""
    for number, mentorship in enumerate(Mentorship.objects.filter(cohort=cohort).order_by("pk")):
        if number >= PAIRS - 10:
            _just_introduced(mentorship, now - timedelta(days=3 + 2 * (number % 10)))
            continue
        slept = number % 7 == 3
        if slept:
            _introduced_at(mentorship, now - timedelta(days=14))
        met = (
            now - timedelta(days=1 + number % 3) if slept else mentorship.introduced_at + timedelta(days=7 + number % 9)
        )
        mentorships.record_first_meeting(mentorship, by=None, at=met)
        _first_held(mentorship, met)
        if not slept:
            mentorships.go_on(mentorship, by=None, at=met + timedelta(days=3))
            if number % 13 != 1:
                until = months_after(mentorship.introduced_at, 16)
                mentorships.agree(mentorship, until=until, by=None, at=met + timedelta(days=30))
        if number % 4 == 0 and not slept:
            ended = min(met + timedelta(days=90 + 11 * (number % 20)), now - timedelta(days=1 + number % 20))
            mentorships.end_mentorship(mentorship, ending=Ending.OBJECTIVES_MET, by=None, at=ended)
        if not slept:
            _meet_monthly(mentorship, met, until=mentorship.ended_at or now, number=number)
        if mentorship.state in WORKING:
            say_how_it_goes(mentorship, now=now, number=number)
        answer_surveys(mentorship, now=now, number=number)
        if number % 9 == 1:
            write_inside(mentorship, met=met, now=now)


def _just_introduced(mentorship: Mentorship, at: datetime) -> None:
    _introduced_at(mentorship, at)


def _introduced_at(mentorship: Mentorship, at: datetime) -> None:
    mentorship.introduced_at, mentorship.first_meeting_at = at, at + timedelta(days=9)
    mentorship.save(update_fields=["introduced_at", "first_meeting_at"])
    Option.objects.filter(meeting__mentorship=mentorship).update(starts_at=mentorship.first_meeting_at)


def _first_held(mentorship: Mentorship, met: datetime) -> None:
    """Let the first meeting, which was proposed when they were introduced, have happened."""
    meetings = Meeting.objects.filter(mentorship=mentorship)
    meetings.update(state=MeetingState.HELD.value, starts_at=met, asked_at=met)
    Option.objects.filter(meeting__in=meetings).update(is_open=False)


def _meet_monthly(mentorship: Mentorship, met: datetime, *, until: datetime, number: int) -> None:
    """Let two meet about every month until now, or until their end; a few have not for some time."""
    by = mentorship.members.order_by("pk")[0]
    for month in range(1, 9 if number % 11 == 2 else 15):
        starts_at = met + timedelta(days=28 * month + number % 5)
        if starts_at > until - timedelta(days=1):
            break
        minutes, mode = 60 + 15 * (number % 5), list(Mode)[(number + month) % 3]
        log_meeting(mentorship, starts_at=starts_at, minutes=minutes, mode=mode, by=by, at=starts_at)
    Meeting.objects.filter(mentorship=mentorship).update(ask_at=None)


def _leave_some_undecided(cohort: Cohort, by: Person, now: datetime) -> None:
    """Offer mentors to the mentees who are left: some still choose, some wait for an answer, one wants others."""
    at = now - timedelta(days=2, hours=3)
    matching = board.start_matching(cohort, pool_of(cohort), by=by, at=at)
    version = board.change_board(matching, pool_of(cohort), lambda wanted: wanted, words="Matched again", by=by, at=at)
    offers = offer_mentors.offer_board(version, pool_of(cohort), by=by, at=at)
    for offer in offers[:2]:
        choose_mentors.choose_mentors(offer, list(offer.requests.order_by("position")), at=at + timedelta(hours=20))
    for offer in offers[2:3]:
        choose_mentors.choose_nobody(
            offer, reason="I would rather have somebody who still trades.", at=at + timedelta(days=1)
        )
    for offer in offers[3:4]:
        Offer.objects.filter(pk=offer.pk).update(due_at=now - timedelta(hours=5))
        lapse_offer(offer, at=now)


def _second_cohort(
    programme: Programme,
    inventor: Inventor,
    contacts: Sequence[Person],
    organisations: Sequence[Organisation],
    now: datetime,
) -> None:
    at = now - timedelta(days=12)
    cohort = programmes.open_cohort(
        programme, name="Second cohort", starts_on=date(now.year + 1, 1, 15), by=contacts[0], at=at
    )
    _enter(cohort, Side.MENTOR, inventor.people(Side.MENTOR, 13, capacities=CAPACITIES), contacts, organisations, at)
    _enter(cohort, Side.MENTEE, inventor.people(Side.MENTEE, 27), contacts, organisations, at)
    for participant in Participant.objects.filter(cohort=cohort).select_related("cohort", "person"):
        for gate in participant.gates_left:
            programmes.pass_gate(participant, gate.id, by=contacts[0], at=at + timedelta(days=8))
    let_people_apply(cohort, contacts[0], now=now)


# Another organisation


def _first_year_in_office(network: Network, inventor: Inventor, began: datetime, now: datetime) -> None:
    trust = found_organisation(network, name="Shire Leadership Trust", region="South West")
    owen = _staff("Owen Hartley", began)
    appoint_coordinator(owen, trust, at=began)
    programme = programmes.start_programme(
        trust, name="First Year in Office", by=owen, at=began, summary="An experienced colleague beside each new one."
    )
    at = now - timedelta(days=40)
    cohort = programmes.open_cohort(programme, name="This year", starts_on=at.date(), by=owen, at=at)
    _enter(cohort, Side.MENTOR, inventor.people(Side.MENTOR, 8), [owen], [trust], at)
    _enter(cohort, Side.MENTEE, inventor.people(Side.MENTEE, 10), [owen], [trust], at)
    matching = board.start_matching(cohort, pool_of(cohort), by=owen, at=at)
    for offer in offer_mentors.offer_board(_current(matching), pool_of(cohort), by=owen, at=at)[:6]:
        choose_mentors.choose_mentors(offer, list(offer.requests.order_by("position")), at=at + timedelta(days=1))
        for request in offer.requests.filter(state="asked"):
            answer_request.accept_request(request, at=at + timedelta(days=2))
    new_councillors(trust, owen, inventor, now)


def _enter(
    cohort: Cohort,
    side: Side,
    invented: Sequence[Invented],
    contacts: Sequence[Person],
    organisations: Sequence[Organisation],
    at: datetime,
) -> list[Participant]:
    people = find_or_create_people({one.email: one.name for one in invented}, at=at)
    entries = [
        Entry(
            people[one.email],
            side,
            {
                **one.details,
                "key_contact": contacts[number % len(contacts)],
                "brought_by": organisations[number % len(organisations)],
            },
        )
        for number, one in enumerate(invented)
    ]
    return programmes.enter_participants(cohort, entries, by=contacts[0], at=at)[0]
