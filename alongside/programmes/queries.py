from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import date
from functools import reduce
from operator import or_
from typing import TypeVar

from django.db.models import Q, QuerySet

from alongside.blueprints.asking import questionnaires_named
from alongside.blueprints.rules import Rules
from alongside.kernel.remembering import remembered
from alongside.organisations.models import Organisation
from alongside.organisations.queries import coordinators_of, organisations_coordinated_by
from alongside.people.models import Person
from alongside.places.gazetteer import find
from alongside.programmes.models import Cohort, Participant, Partner, Programme, RegionalContact, rules_under
from alongside.programmes.states import ParticipantState, Side

Rule = TypeVar("Rule", bound=Hashable)


def programmes_run_by(person: Person) -> QuerySet[Programme]:
    """The programmes of the organisations ``person`` coordinates, and those they are partners in."""
    organisations = organisations_coordinated_by(person).values("pk")
    partnered = Partner.unscoped.filter(partner__in=organisations).values("programme")
    return Programme.unscoped.filter(Q(organisation__in=organisations) | Q(pk__in=partnered)).distinct()


@remembered
def run_by(person: Person) -> tuple[int, ...]:
    """The primary keys of the programmes ``person`` runs, for conditions on rows of programmes."""
    return tuple(programmes_run_by(person).values_list("pk", flat=True))


def organisation_run_for(person: Person, programme: Programme) -> Organisation:
    """The organisation for which ``person`` runs ``programme``: a partner's where they coordinate only a partner."""
    theirs = organisations_coordinated_by(person)
    partners = Partner.objects.filter(programme=programme, partner__in=theirs).select_related("partner")
    partner = None if theirs.filter(pk=programme.organisation_id).exists() else partners.order_by("pk").first()
    return partner.partner if partner else programme.organisation


def coordinators_running(programme: Programme) -> QuerySet[Person]:
    """The people who coordinate a programme: for the organisation in the lead, and for its partners."""
    partners = Partner.unscoped.filter(programme=programme).values_list("partner", flat=True)
    return coordinators_of([programme.organisation_id, *partners])


def contacts_by_region(programme_id: int) -> dict[str, Person]:
    """The key contact of each region of a programme that has one, by the region's name."""
    rows = RegionalContact.objects.filter(programme=programme_id).select_related("person")
    return {row.region: row.person for row in rows}


def contact_there(contacts: Mapping[str, Person], place: str) -> Person | None:
    """Return the contact of the region, or else of the nation, in which a place lies; None where there is none."""
    found = find(place) if contacts and place else None
    return (contacts.get(found.region) or contacts.get(found.nation)) if found else None


def cohorts_run_by(person: Person) -> QuerySet[Cohort]:
    return Cohort.objects.filter(programme__in=run_by(person)).select_related("programme", "organisation")


def participants_run_by(person: Person) -> QuerySet[Participant]:
    rows = Participant.objects.filter(programme__in=run_by(person))
    return rows.select_related("person", "cohort", "programme")


def that_ask(key: str, organisation: Organisation, *, today: date) -> list[str]:
    """Return by name what asks a questionnaire of an organisation: its programmes, and cohorts that are not over."""
    programmes = Programme.objects.filter(organisation=organisation).order_by("name")
    cohorts = Cohort.objects.filter(organisation=organisation).exclude(ends_on__lt=today).select_related("programme")
    found = [programme.name for programme in programmes if key in questionnaires_named(programme.rules)]
    return found + [
        f"{each.programme.name}, {each.name}" for each in cohorts if key in questionnaires_named(each.rules)
    ]


def by_rule(rule: Callable[[Rules], Rule]) -> dict[Rule, list[str]]:
    """Return the fingerprints of the rules that cohorts follow, by what a rule of theirs says.

    For questions to the database in which each cohort has its own clock. One query; rules are read once for good.
    """
    found: dict[Rule, list[str]] = {}
    for fingerprint in Cohort.objects.order_by().values_list("rules_fingerprint", flat=True).distinct():
        found.setdefault(rule(rules_under(fingerprint)), []).append(fingerprint)
    return found


def each_by_rule(rule: Callable[[Rules], Rule], asked: Callable[[Rule], Q], *, cohort: str = "cohort") -> Q:
    """Return a condition that asks of each cohort what its own rule says.

    :param cohort: how to get from the rows to their cohort, such as "mentorship__cohort".
    """
    of = f"{cohort}__rules_fingerprint__in"
    return reduce(or_, (asked(value) & Q(**{of: found}) for value, found in by_rule(rule).items()), Q(pk__in=[]))


def mentors_without_a_kind(cohorts: Iterable[Cohort]) -> QuerySet[Participant]:
    """The mentors of these cohorts of whom it is not said which kind they are, where there are kinds."""
    lacking = Q(pk__in=[])
    for cohort in cohorts:
        if kinds := cohort.rules.shape.kinds:
            lacking |= Q(cohort=cohort) & ~Q(kind__in=[kind.id for kind in kinds])
    rows = Participant.objects.filter(lacking, side=Side.MENTOR).exclude(state=ParticipantState.WITHDRAWN)
    return rows.select_related("person", "cohort__programme")


def participations_of(person: Person) -> QuerySet[Participant]:
    """What ``person`` takes part in, anywhere. A person's own, so it asks no scope."""
    rows = Participant.unscoped.filter(person=person).exclude(state=ParticipantState.WITHDRAWN)
    return rows.select_related("cohort", "programme", "organisation", "person", "key_contact")


def pool(cohort: Cohort, side: Side, kind: str = "") -> QuerySet[Participant]:
    """The participants of one side who are ready to be matched, in a lasting order; mentors of one kind alone."""
    rows = Participant.objects.filter(cohort=cohort, side=side, state=ParticipantState.READY)
    if side == Side.MENTOR and kind:
        rows = rows.filter(kind=kind)
    return rows.select_related("person").order_by("pk")
