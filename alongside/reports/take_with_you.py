"""All that one member of a mentorship may read there, in one file to take along: as text and as data.

Each package gives its part by one line in ``PARTS``; what somebody may read is the package's to say, not decided here.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.agreements.queries import acceptances_in, agreements_kept
from alongside.endings.queries import achievements_read_by, thanks_in
from alongside.exercises.queries import exercises_in, fillings_shown_to
from alongside.meetings.queries import agenda_of, meetings_of
from alongside.mentorships.models import Member
from alongside.messaging import shelf
from alongside.messaging.models import Stored
from alongside.messaging.queries import links_read_by, messages_read_by, versions_read_by
from alongside.notes.queries import notes_read_by
from alongside.plans.queries import actions_in, learnings_in, objectives_in, reviews_in
from alongside.questionnaires.definition import Definition
from alongside.reports.agreement_document import agreement_pdf
from alongside.reports.all_round_result import all_round_pdf, outcome_of
from alongside.reviews.queries import results_shown_to
from alongside.surveys.queries import responses_of

FORMAT = "alongside.mentorship/1"


@dataclass(frozen=True)
class Taker:
    """Who takes it along: a member, with everybody in the mentorship, at a moment."""

    me: Member
    members: Sequence[Member]
    at: datetime


@dataclass(frozen=True)
class Part:
    """What a package gives: rows of words and values under a name, and files beside them by path."""

    name: str
    title: str
    rows: Sequence[Mapping[str, Any]]
    files: Mapping[str, bytes]


def everything_of(me: Member, members: Sequence[Member], *, story: Iterable[Mapping[str, Any]], at: datetime) -> bytes:
    """Return a ZIP archive of what a member may read: ``everything.txt``, ``everything.json``, and files.

    :param story: what happened, as ``when``, ``title`` and ``text``.
    :raises NoScope: if the scope in force does not name the mentorship.
    """
    told = [{name: str(event[name]) for name in ("when", "title", "text") if event.get(name)} for event in story]
    parts = [Part("story", _("Story"), told, {}), *(give(Taker(me, members, at)) for give in PARTS)]
    data = {
        "format": FORMAT,
        "made_at": at.isoformat(),
        "programme": me.mentorship.programme.name,
        "for": me.participant.person.name,
        "members": [{"name": each.participant.person.name, "side": each.side} for each in members],
        **{part.name: part.rows for part in parts},
    }
    files = {path: made for part in parts for path, made in part.files.items()}
    text = "\n\n\n".join(_as_text(part) for part in parts if part.rows)
    return _zipped(
        {
            "everything.txt": f"{text}\n".encode(),
            "everything.json": json.dumps(data, ensure_ascii=False, indent=2).encode(),
            **files,
        },
        at,
    )


def agreements(taker: Taker) -> Part:
    """Give every version that was signed or can be, with who signed it, as text and as PDF; and the charter."""
    kept = list(agreements_kept(taker.me.mentorship))
    rows = [
        {
            "version": agreement.version,
            "fingerprint": agreement.fingerprint,
            "signed_at": _moment(agreement.signed_at),
            "signatures": [f"{each.name}, {_moment(each.signed_at)}" for each in agreement.signatures.all()],
            "text": agreement.text,
        }
        for agreement in kept
    ]
    charters = {each.fingerprint: each.text.encode() for each in acceptances_in(taker.me.mentorship)}
    files = {f"agreement-{each.version}.pdf": agreement_pdf(each, at=taker.at) for each in kept}
    files |= {f"charter-{mark[:8]}.txt": text for mark, text in charters.items()}
    return Part("agreements", _("Agreements"), rows, files)


def messages(taker: Taker) -> Part:
    """Give the messages this member may read, and the files that came with them."""
    rows: list[dict[str, Any]] = []
    files: dict[str, bytes] = {}
    for message in messages_read_by(taker.me):
        names = {f"messages/{file.ref}-{_file_name(file.name)}": file for file in message.attachments.all()}
        files |= {path: content for path, file in names.items() if (content := _content(file)) is not None}
        rows.append(
            {
                "written": _moment(message.written_at),
                "by": _name(message.author),
                "message": "" if message.deleted_at else message.text,
                "deleted": bool(message.deleted_at),
                "files": list(names),
            }
        )
    return Part("messages", _("Messages"), rows, files)


def documents(taker: Taker) -> Part:
    """Give the documents this member may read, every version of each, and the links."""
    rows: list[dict[str, Any]] = []
    files: dict[str, bytes] = {}
    for version in versions_read_by(taker.me):
        title = version.document.title
        path = f"documents/{version.document.ref}-{version.number}-{_file_name(title)}.{version.kind.extension}"
        content = _content(version)
        if content is not None:
            files[path] = content
        added = {"added": _moment(version.added_at), "by": _name(version.author), "file": path}
        rows.append({"document": title, "version": version.number, **added})
    rows += [{"link": row.url, "title": row.title, "by": _name(row.author)} for row in links_read_by(taker.me)]
    return Part("documents", _("Documents and links"), rows, files)


def meetings(taker: Taker) -> Part:
    """Give the meetings, with where they were and what they were to be about, and what this member said of each."""
    rows = [
        {
            "meeting": _moment(meeting.starts_at),
            "state": meeting.state,
            "minutes": meeting.minutes,
            "how": meeting.mode,
            "place": meeting.place,
            "link": meeting.link,
            "agenda": agenda.text if (agenda := agenda_of(meeting)) else "",
            "i_found_it_useful": [said.useful for said in meeting.said.all() if said.member_id == taker.me.pk],
        }
        for meeting in meetings_of([taker.me.mentorship])
    ]
    return Part("meetings", _("Meetings"), rows, {})


def _file_name(words: str) -> str:
    """Return words as part of a path in the archive: without slashes, dots or anything else that leads elsewhere."""
    return re.sub(r"[^\w .-]+|\.{2,}", "_", words).strip(" .")[:80] or "file"


def _content(file: Stored) -> bytes | None:
    """Return what is in a file, None where it has gone from the disk."""
    try:
        return shelf.take(file.path, key=file.mentorship.key)
    except FileNotFoundError:
        return None


def plan(taker: Taker) -> Part:
    """Give the objectives with every look at them, the actions, and what else was learned."""
    mentorship = taker.me.mentorship
    objectives = [
        {"objective": row.what, "how_known": row.how_known, "by": _day(row.by_when), "state": row.state}
        for row in objectives_in(mentorship)
    ]
    looks = [
        {"looked": _moment(row.at), "by": _name(row.author), "outcome": row.outcome, "note": row.note}
        for row in reviews_in(mentorship)
    ]
    actions = [
        {
            "action": row.what,
            "who": _name(row.who) if row.who else "",
            "by": _day(row.by_when),
            "done": _moment(row.done_at),
        }
        for row in actions_in(mentorship)
    ]
    learned = [
        {"learned": row.learned, "used": row.used, "by": _name(row.author), "on": _moment(row.at)}
        for row in learnings_in(mentorship)
    ]
    return Part("plan", _("Plan"), [*objectives, *looks, *actions, *learned], {})


def notes(taker: Taker) -> Part:
    """Give the notes this member may read."""
    rows = [
        {"written": _moment(note.written_at), "by": _name(note.author), "record": note.is_record, "note": note.text}
        for note in notes_read_by(taker.me)
    ]
    return Part("notes", _("Notes"), rows, {})


def exercises(taker: Taker) -> Part:
    """Give what this member may read of what was answered."""
    rows = [
        {
            "exercise": exercise.definition.title,
            "answered_by": _name(filling.member),
            "answers": _said(exercise.definition, filling.answers),
        }
        for exercise in exercises_in([taker.me.mentorship])
        for filling in fillings_shown_to(taker.me, exercise, taker.members)
    ]
    return Part("exercises", _("Exercises"), rows, {})


def surveys(taker: Taker) -> Part:
    """Give what this member answered to the surveys of the programme."""
    rows = [
        {
            "survey": response.definition.title,
            "asked": _moment(response.asked_at),
            "answers": _said(response.definition, response.answers),
        }
        for response in responses_of(taker.me)
    ]
    return Part("surveys", _("Surveys"), rows, {})


def reviews(taker: Taker) -> Part:
    """Give what came of each 360-degree review that this member may read, as text and as PDF; never single answers."""
    rows: list[dict[str, Any]] = []
    files: dict[str, bytes] = {}
    for review in results_shown_to(taker.me):
        found, path = outcome_of(review), f"reviews/{review.ref}.pdf"
        files[path] = all_round_pdf(review, at=taker.at)
        names = [voice.title for voice in found.voices]
        figures = {
            row.role.title: [
                f"{name}: {each}" for name, each in zip(names, row.figures, strict=True) if each is not None
            ]
            for row in found.roles
        }
        words = {f"{said.question} ({said.voice})": list(said.words) for said in found.said}
        rows.append(
            {"review": review.definition.title, "about": _name(review.mentee), "file": path, **figures, **words}
        )
    return Part("reviews", _("360-degree reviews"), rows, files)


def endings(taker: Taker) -> Part:
    """Give what was achieved, as far as this member may read it, and the thanks."""
    achieved = [{"achieved_by": _name(row.author), "text": row.text} for row in achievements_read_by(taker.me)]
    thanks = [{"thanks_from": _name(row.author), "text": row.text} for row in thanks_in(taker.me.mentorship)]
    return Part("ending", _("Ending"), [*achieved, *thanks], {})


PARTS: tuple[Callable[[Taker], Part], ...] = (
    agreements,
    meetings,
    plan,
    messages,
    documents,
    notes,
    exercises,
    reviews,
    surveys,
    endings,
)
"""What each package gives, in the order of the text."""


def _said(definition: Definition, answers: Mapping[str, Any]) -> list[str]:
    """Return each question that was answered with its answer in words."""
    asked = [question for question in definition.questions if question.id in answers]
    return [f"{question.text}: {question.label(answers[question.id])}" for question in asked]


def _as_text(part: Part) -> str:
    rows = (
        "\n".join(_line(name, value) for name, value in row.items() if value not in ("", None)) for row in part.rows
    )
    return "\n\n".join([f"{part.title}\n{'=' * len(part.title)}", *rows])


def _line(name: str, value: Any) -> str:
    words = name.replace("_", " ")
    if isinstance(value, list):
        return "\n".join([f"{words}:", *(f"  {each}" for each in value)])
    return f"{words}:\n{value}" if "\n" in str(value) else f"{words}: {value}"


def _zipped(files: Mapping[str, bytes], at: datetime) -> bytes:
    made, local = BytesIO(), timezone.localtime(at)
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(ZipInfo(path, local.timetuple()[:6]), content, ZIP_DEFLATED)
    return made.getvalue()


def _name(member: Member) -> str:
    return str(member.participant.person.name)


def _moment(at: datetime | None) -> str:
    return timezone.localtime(at).isoformat(timespec="minutes") if at else ""


def _day(day: Any) -> str:
    return day.isoformat() if day else ""
