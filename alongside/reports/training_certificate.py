"""That somebody was trained to the standard of a programme, on paper: for their professional development."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alongside.placing.models import Volunteer
from alongside.printing.documents import Document, Fact, pdf
from alongside.printing.marked import Block


def certificate_pdf(volunteer: Volunteer, *, at: datetime) -> bytes:
    """Return the certificate on paper."""
    return pdf(certificate_of(volunteer, at=at), at=at)


def certificate_of(volunteer: Volunteer, *, at: datetime) -> Document:
    """Return what stands on paper: who was trained, by whom, in what, when, and until when it holds."""
    participant = volunteer.participant
    name, organisation = participant.person.name, participant.programme.organisation.name
    words = {"name": name, "organisation": organisation, "hours": f"{volunteer.cpd_hours:g}"}
    steps = [gate.title for gate in participant.cohort.rules.gates_of(participant.side)]
    facts = [
        (_("Trained"), name),
        (_("By"), organisation),
        (_("Programme"), participant.programme.name),
        (_("Steps passed"), "\n".join(steps)),
        (_("On"), _day(timezone.localtime(volunteer.trained_at).date())),
        (_("Refreshed on"), _day(timezone.localtime(volunteer.refreshed_at).date()) if volunteer.refreshed_at else ""),
        (_("Holds until"), _day(volunteer.valid_until)),
        (_("Hours of CPD"), words["hours"]),
    ]
    said = [
        _("%(name)s passed every step of the training for volunteer mentors of %(organisation)s.") % words,
        _("The training counts as %(hours)s hours of continuing professional development (CPD).") % words,
    ]
    return Document(
        title=_("Trained as a mentor"),
        subtitle=name,
        blocks=[Block("paragraph", (line,)) for line in said],
        language=get_language() or "en",
        facts=[Fact(term, value) for term, value in facts if value],
        seal=_("Made on %(day)s from what was recorded in Alongside.") % {"day": _day(timezone.localtime(at).date())},
        page=_("Page"),
        of=_("of"),
    )


def _day(day: date) -> str:
    return date_format(day, "j F Y")
