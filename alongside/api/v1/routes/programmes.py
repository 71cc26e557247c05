from ninja import Router

from alongside.api.v1.access import CoordinatorRequest, coordinator, get_or_404
from alongside.api.v1.schemas.programmes import CohortOut, ParticipantOut, ProgrammeOut
from alongside.programmes.models import Cohort, Participant
from alongside.programmes.queries import cohorts_run_by, participants_run_by, programmes_run_by

router = Router()


@router.get("/programmes", response=list[ProgrammeOut])
@coordinator
def list_programmes(request: CoordinatorRequest) -> list[ProgrammeOut]:
    """List the programmes you run, with their cohorts."""
    cohorts: dict[int, list[CohortOut]] = {}
    for cohort in cohorts_run_by(request.person):
        cohorts.setdefault(cohort.programme_id, []).append(_cohort(cohort))
    return [
        ProgrammeOut(
            ref=programme.ref,
            name=programme.name,
            organisation=programme.organisation.name,
            cohorts=cohorts.get(programme.pk, []),
        )
        for programme in programmes_run_by(request.person).select_related("organisation")
    ]


@router.get("/cohorts/{ref}", response=CohortOut)
@coordinator
def show_cohort(request: CoordinatorRequest, ref: str) -> CohortOut:
    """Show one cohort."""
    return _cohort(get_or_404(cohorts_run_by(request.person), ref=ref))


@router.get("/cohorts/{ref}/participants", response=list[ParticipantOut])
@coordinator
def list_participants(request: CoordinatorRequest, ref: str) -> list[ParticipantOut]:
    """List the participants of a cohort."""
    cohort = get_or_404(cohorts_run_by(request.person), ref=ref)
    return [_participant(row) for row in participants_run_by(request.person).filter(cohort=cohort)]


@router.get("/participants/{ref}", response=ParticipantOut)
@coordinator
def show_participant(request: CoordinatorRequest, ref: str) -> ParticipantOut:
    """Show one participant."""
    return _participant(get_or_404(participants_run_by(request.person), ref=ref))


def _cohort(cohort: Cohort) -> CohortOut:
    return CohortOut(ref=cohort.ref, name=cohort.name, starts_on=cohort.starts_on, ends_on=cohort.ends_on)


def _participant(row: Participant) -> ParticipantOut:
    return ParticipantOut(
        ref=row.ref,
        name=row.person.name,
        email=row.person.email,
        side=row.side,
        kind=row.kind,
        state=row.state,
        capacity=row.capacity,
        topics=row.topic_labels,
        sector=row.sector,
        place=row.place,
    )
