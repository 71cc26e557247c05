"""What a mentor gave at an organisation: a record for their continuing professional development.

Nobody else's name stands in it: a mentor shows it to whom they like.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from alongside.meetings.queries import figures_of
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.queries import mentored_by
from alongside.organisations.models import Organisation
from alongside.people.models import Person
from alongside.printing.documents import Document, Fact, pdf
from alongside.printing.marked import Block

FORMAT = "alongside.mentors-record/1"


class Held(NamedTuple):
    """How many meetings were held in a mentorship, and how many minutes they took together, as far as is known."""

    meetings: int
    minutes: int


@dataclass(frozen=True)
class Line:
    """One mentorship of a mentor: in which programme, from their first meeting to the end, if it has ended."""

    programme: str
    started: date
    ended: date | None
    held: Held


@dataclass(frozen=True)
class MentorsRecord:
    """All that one mentor gave at one organisation."""

    mentor: str
    organisation: str
    lines: Sequence[Line]

    @property
    def meetings(self) -> int:
        return sum(line.held.meetings for line in self.lines)

    @property
    def minutes(self) -> int:
        return sum(line.held.minutes for line in self.lines)

    @property
    def started(self) -> date | None:
        return min((line.started for line in self.lines), default=None)

    @property
    def ended(self) -> date | None:
        """Return the last day, or None where one of them goes on."""
        days = [line.ended for line in self.lines]
        return None if None in days else max((day for day in days if day), default=None)

    @property
    def hours(self) -> str:
        """Say how many hours the meetings took: "13.5", or "not recorded"."""
        return f"{self.minutes / 60:.1f}".removesuffix(".0") if self.minutes else _("not recorded")


def meetings_held(mentorships: Sequence[Mentorship], *, at: datetime) -> dict[int, Held]:
    """Count the meetings of mentorships held by ``at``, by primary key, and how long they took together.

    That they met is one meeting, also where only a coordinator noted it and nobody said how long it was.
    """
    met = {each.pk: int(each.met_at is not None and each.met_at <= at) for each in mentorships}
    figures = figures_of(mentorships, at=at)
    return {pk: Held(max(figures[pk].held, first), figures[pk].minutes) for pk, first in met.items()}


def record_of(mentor: Person, organisation: Organisation, *, at: datetime) -> MentorsRecord:
    """Return what somebody gave as a mentor at an organisation; mentorships in which they never met do not count."""
    memberships = list(mentored_by(mentor, organisation))
    held = meetings_held([each.mentorship for each in memberships], at=at)
    return MentorsRecord(mentor.name, organisation.name, [_line(each, held) for each in memberships])


def record_pdf(record: MentorsRecord, *, at: datetime) -> bytes:
    """Return the record on paper."""
    return pdf(record_document(record, at=at), at=at)


def record_document(record: MentorsRecord, *, at: datetime) -> Document:
    """Return what stands on paper."""
    words = {"organisation": record.organisation, "mentor": record.mentor}
    programmes = dict.fromkeys(line.programme for line in record.lines)
    said = [
        _("%(organisation)s thanks %(mentor)s for time given as a mentor.") % words,
        _("Mentors here listen, ask, share what they know, and leave their mentees in charge. They keep to a charter."),
        _("This record can be used as evidence of continuing professional development (CPD)."),
    ]
    facts = [
        (_("Mentor"), record.mentor),
        (_("Organisation"), record.organisation),
        (ngettext("Programme", "Programmes", len(programmes)), "\n".join(programmes)),
        (_("From"), _day(record.started)),
        (_("To"), _day(record.ended) if record.ended else _("today; it goes on")),
        (_("Mentorships"), str(len(record.lines))),
        (_("Meetings"), str(record.meetings)),
        (_("Hours in meetings"), record.hours),
    ]
    return Document(
        title=_("Record of mentoring"),
        subtitle=record.mentor,
        blocks=[Block("paragraph", (line,)) for line in said],
        language=get_language() or "en",
        facts=[Fact(term, value) for term, value in facts],
        seal=_("Made on %(day)s from what was recorded in Alongside.") % {"day": _day(timezone.localtime(at).date())},
        page=_("Page"),
        of=_("of"),
    )


def record_json(record: MentorsRecord, *, at: datetime) -> bytes:
    """Return the record for other systems to read: UTF-8, days as in ISO 8601, lengths in minutes."""
    said: dict[str, Any] = {
        "format": FORMAT,
        "made_at": at.isoformat(),
        "mentor": record.mentor,
        "organisation": record.organisation,
        "meetings": record.meetings,
        "minutes": record.minutes or None,
        "mentorships": [
            {
                "programme": line.programme,
                "from": line.started.isoformat(),
                "to": line.ended.isoformat() if line.ended else None,
                "meetings": line.held.meetings,
                "minutes": line.held.minutes or None,
            }
            for line in record.lines
        ],
    }
    return json.dumps(said, ensure_ascii=False, indent=2).encode()


def _line(membership: Member, held: dict[int, Held]) -> Line:
    mentorship = membership.mentorship
    ended = membership.left_at or mentorship.ended_at
    return Line(
        mentorship.programme.name,
        timezone.localtime(mentorship.met_at).date(),
        timezone.localtime(ended).date() if ended else None,
        held.get(mentorship.pk, Held(0, 0)),
    )


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""
