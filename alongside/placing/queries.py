from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from alongside.applications.models import Application
from alongside.applications.states import ApplicationState
from alongside.organisations.models import Network
from alongside.people.models import Person
from alongside.placing.models import Ask, Brought, Call, Placement, Volunteer
from alongside.placing.states import CAME_TO_NOTHING, COUNTED, AskState, CallState
from alongside.placing.validity import ZONE, day_of
from alongside.programmes.models import Cohort, Participant, Programme, RuleBook
from alongside.programmes.queries import cohorts_run_by, run_by
from alongside.programmes.states import ParticipantState, Side


def volunteers_run_by(person: Person) -> QuerySet[Volunteer]:
    rows = Volunteer.objects.filter(programme__in=run_by(person))
    return rows.select_related("participant__person", "participant__cohort", "programme")


def calls_made_by(person: Person) -> QuerySet[Call]:
    """The calls of the programmes that ``person`` runs, for mentors from elsewhere."""
    return _with_programmes(Call.objects.filter(programme__in=run_by(person)))


def calls_to(person: Person) -> QuerySet[Call]:
    """The calls that reached the programmes which ``person`` runs."""
    return _with_programmes(Call.objects.filter(to__in=run_by(person)))


def _with_programmes(calls: QuerySet[Call]) -> QuerySet[Call]:
    return calls.select_related("programme__organisation", "cohort__programme", "to__organisation", "called_by")


def calls_that_want_more(calls: QuerySet[Call]) -> list[Call]:
    """Of these calls, those that are open and for which fewer are asked, or said yes, than are wanted."""
    found = list(calls.filter(state=CallState.OPEN))
    counts = asked_and_placed(found)
    return [call for call in found if sum(counts[call.pk]) < call.wanted]


def asked_and_placed(calls: Iterable[Call]) -> dict[int, tuple[int, int]]:
    """How many are being asked for each call, and how many said yes, by primary key.

    Two numbers, never who: it is what whoever called may know of people who have not said yes.
    """
    found = {call.pk: [0, 0] for call in calls}
    rows = Ask.unscoped.filter(call__in=found, state__in=COUNTED).order_by()
    for call, state, number in rows.values_list("call", "state").annotate(n=Count("pk")):
        found[call][state == AskState.ACCEPTED] = number
    return {pk: (asked, placed) for pk, (asked, placed) in found.items()}


def asks_for(call: Call) -> QuerySet[Ask]:
    """What was asked for a call, for the coordinator of the volunteers."""
    return Ask.objects.filter(call=call).select_related("volunteer__participant__person")


def asked_volunteers(calls: Iterable[Call]) -> dict[int, set[int]]:
    """The volunteers who were asked for each call, whatever they said, by primary keys."""
    found: dict[int, set[int]] = defaultdict(set)
    for call, volunteer in Ask.objects.filter(call__in=list(calls)).values_list("call", "volunteer"):
        found[call].add(volunteer)
    return found


def placements_of(call: Call) -> QuerySet[Placement]:
    """Who came by a call, for whoever called."""
    return Placement.objects.filter(call=call).select_related("participant__person", "participant__key_contact")


def trainings_of(participants: Iterable[Participant]) -> dict[int, Placement]:
    """The record of training with which each came, the latest, by primary key; who was not placed is not listed."""
    rows = Placement.objects.filter(participant__in=[each.pk for each in participants])
    rows = rows.select_related("call__to__organisation").order_by("placed_at", "pk")
    return {row.participant_id: row for row in rows}


def brought_with(application: Application) -> Brought | None:
    """The record of training with which somebody applied, or None."""
    found: Brought | None = Brought.objects.filter(application=application).select_related("trained_by").first()
    return found


def brought_by(participant: Participant) -> Brought | None:
    """The record of training with which somebody applied who takes part now, or None."""
    about = {"application__person": participant.person_id, "application__cohort": participant.cohort_id}
    rows = Brought.objects.filter(**about, application__side=participant.side)
    found: Brought | None = rows.filter(application__state=ApplicationState.ACCEPTED).order_by("-valid_until").first()
    return found


def trained_on(rows: QuerySet[Volunteer], day: date) -> QuerySet[Volunteer]:
    """Of these, those whose training holds on a day and who take part still."""
    return rows.filter(valid_until__gte=day, participant__state=ParticipantState.READY)


def who_can_be_asked(programme: Programme, day: date) -> QuerySet[Volunteer]:
    """The volunteers of a programme whose training holds and who did not pause; who waits longest, first."""
    rows = trained_on(Volunteer.objects.filter(programme=programme, paused_at=None), day)
    return rows.select_related("participant__person", "participant__cohort").order_by("trained_at", "pk")


