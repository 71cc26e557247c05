from collections.abc import Iterable
from itertools import product

from django.db.models import Count, Prefetch, QuerySet

from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.states import RUNNING, WANTS_ANOTHER, MentorshipState
from alongside.people.models import Person
from alongside.programmes.models import Participant
from alongside.programmes.queries import programmes_run_by
from alongside.programmes.states import Side


def mentorships_run_by(person: Person) -> QuerySet[Mentorship]:
    """The mentorships of the programmes ``person`` coordinates: that they are there, never what is in them."""
    return Mentorship.objects.filter(programme__in=programmes_run_by(person))


def mentorships_of(person: Person) -> QuerySet[Mentorship]:
    """The mentorships ``person`` is a member of, anywhere. A person's own, so it asks no scope."""
    memberships = Member.unscoped.filter(participant__person=person)
    return Mentorship.unscoped.filter(pk__in=memberships.values("mentorship")).select_related("programme")


def running_mentorships_of(person: Person) -> QuerySet[Mentorship]:
    """The running mentorships of ``person``, with the people in them. A person's own, so it asks no scope."""
    members = Member.unscoped.select_related("participant__person")
    rows = mentorships_of(person).filter(state__in=RUNNING)
    return rows.prefetch_related(Prefetch("members", queryset=members))


def mentorship_of_pair(mentor: Participant, mentee: Participant) -> Mentorship | None:
    """The latest mentorship of these two, if there is one."""
    rows = Mentorship.objects.filter(members__participant=mentor).filter(members__participant=mentee)
    found: Mentorship | None = rows.order_by("-introduced_at").first()
    return found


def running_counts(participants: Iterable[Participant]) -> dict[int, int]:
    """How many running mentorships each participant is in, by primary key; those without one are not listed."""
    rows = Member.objects.filter(
        participant__in=[participant.pk for participant in participants], mentorship__state__in=RUNNING
    )
    return dict(rows.values_list("participant").annotate(n=Count("pk")))


def provided_counts(mentees: Iterable[Participant]) -> dict[int, int]:
    """How many mentors each mentee has, or has had all they wanted from, by primary key; zeros are not listed."""
    rows = Member.objects.filter(participant__in=[mentee.pk for mentee in mentees])
    rows = rows.exclude(mentorship__state=MentorshipState.ENDED, mentorship__ending__in=WANTS_ANOTHER)
    return dict(rows.values_list("participant").annotate(n=Count("pk")))


def pairs_made(mentees: Iterable[Participant], mentors: Iterable[Participant]) -> frozenset[tuple[str, str]]:
    """The pairs, as refs of mentee and mentor, of people who have or had a mentorship, here or in another cohort."""
    as_mentee = {mentee.person_id: mentee.ref for mentee in mentees}
    as_mentor = {mentor.person_id: mentor.ref for mentor in mentors}
    rows = Member.objects.filter(participant__person__in=[*as_mentee, *as_mentor])
    ours: dict[int, list[str]] = {}
    theirs: dict[int, list[str]] = {}
    for mentorship, side, person in rows.values_list("mentorship", "side", "participant__person"):
        refs, members = (as_mentor, theirs) if side == Side.MENTOR else (as_mentee, ours)
        if person in refs:
            members.setdefault(mentorship, []).append(refs[person])
    return frozenset(pair for made in ours.keys() & theirs for pair in product(ours[made], theirs[made]))


def running_as_mentor(people: Iterable[int]) -> dict[int, int]:
    """How many running mentorships each person has as a mentor over all programmes of all organisations.

    A count, never who with: it is what a total capacity is held against.
    """
    rows = Member.unscoped.filter(participant__person__in=list(people), side=Side.MENTOR, mentorship__state__in=RUNNING)
    return dict(rows.values_list("participant__person").annotate(n=Count("pk")))
