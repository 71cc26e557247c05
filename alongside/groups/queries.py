from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Prefetch, Q, QuerySet

from alongside.groups.models import Ask, Group, Place
from alongside.groups.states import IN_HAND, STANDING, AskState, GroupState
from alongside.people.models import Person
from alongside.programmes.models import Cohort, Participant
from alongside.programmes.queries import run_by
from alongside.programmes.states import Side


def groups_run_by(person: Person) -> QuerySet[Group]:
    return with_people(Group.objects.filter(programme__in=run_by(person)))


def asks_run_by(person: Person) -> QuerySet[Ask]:
    rows = Ask.objects.filter(programme__in=run_by(person))
    return rows.select_related("group__cohort__programme", "participant__person", "participant__cohort")


def with_people(groups: QuerySet[Group]) -> QuerySet[Group]:
    """The same groups, with everything a page says about them in three queries."""
    places = Place.objects.select_related("participant__person").order_by("-participant__side", "pk")
    asks = Ask.objects.exclude(state=AskState.WITHDRAWN).select_related("participant__person").order_by("pk")
    return groups.select_related("cohort__programme").prefetch_related(
        Prefetch("places", queryset=places), Prefetch("asks", queryset=asks)
    )


def in_hand(cohort: Cohort) -> frozenset[int]:
    """The participants of a cohort, by primary key, who are in a group that is put together or asked."""
    return frozenset(Place.objects.filter(group__cohort=cohort, in_hand=True).values_list("participant", flat=True))


def busy(participants: Iterable[Participant]) -> frozenset[int]:
    """Which of these participants, by primary key, are in a group that is put together or asked."""
    rows = Place.objects.filter(participant__in=[each.pk for each in participants], in_hand=True)
    return frozenset(rows.values_list("participant", flat=True))


def people_in(group: Group) -> list[Participant]:
    """Who is in a group and has not said no: those who are mentored first."""
    rows = Place.objects.filter(group=group, in_hand=True).select_related(
        "participant__person", "participant__cohort", "participant__programme", "participant__key_contact"
    )
    found: list[Participant] = [place.participant for place in rows.order_by("pk")]
    return sorted(found, key=lambda each: each.is_mentor)


def asks_of(group: Group) -> dict[int, Ask]:
    """What each is asked now or has said yes to, by the participant's primary key."""
    rows = Ask.objects.filter(group=group, state__in=STANDING).select_related("participant__person", "group__cohort")
    return {ask.participant_id: ask for ask in rows}


def said_no(cohort: Cohort) -> frozenset[tuple[str, str]]:
    """The participants, as refs in both orders, who were asked to be together and of whom one said no."""
    rows = Ask.objects.filter(group__cohort=cohort).values_list("group", "participant__ref", "state")
    asked: dict[int, dict[str, bool]] = {}
    for group, ref, state in rows:
        refused = asked.setdefault(group, {})
        refused[ref] = refused.get(ref, False) or state == AskState.NO
    return frozenset(
        (one, other)
        for refused in asked.values()
        for one in refused
        for other in refused
        if one != other and (refused[one] or refused[other])
    )


def refused(group: Group) -> frozenset[int]:
    """The participants, by primary key, who said no to a group."""
    return frozenset(Ask.objects.filter(group=group, state=AskState.NO).values_list("participant", flat=True))


def standing_asks(mentors: Iterable[Participant]) -> dict[int, int]:
    """In how many groups in hand each mentor has a question open or has said yes, by primary key; zeros not listed."""
    rows = Ask.objects.filter(
        participant__in=[each.pk for each in mentors], state__in=STANDING, group__state__in=IN_HAND
    )
    return dict(rows.values_list("participant").annotate(n=Count("pk")))


def standing_asks_everywhere(people: Iterable[int]) -> dict[int, int]:
    """The same for people as mentors over all programmes of all organisations.

    A count, never from whom: it is what a total capacity is held against.
    """
    rows = Ask.unscoped.filter(participant__person__in=list(people), participant__side=Side.MENTOR)
    rows = rows.filter(state__in=STANDING, group__state__in=IN_HAND)
    return dict(rows.values_list("participant__person").annotate(n=Count("pk")))


def open_asks_to(person: Person) -> QuerySet[Ask]:
    """What ``person`` is asked to be part of, anywhere. A person's own, so it asks no scope."""
    rows = Ask.unscoped.filter(
        participant__person=person, state__in=[AskState.OFFERED, AskState.LAPSED], group__state=GroupState.ASKING
    )
    return rows.select_related("programme", "participant__cohort", "group__cohort")


def asks_waiting_of(person: Person) -> QuerySet[Ask]:
    """The yeses of ``person`` to groups that have not begun, anywhere. A person's own, so it asks no scope."""
    rows = Ask.unscoped.filter(participant__person=person, state=AskState.YES, group__state=GroupState.ASKING)
    return rows.select_related("programme", "participant__cohort", "group__cohort")


def asks_past_due(at: datetime) -> QuerySet[Ask]:
    return Ask.objects.filter(state=AskState.OFFERED, due_at__lte=at, group__state=GroupState.ASKING)


def group_asks_open() -> QuerySet[Ask]:
    """The questions that somebody may be reminded of."""
    rows = Ask.objects.filter(state=AskState.OFFERED, group__state=GroupState.ASKING)
    return rows.select_related("participant__person", "participant__cohort", "participant__programme", "group__cohort")


def groups_for_the_coordinator(person: Person) -> QuerySet[Group]:
    """The groups that do not go on by themselves: somebody said no or did not answer, or nobody is asked any more."""
    lapsed = Ask.objects.filter(state=AskState.LAPSED).values("group")
    declined = Place.objects.filter(in_hand=False).values("group")
    waiting = Ask.objects.filter(state=AskState.OFFERED).values("group")
    stuck = Q(pk__in=lapsed) | Q(pk__in=declined) | ~Q(pk__in=waiting)
    return groups_run_by(person).filter(stuck, state=GroupState.ASKING)
