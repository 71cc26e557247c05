from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import permutations, product
from typing import NamedTuple, TypeVar

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from alongside.mentorships.models import Member, Mentorship, Rung, SharedInside
from alongside.mentorships.states import FOR_THE_COORDINATOR, PROVIDES, RUNNING, WANTS_ANOTHER, MentorshipState
from alongside.organisations.models import Organisation
from alongside.people.models import Person
from alongside.programmes.models import Participant
from alongside.programmes.queries import run_by
from alongside.programmes.states import Side

Shared = TypeVar("Shared", bound=SharedInside)


def mentorships_run_by(person: Person) -> QuerySet[Mentorship]:
    """The mentorships of the programmes ``person`` coordinates: that they are there, never what is in them."""
    return Mentorship.objects.filter(programme__in=run_by(person))


def mentorships_of(person: Person) -> QuerySet[Mentorship]:
    """The mentorships ``person`` is a member of, anywhere. A person's own, so it asks no scope."""
    memberships = Member.unscoped.filter(participant__person=person, left_at=None)
    return Mentorship.unscoped.filter(pk__in=memberships.values("mentorship")).select_related("programme", "cohort")


def mentored_memberships(person: Person) -> list[Member]:
    """The memberships in which somebody is mentored and that go on, anywhere. A person's own, so it asks no scope."""
    rows = Member.unscoped.filter(participant__person=person, side=Side.MENTEE, left_at=None)
    rows = rows.filter(mentorship__ended_at=None, mentorship__wrapped_key__isnull=False).order_by("pk")
    return list(rows.select_related("mentorship__programme", "participant__person"))


def membership(person_ref: str, ref: str) -> Member | None:
    """The membership of a person in the mentorship called ``ref``, with what belongs to both, if there is one."""
    rows = Member.unscoped.filter(mentorship__ref=ref, participant__person__ref=person_ref, left_at=None)
    rows = rows.select_related("mentorship__programme__organisation", "mentorship__cohort")
    found: Member | None = rows.select_related(
        "mentorship__programme__safeguarding_lead", "participant__person", "participant__key_contact"
    ).first()
    return found


def memberships_with_all(person: Person) -> QuerySet[Member]:
    """The memberships of ``person`` in mentorships that run, with everybody in them. A person's own: asks no scope."""
    everybody = Member.unscoped.select_related("participant__person")
    rows = Member.unscoped.filter(participant__person=person, left_at=None, mentorship__state__in=RUNNING)
    rows = rows.select_related("mentorship__programme", "mentorship__cohort", "participant__person").order_by(
        "-mentorship__introduced_at"
    )
    return rows.prefetch_related(Prefetch("mentorship__members", queryset=everybody))


def mentored_by(person: Person, organisation: Organisation) -> QuerySet[Member]:
    """The memberships in which ``person`` mentored at an organisation, where they met. Their own: it asks no scope."""
    mentored = Q(side=Side.MENTOR) | Q(mentorship__of_peers=True)
    rows = Member.unscoped.filter(mentored, participant__person=person, mentorship__met_at__isnull=False)
    rows = rows.filter(organisation=organisation).select_related("mentorship__programme", "mentorship__cohort")
    return rows.order_by("mentorship__met_at", "pk")


def members_of(mentorship: Mentorship) -> list[Member]:
    """Who is in a mentorship, mentees first, without those who left it."""
    rows = Member.objects.filter(mentorship=mentorship, left_at=None).order_by("side", "pk")
    return sorted(rows.select_related("participant__person"), key=lambda member: member.is_mentor)


def names_in(mentorships: Iterable[Mentorship]) -> dict[int, str]:
    """Who is in each mentorship, mentees first, in words, by primary key."""
    rows = Member.objects.filter(mentorship__in=[each.pk for each in mentorships], left_at=None)
    found: dict[int, list[str]] = {}
    # By the alphabet the mentee's side comes before the mentor's.
    for mentorship, name in rows.order_by("side", "pk").values_list("mentorship", "participant__person__name"):
        found.setdefault(mentorship, []).append(name)
    return {key: ", ".join(names) for key, names in found.items()}