def who_could_be_called(programmes: Iterable[Programme], day: date) -> list[Volunteer]:
    """The volunteers of programmes of other organisations too: to be counted, and never shown to anybody."""
    rows = Volunteer.unscoped.filter(programme__in=[each.pk for each in programmes], paused_at=None)
    rows = trained_on(rows, day).select_related("participant__person")
    return list(rows.only("programme", "participant__capacity", "participant__person__mentor_capacity"))


def programmes_that_place(network: Network) -> QuerySet[Programme]:
    """The programmes of a network that train volunteers for others. That they do is no secret inside the network."""
    books = RuleBook.unscoped.filter(programme=OuterRef("pk"), fingerprint=OuterRef("rules_fingerprint"))
    places = Exists(books.filter(table__placing__standard__isnull=False))
    rows = Programme.unscoped.filter(places, organisation__network=network)
    return rows.select_related("organisation").order_by("organisation__name", "name")


class Group(NamedTuple):
    """Volunteers of a cohort who are in the same plight: how many, and since when the first of them is."""

    cohort: Cohort
    number: int
    since: datetime


def never_asked(person: Person, at: datetime) -> QuerySet[Volunteer]:
    """Those who were trained long enough ago and never asked; how long is long enough the rules of each cohort say.

    Who paused, or whose training does not hold, is not waiting.
    """
    long_enough = Q(pk__in=[])
    for cohort in _cohorts_that_place(person):
        if placing := cohort.rules.placing:
            before = at - timedelta(days=placing.waiting_days)
            long_enough |= Q(participant__cohort=cohort, trained_at__lte=before)
    rows = volunteers_run_by(person).filter(long_enough, times_asked=0, paused_at=None)
    return trained_on(rows, day_of(at))


def never_asked_by_cohort(person: Person, at: datetime) -> list[Group]:
    """How many of each cohort were never asked for too long."""
    rows = never_asked(person, at).order_by().values_list("participant__cohort")
    counted = list(rows.annotate(n=Count("pk"), since=Min("trained_at")))
    return _groups(person, counted)


def run_out(person: Person, day: date) -> QuerySet[Volunteer]:
    """Those who take part and whose training holds no more."""
    return volunteers_run_by(person).filter(valid_until__lt=day, participant__state=ParticipantState.READY)


def run_out_by_cohort(person: Person, at: datetime) -> list[Group]:
    """Of how many of each cohort the training holds no more."""
    rows = run_out(person, day_of(at)).order_by().values_list("participant__cohort")
    counted = rows.annotate(n=Count("pk"), since=Min("valid_until"))
    return _groups(person, [(pk, n, datetime.combine(since, time.max, tzinfo=ZONE)) for pk, n, since in counted])


def _cohorts_that_place(person: Person) -> QuerySet[Cohort]:
    books = RuleBook.objects.filter(programme=OuterRef("programme"), fingerprint=OuterRef("rules_fingerprint"))
    return cohorts_run_by(person).filter(Exists(books.filter(table__placing__standard__isnull=False)))


def _groups(person: Person, counted: Sequence[tuple[int, int, datetime]]) -> list[Group]:
    cohorts = cohorts_run_by(person).in_bulk([pk for pk, _number, _since in counted])
    return [Group(cohorts[pk], number, since) for pk, number, since in counted]


def asked_everywhere(people: Iterable[int]) -> dict[int, int]:
    """How many calls each person has to answer over all programmes that trained them. A count, never from whom."""
    rows = Ask.unscoped.filter(volunteer__participant__person__in=list(people), state=AskState.ASKED)
    return dict(rows.order_by().values_list("volunteer__participant__person").annotate(n=Count("pk")))


class Where(NamedTuple):
    """Since when somebody is placed somewhere, and whether they take part there still."""

    since: datetime
    takes_part: bool


def placed_people(people: Iterable[int]) -> dict[int, dict[int, Where]]:
    """Where each person was placed, by the primary keys of person and participant.

    To be counted against a total capacity, never shown.
    """
    rows = Placement.unscoped.filter(participant__person__in=list(people)).order_by("-placed_at")
    found: dict[int, dict[int, Where]] = defaultdict(dict)
    for person, participant, since, state in rows.values_list(
        "participant__person", "participant", "placed_at", "participant__state"
    ):
        found[person][participant] = Where(since, state != ParticipantState.WITHDRAWN)
    return found


