from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models import Max, Prefetch, Q, QuerySet

from alongside.agreements.models import Acceptance, Agreement, Draft, Signature
from alongside.mentorships.models import Member, Mentorship


def agreements_in(mentorships: Iterable[Mentorship]) -> QuerySet[Agreement]:
    """The versions of the agreements of some mentorships with who signed, the newest first."""
    rows = Agreement.objects.filter(mentorship__in=[each.pk for each in mentorships]).select_related("mentorship")
    signatures = Signature.objects.select_related("mentorship", "member__participant__person")
    rows = rows.select_related("proposed_by__participant__person").order_by("-version")
    return rows.prefetch_related(Prefetch("signatures", queryset=signatures))


def agreements_kept(mentorship: Mentorship) -> QuerySet[Agreement]:
    """The versions of an agreement that all signed, or that can be signed now."""
    return agreements_in([mentorship]).filter(Q(signed_at__isnull=False) | Q(replaced_at=None))


def agreement_to_sign(mentorship: Mentorship) -> Agreement | None:
    """The version that waits for signatures, if there is one."""
    return agreements_in([mentorship]).filter(signed_at=None, replaced_at=None).first()


def agreement_in_force(mentorship: Mentorship) -> Agreement | None:
    """The newest version that all have signed, if there is one."""
    return agreements_in([mentorship]).filter(signed_at__isnull=False).first()


def draft_in(mentorship: Mentorship) -> Draft | None:
    """What members have filled in so far, if they have begun."""
    found: Draft | None = Draft.objects.filter(mentorship=mentorship).select_related("mentorship").first()
    return found


def has_accepted(member: Member, fingerprint: str) -> bool:
    """Say whether a member has accepted the charter with this fingerprint."""
    return bool(Acceptance.objects.filter(member=member, fingerprint=fingerprint).exists())


def acceptances_in(mentorship: Mentorship) -> QuerySet[Acceptance]:
    rows = Acceptance.objects.filter(mentorship=mentorship)
    return rows.select_related("mentorship", "member__participant__person").order_by("accepted_at", "pk")


class Figures(NamedTuple):
    """The version of an agreement that is in force, and since when: all that a coordinator learns of it."""

    version: int
    signed_at: datetime


def figures_of(mentorships: Iterable[Mentorship]) -> dict[int, Figures]:
    """Say which version of their agreement mentorships have signed, by primary key; those without are not listed."""
    rows = Agreement.objects.filter(mentorship__in=[each.pk for each in mentorships], signed_at__isnull=False)
    counted = rows.order_by().values("mentorship").annotate(version=Max("version"), signed=Max("signed_at"))
    return {row["mentorship"]: Figures(row["version"], row["signed"]) for row in counted}