def wishes_of(mentees: Iterable[Participant]) -> dict[int, str]:
    """What those who parted said would suit them better, the latest word of each, by primary key."""
    rows = Member.objects.filter(participant__in=[mentee.pk for mentee in mentees]).exclude(wish="")
    # Who parted from one of several mentors wants another of that kind, though the mentorship goes on.
    rows = rows.filter(Q(mentorship__state=MentorshipState.ENDED) | ~Q(not_with=[])).order_by("answered_at")
    return dict(rows.values_list("participant", "wish"))


def mentorships_with_a_clock_due(at: datetime) -> QuerySet[Mentorship]:
    """The mentorships in which something has fallen due by ``at``."""
    return Mentorship.objects.filter(next_due_at__lte=at).select_related("programme__organisation", "cohort")


def wrote_since(mentorship: Mentorship, moment: datetime) -> bool:
    """Say whether a clock of a mentorship has rung since a moment and written to its members."""
    rows = Rung.objects.filter(mentorship=mentorship, rung_at__gte=moment)
    return bool(rows.exclude(due__in=[due.value for due in FOR_THE_COORDINATOR]).exists())


def readable(rows: QuerySet[Shared], *, by: Member) -> QuerySet[Shared]:
    """Of things shared inside a mentorship, those that one of its members may read."""
    rows = rows.filter(mentorship=by.mentorship_id)
    return rows.filter(Q(author=by) | Q(for_all=True) | Q(readers=by)).distinct()


def mentorship_of_pair(mentor: Participant, mentee: Participant) -> Mentorship | None:
    """The latest mentorship of these two, if there is one."""
    rows = Mentorship.objects.filter(members__participant=mentor).filter(members__participant=mentee)
    found: Mentorship | None = rows.order_by("-introduced_at").first()
    return found


def running_counts(participants: Iterable[Participant]) -> dict[int, int]:
    """How many running mentorships each participant is in, by primary key; those without one are not listed."""
    rows = Member.objects.filter(
        participant__in=[participant.pk for participant in participants], mentorship__state__in=RUNNING, left_at=None
    )
    return dict(rows.values_list("participant").annotate(n=Count("pk")))


def provided_counts(mentees: Iterable[Participant], kind: str = "") -> dict[int, int]:
    """How many mentors each mentee has, or has had all they wanted from, by primary key; zeros are not listed.

    :param kind: count only mentors of this kind.
    """
    rows = _provided(kind).filter(participant__in=[mentee.pk for mentee in mentees])
    return dict(rows.values_list("participant").annotate(n=Count("pk")))


def wanting_another(mentees: QuerySet[Participant], kind: str = "") -> QuerySet[Participant]:
    """Of these mentees, those who have fewer mentors (of a kind) than they want, by the counts above."""
    theirs = _provided(kind).filter(participant=OuterRef("pk")).order_by().values("participant")
    provided = Coalesce(Subquery(theirs.annotate(n=Count("pk")).values("n")), 0)
    return mentees.alias(provided=provided).filter(provided__lt=F("capacity"))


def _provided(kind: str = "") -> QuerySet[Member]:
    """The memberships that give somebody what they wanted, or did; of mentors of a kind, one row for each of them."""
    if kind:
        return _provided_by(kind)
    rows = Member.objects.exclude(mentorship__state=MentorshipState.ENDED, mentorship__ending__in=WANTS_ANOTHER)
    return rows.exclude(left_at__isnull=False, said_ending__in=WANTS_ANOTHER)


def _provided_by(kind: str) -> QuerySet[Member]:
    """The memberships of mentees beside a mentor of a kind, a row for each such mentor who stays or left content.

    One of several may leave while the mentorship goes on: what they said counts for them, not how it ended later.
    """
    stays = Q(mentorship__members__left_at=None, mentorship__ending__in=PROVIDES)
    left = Q(mentorship__members__left_at__isnull=False, mentorship__members__said_ending__in=PROVIDES)
    mentor = Q(mentorship__members__side=Side.MENTOR, mentorship__members__participant__kind=kind)
    here = Q(left_at=None) | Q(said_ending__in=PROVIDES)
    return Member.objects.filter(here, mentor & (stays | left), side=Side.MENTEE)


