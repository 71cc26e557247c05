"""The coordinator's queue: everything that waits for her decision, oldest clock first."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from alongside.applications.queries import (
    applications_run_by,
    applications_to_decide,
    imports_run_by,
    imports_waiting,
)
from alongside.enquiries.clocks import answer_by
from alongside.enquiries.queries import enquiries_held_by, waiting
from alongside.evaluation.queries import calls_wanted
from alongside.groups.queries import groups_for_the_coordinator
from alongside.kernel.remembering import remembered
from alongside.matching.models import Offer
from alongside.matching.queries import board_ref, offers_for_the_coordinator, offers_run_by
from alongside.matching.states import OFFERS_FOR_THE_COORDINATOR, OFFERS_IN_HAND, OfferState
from alongside.mentorships.clocks import CLOCKS, fallen_due
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.queries import mentorships_run_by, names_in, wanting_another
from alongside.mentorships.states import FOR_THE_COORDINATOR, Due
from alongside.people.models import Person
from alongside.placing.queries import calls_that_want_more, calls_to, never_asked_by_cohort, run_out_by_cohort
from alongside.programmes.models import Cohort, Participant
from alongside.programmes.queries import cohorts_run_by, mentors_without_a_kind, participants_run_by, programmes_run_by
from alongside.programmes.states import ParticipantState, Side
from alongside.reports.unreached import Unreached, unreached

Late = list[tuple[Mentorship, datetime, Due]]


@dataclass(frozen=True)
class QueueItem:
    """One thing that waits: what kind, about whom, since when.

    ``kind`` says what can be decided in place; ``ref`` names the thing; ``cohort`` where it belongs, None where it is
    the organisation's, which ``other`` names then; ``note`` is what somebody wrote for the coordinator to read;
    ``mentor_kind`` what the kind of mentor it is about is called, where there are kinds; ``email`` the one that did
    not arrive; ``due_at`` when somebody was told they would hear.
    """

    kind: str
    ref: str
    cohort: Cohort | None
    since: datetime
    person: str = ""
    other: str = ""
    note: str = ""
    mentor_kind: str = ""
    email: Unreached | None = None
    due_at: datetime | None = None


def queue_of(person: Person, *, at: datetime) -> list[QueueItem]:
    """List everything that waits for ``person``, oldest first."""
    late = _late(person, at)
    items = [*_offers(person), *_gates(person), *_imports(person), *_unmet(late), *_unmatched(person)]
    items += [*_unreached(person), *_overdue(late), *_calls(person), *_applications(person), *_stuck_groups(person)]
    items += _enquiries(person)
    # What only some programmes have is asked only of whoever runs one: this page is opened more than any other.
    if any(cohort.rules.shape.kinds for cohort in _cohorts(person)):
        items += _without_kind(person)
    rules = [each.rules for each in _cohorts(person)] + [each.rules for each in programmes_run_by(person)]
    if any(each.placing for each in rules):
        items += [*_calls_for_mentors(person), *_volunteers(person, at)]
    return sorted(items, key=lambda item: (item.since, item.ref))


def _offers(person: Person) -> Iterator[QueueItem]:
    kinds = {
        OfferState.LAPSED: "offer_lapsed",
        OfferState.EXHAUSTED: "offer_exhausted",
        OfferState.DECLINED: "offer_declined",
    }
    offers = offers_for_the_coordinator(offers_run_by(person))
    for offer in offers.select_related("mentee__cohort__programme", "cohort"):
        yield QueueItem(
            kinds[OfferState(offer.state)],
            offer.ref,
            offer.mentee.cohort,
            offer.due_at if offer.state == OfferState.LAPSED else offer.answered_at or offer.offered_at,
            person=offer.mentee.person.name,
            note=offer.reason,
            mentor_kind=offer.kind_title,
        )


def _stuck_groups(person: Person) -> Iterator[QueueItem]:
    """Groups that were asked and do not go on by themselves."""
    for group in groups_for_the_coordinator(person):
        yield QueueItem("group", group.ref, group.cohort, group.asked_at or group.made_at, person=group.name)


def _gates(person: Person) -> Iterator[QueueItem]:
    open_gates = participants_run_by(person).filter(state=ParticipantState.WAITING)
    for participant in open_gates.select_related("cohort__programme"):
        yield QueueItem(
            "gate",
            participant.ref,
            participant.cohort,
            participant.joined_at,
            person=participant.person.name,
            note=participant.gates_open[0].title if participant.gates_open else "",
        )


def _applications(person: Person) -> Iterator[QueueItem]:
    for sent in applications_to_decide(applications_run_by(person)).select_related("cohort__programme", "person"):
        name = sent.person.name if sent.person else ""
        since = sent.sent_at or sent.begun_at
        yield QueueItem("application", sent.ref, sent.cohort, since, person=name, due_at=sent.due_at)


def _enquiries(person: Person) -> Iterator[QueueItem]:
    """What visitors ask the organisations of ``person``, and nobody has answered."""
    for asked in waiting(enquiries_held_by(person)):
        name = asked.holder_name
        yield QueueItem("enquiry", asked.ref, None, asked.since, person=asked.name, other=name, due_at=answer_by(asked))


def _imports(person: Person) -> Iterator[QueueItem]:
    for dropped in imports_waiting(imports_run_by(person)).select_related("cohort__programme"):
        yield QueueItem("import", dropped.ref, dropped.cohort, dropped.uploaded_at, note=dropped.file_name)


def _unmet(late: Late) -> Iterator[QueueItem]:
    """Mentorships without a first meeting for too long, or of whose first meeting nobody has said how it was."""
    fallen = [(row, since) for row, since, due in late if due == Due.NOT_MET]
    rows = Member.objects.filter(mentorship__in=[row.pk for row, _since in fallen], left_at=None)
    names: dict[int, dict[str, list[str]]] = {}
    for mentorship, side, name in rows.order_by("pk").values_list("mentorship", "side", "participant__person__name"):
        names.setdefault(mentorship, {}).setdefault(side, []).append(name)
    for row, since in fallen:
        sides = names.get(row.pk, {})
        mentees, mentors = sides.get(Side.MENTEE, []), sides.get(Side.MENTOR, [])
        if row.of_peers:
            mentees, mentors = mentees[:1], mentees[1:]
        yield QueueItem("not_met", row.ref, row.cohort, since, person=", ".join(mentees), other=", ".join(mentors))


def _unreached(person: Person) -> Iterator[QueueItem]:
    for email in unreached(person):
        yield QueueItem("email", email.ref, email.cohort, email.since, person=email.name, email=email)


def _overdue(late: Late) -> Iterator[QueueItem]:
    """Mentorships in which a clock ran out that no email settles any more, but for those that have not met."""
    fallen = [each for each in late if each[2] != Due.NOT_MET]
    names = names_in(row for row, _since, _due in fallen)
    for row, since, due in fallen:
        yield QueueItem(due.value, row.ref, row.cohort, since, person=names.get(row.pk, ""))


def _late(person: Person, at: datetime) -> Late:
    """The mentorships in which a coordinator is to look, with since when and why; by the one table of clocks."""
    states = {clock.state for clock in CLOCKS if clock.due in FOR_THE_COORDINATOR}
    # Apart, not joined: of many mentorships in few programmes, each programme is read once.
    rows = mentorships_run_by(person).filter(state__in=states)
    rows = rows.prefetch_related("programme__organisation", "cohort__programme")
    fallen = ((row, moment, due) for row in rows for moment, due in fallen_due(row, at=at))
    return [each for each in fallen if each[2] in FOR_THE_COORDINATOR]


def _calls(person: Person) -> Iterator[QueueItem]:
    """Whoever asked for a call with their pulse."""
    for pulse in calls_wanted(person):
        yield QueueItem(
            "call",
            pulse.ref,
            pulse.mentorship.cohort,
            pulse.answered_at or pulse.asked_at,
            person=pulse.member.participant.person.name,
            other=pulse.mentorship.ref,
            note=pulse.words,
        )


def _calls_for_mentors(person: Person) -> Iterator[QueueItem]:
    """Calls from elsewhere for which volunteers are to be asked."""
    for call in calls_that_want_more(calls_to(person)):
        name = call.programme.organisation.name
        yield QueueItem("call_for_mentors", call.ref, call.cohort, call.called_at, person=name, note=str(call.wanted))


def _volunteers(person: Person, at: datetime) -> Iterator[QueueItem]:
    """One item for each cohort in which volunteers were never asked for too long, or are to refresh their training."""
    for cohort, number, since in never_asked_by_cohort(person, at):
        yield QueueItem("never_asked", cohort.programme.ref, cohort, since, note=str(number))
    for cohort, number, since in run_out_by_cohort(person, at):
        yield QueueItem("to_refresh", cohort.programme.ref, cohort, since, note=str(number))


@dataclass(frozen=True)
class Waiting:
    """A mentee who waits for a mentor: of a kind, where the cohort has kinds ("" elsewhere).

    ``handed_back`` says that an offer of theirs came to nothing and waits for the coordinator.
    """

    mentee: Participant
    kind: str = ""
    handed_back: bool = False


@remembered
def mentees_waiting(person: Person) -> list[Waiting]:
    """List the mentees who are ready, want a mentor and have no offer in hand; who joined first, first.

    Whose mentorship ended and who wants another is among them; who is in a group that is put together is not. Who wants
    mentors of several kinds comes once for each.
    """
    ready = participants_run_by(person).filter(side=Side.MENTEE, state=ParticipantState.READY)
    ready = ready.exclude(group_places__in_hand=True)
    found = [
        Waiting(mentee, kind, mentee.handed_back)
        for kind, cohorts in _cohorts_by_kind(person).items()
        for mentee in wanting_another(ready.filter(cohort__in=cohorts), kind)
        .exclude(_offered(kind, OFFERS_IN_HAND))
        .annotate(handed_back=_offered(kind, OFFERS_FOR_THE_COORDINATOR))
    ]
    return sorted(found, key=lambda each: (each.mentee.joined_at, each.mentee.pk))


@remembered
def _cohorts(person: Person) -> list[Cohort]:
    return list(cohorts_run_by(person))


def _offered(kind: str, states: Collection[OfferState]) -> Exists:
    return Exists(Offer.objects.filter(mentee=OuterRef("pk"), kind=kind, state__in=states))


def _cohorts_by_kind(person: Person) -> dict[str, list[Cohort]]:
    """The cohorts in which each kind of mentor is matched; those without kinds under ""."""
    found: dict[str, list[Cohort]] = {}
    for cohort in _cohorts(person):
        for kind in cohort.rules.shape.matched:
            found.setdefault(kind, []).append(cohort)
    return found


def _without_kind(person: Person) -> Iterator[QueueItem]:
    """Mentors of whom it is not said which kind they are, where there are kinds: nobody is offered them."""
    for mentor in mentors_without_a_kind(cohorts_run_by(person)):
        yield QueueItem("no_kind", mentor.ref, mentor.cohort, mentor.joined_at, person=mentor.person.name)


def _unmatched(person: Person) -> Iterator[QueueItem]:
    """One item for each cohort, and kind of mentor, in which mentees are ready and nobody has been asked anything."""
    unasked: dict[tuple[int, str], list[Participant]] = {}
    for each in mentees_waiting(person):
        if each.handed_back:
            continue
        unasked.setdefault((each.mentee.cohort_id, each.kind), []).append(each.mentee)
    cohorts = {cohort.pk: cohort for cohort in _cohorts(person)}
    for (pk, kind), mentees in unasked.items():
        cohort = cohorts[pk]
        yield QueueItem(
            "unmatched",
            board_ref(cohort, kind),
            cohort,
            mentees[0].joined_at,
            note=str(len(mentees)),
            mentor_kind=cohort.rules.shape.title_of(kind),
        )
