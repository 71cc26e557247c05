from django.db.models import F
from ninja import Router

from alongside.api.v1.access import CoordinatorRequest, coordinator, get_or_404
from alongside.api.v1.schemas.matching import LeftOut, MatchingOut, MentorshipOut, PairOut
from alongside.matching.queries import versions_run_by
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.queries import mentorships_run_by
from alongside.programmes.queries import cohorts_run_by
from alongside.programmes.states import Side

router = Router()


@router.get("/cohorts/{ref}/matching", response=MatchingOut)
@coordinator
def show_matching(request: CoordinatorRequest, ref: str, kind: str = "") -> MatchingOut:
    """Show the matching on the board, with its proof; of a kind of mentor, where the cohort has kinds."""
    on_the_board = {"matching__cohort__ref": ref, "matching__kind": kind, "matching__current": F("pk")}
    version = get_or_404(versions_run_by(request.person), **on_the_board)
    return MatchingOut(
        kind=version.matching.kind,
        version=version.number,
        placed=version.placed,
        value=version.value,
        bound=version.bound,
        fingerprint=version.fingerprint,
        pairs=[PairOut(mentee=mentee, mentor=mentor, score=score) for mentee, mentor, score in version.pairs],
        unmatched=[LeftOut(mentee=mentee, reason=sentence) for mentee, _code, sentence in version.unmatched],
    )


@router.get("/cohorts/{ref}/mentorships", response=list[MentorshipOut])
@coordinator
def list_mentorships(request: CoordinatorRequest, ref: str) -> list[MentorshipOut]:
    """List the mentorships of a cohort: that they are there and in which state, nothing of what is in them."""
    cohort = get_or_404(cohorts_run_by(request.person), ref=ref)
    mentorships = list(mentorships_run_by(request.person).filter(cohort=cohort))
    members: dict[tuple[int, str], list[str]] = {}
    for member in Member.objects.filter(mentorship__cohort=cohort).select_related("participant"):
        members.setdefault((member.mentorship_id, member.side), []).append(member.participant.ref)
    return [_mentorship(mentorship, members) for mentorship in mentorships]


def _mentorship(mentorship: Mentorship, members: dict[tuple[int, str], list[str]]) -> MentorshipOut:
    return MentorshipOut(
        ref=mentorship.ref,
        state=mentorship.state,
        introduced_at=mentorship.introduced_at,
        mentors=members.get((mentorship.pk, Side.MENTOR), []),
        mentees=members.get((mentorship.pk, Side.MENTEE), []),
    )