def running_of(mentee: Participant) -> Mentorship | None:
    """The running mentorship of a mentee in their cohort, if there is one; the latest of several."""
    rows = Mentorship.objects.filter(
        state__in=RUNNING, members__participant=mentee, members__left_at=None
    ).select_related("programme", "cohort")
    found: Mentorship | None = rows.order_by("-introduced_at", "-pk").first()
    return found


def pairs_made(
    mentees: Iterable[Participant], mentors: Iterable[Participant], *, running: bool = False
) -> frozenset[tuple[str, str]]:
    """The pairs, as refs of mentee and mentor, of people who have or had a mentorship, here or in another cohort.

    :param running: only of mentorships that run, whether or not one of the two has left it.
    """
    as_mentee = {mentee.person_id: mentee.ref for mentee in mentees}
    as_mentor = {mentor.person_id: mentor.ref for mentor in mentors}
    rows = Member.objects.filter(participant__person__in=[*as_mentee, *as_mentor])
    if running:
        rows = rows.filter(mentorship__state__in=RUNNING)
    ours: dict[int, list[str]] = {}
    theirs: dict[int, list[str]] = {}
    known = rows.values_list("mentorship", "mentorship__of_peers", "side", "participant__person")
    for mentorship, of_peers, side, person in known:
        if person in as_mentor and (of_peers or side == Side.MENTOR):
            theirs.setdefault(mentorship, []).append(as_mentor[person])
        if person in as_mentee and (of_peers or side == Side.MENTEE):
            ours.setdefault(mentorship, []).append(as_mentee[person])
    return frozenset(pair for made in ours.keys() & theirs for pair in product(ours[made], theirs[made]))


def together_before(participants: Iterable[Participant]) -> frozenset[tuple[str, str]]:
    """Those of these, as refs in both orders, who are or were in one mentorship, on whatever sides."""
    refs = {each.person_id: each.ref for each in participants}
    rows = Member.objects.filter(participant__person__in=refs)
    members: dict[int, list[str]] = {}
    for mentorship, person in rows.values_list("mentorship", "participant__person"):
        members.setdefault(mentorship, []).append(refs[person])
    return frozenset(pair for each in members.values() for pair in permutations(each, 2))


def running_as_mentor(people: Iterable[int]) -> dict[int, int]:
    """How many running mentorships each person has as a mentor over all programmes of all organisations.

    A count, never who with: it is what a total capacity is held against.
    """
    rows = Member.unscoped.filter(participant__person__in=list(people), side=Side.MENTOR, mentorship__state__in=RUNNING)
    rows = rows.filter(left_at=None)
    return dict(rows.values_list("participant__person").annotate(n=Count("pk")))


class Served(NamedTuple):
    """How many mentorships somebody has as a mentor, and how many of theirs have ended."""

    running: int
    ended: int


def served_counts(since: Mapping[int, datetime]) -> dict[int, Served]:
    """How many mentorships these mentors have and had, by the participants' primary keys; zeros are not listed.

    A count, never who with or what of: it is what an organisation may know of those it trained for others.

    :param since: the moment for each of them from which on a mentorship counts.
    """
    rows = Member.unscoped.filter(participant__in=list(since), side=Side.MENTOR)
    found: dict[int, Served] = {}
    for participant, introduced_at, state, left_at in rows.values_list(
        "participant", "mentorship__introduced_at", "mentorship__state", "left_at"
    ):
        if introduced_at >= since[participant]:
            over = state == MentorshipState.ENDED or left_at is not None
            running, ended = found.get(participant, Served(0, 0))
            found[participant] = Served(running + (not over), ended + over)
    return found