def placed_from(programme: Programme) -> dict[int, dict[int, datetime]]:
    """As which participants the volunteers of a programme serve elsewhere; see ``placed_as``."""
    return _placed_as(Placement.unscoped.filter(volunteer__in=Volunteer.objects.filter(programme=programme)))


def placed_as(volunteers: Iterable[Volunteer]) -> dict[int, dict[int, datetime]]:
    """As which participants volunteers serve elsewhere, and since when, by primary keys: to be counted, never shown."""
    return _placed_as(Placement.unscoped.filter(volunteer__in=[each.pk for each in volunteers]))


def _placed_as(placements: QuerySet[Placement]) -> dict[int, dict[int, datetime]]:
    found: dict[int, dict[int, datetime]] = defaultdict(dict)
    rows = placements.order_by("-placed_at").values_list("volunteer", "participant", "placed_at")
    for volunteer, participant, since in rows:
        found[volunteer][participant] = since
    return found


def ask_called(ref: str) -> Ask | None:
    """The question that a signed link names."""
    rows = Ask.unscoped.select_related("programme__organisation", "call__programme__organisation", "call__cohort")
    found: Ask | None = rows.select_related(
        "volunteer__participant__person", "volunteer__participant__cohort", "volunteer__participant__key_contact"
    ).filter(ref=ref).first()  # fmt: skip
    return found


def volunteerings_of(person: Person) -> QuerySet[Volunteer]:
    """That ``person`` is trained, anywhere. Their own, so it asks no scope."""
    rows = Volunteer.unscoped.filter(participant__person=person).exclude(participant__state=ParticipantState.WITHDRAWN)
    return rows.select_related("participant__person", "participant__cohort", "programme__organisation")


def volunteerings_among(people: Iterable[int]) -> QuerySet[Volunteer]:
    """That people are trained who let themselves be found with it: for what their profile shows, never else."""
    rows = Volunteer.unscoped.filter(participant__person__in=list(people), participant__state=ParticipantState.READY)
    return rows.select_related("participant", "programme__organisation").order_by("-valid_until", "pk")


def open_asks_to(person: Person) -> QuerySet[Ask]:
    """The calls a volunteer has to answer, anywhere. Their own, so it asks no scope."""
    rows = Ask.unscoped.filter(volunteer__participant__person=person, state=AskState.ASKED)
    return rows.select_related("call__programme__organisation", "programme")


def asks_of(volunteer: Volunteer) -> QuerySet[Ask]:
    """All that a volunteer was asked and that is kept, the latest first. Their own, so it asks no scope."""
    rows = Ask.unscoped.filter(volunteer=volunteer).select_related("call__programme__organisation")
    return rows.order_by("-asked_at", "-pk")


# For the clocks.


def not_noted() -> QuerySet[Participant]:
    """Mentors who have nothing left to pass and of whom no training is noted; most are in no programme that places."""
    places = RuleBook.objects.filter(
        programme=OuterRef("programme"),
        fingerprint=OuterRef("cohort__rules_fingerprint"),
        table__placing__standard__isnull=False,
    )
    rows = Participant.objects.filter(Exists(places), side=Side.MENTOR, state=ParticipantState.READY, volunteer=None)
    return rows.select_related("cohort", "person", "programme__organisation", "key_contact").order_by("pk")


def asks_open() -> QuerySet[Ask]:
    rows = Ask.objects.filter(state=AskState.ASKED).select_related("programme__organisation", "call__programme")
    return rows.select_related(
        "call__programme__organisation", "volunteer__participant__cohort", "volunteer__participant__person",
        "volunteer__participant__key_contact",
    )  # fmt: skip


def calls_past(day: date) -> QuerySet[Call]:
    rows = Call.objects.filter(state=CallState.OPEN, needed_by__lt=day)
    return _with_programmes(rows)


def to_be_reminded(day: date, until: date) -> QuerySet[Volunteer]:
    """Those whose training runs out by ``until`` and who were not told yet."""
    rows = Volunteer.objects.filter(valid_until__gte=day, valid_until__lte=until, reminded_at=None)
    rows = rows.filter(participant__state=ParticipantState.READY)
    return rows.select_related(
        "participant__person", "participant__cohort", "participant__key_contact", "programme__organisation"
    )


def asks_to_forget(before: datetime) -> QuerySet[Ask]:
    return Ask.objects.filter(
        Q(answered_at__lt=before) | Q(answered_at=None, due_at__lt=before), state__in=CAME_TO_NOTHING
    )
