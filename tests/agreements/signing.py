"""Shorthand for tests about agreements: fill one in, propose it, sign it."""

from datetime import date, datetime

from alongside.agreements.actions import save_draft
from alongside.agreements.models import Agreement
from alongside.agreements.queries import agreements_in, draft_in
from alongside.agreements.wording import charter_of
from alongside.journeys.agree import propose_agreement, sign_agreement
from alongside.mentorships.models import Member, Mentorship
from tests.paired import SECRET
from tests.world import NOW

UNTIL = date(2026, 12, 31)


def proposed(by: Member, *, own: str = SECRET, until: date = UNTIL, at: datetime = NOW) -> Agreement:
    """Fill in a draft and propose it."""
    draft = draft_in(by.mentorship)
    words = {"objective": f"{SECRET} objective", "areas": "Hiring", "meeting": "At the bakery", "own": own}
    version = draft.version if draft else 0
    saved = save_draft(draft, by=by, version=version, until=until, words=words, at=at)
    return propose_agreement(saved, by=by, version=saved.version, at=at)


def signs(agreement: Agreement, by: Member, *, at: datetime = NOW) -> bool:
    """Sign as one who read all of it; say whether all have signed."""
    charter = charter_of(by.mentorship.cohort.rules)
    name = by.participant.person.name
    seen = agreement.fingerprint
    return sign_agreement(agreement, by=by, name=name, seen=seen, charter_seen=charter.fingerprint, at=at)


def agreed(*members: Member, own: str = SECRET, at: datetime = NOW) -> Agreement:
    """Propose an agreement and let all sign it."""
    agreement = proposed(members[0], own=own, at=at)
    for member in members:
        signs(agreement, member, at=at)
    return newest(members[0].mentorship)


def newest(mentorship: Mentorship) -> Agreement:
    found: Agreement = agreements_in([mentorship])[0]
    return found
