"""The letters of placing volunteers: who gets which, with what. A no is as welcome as a yes, and nobody is blamed."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.journeys.links import answer_call_link, call_link, volunteering_link
from alongside.journeys.mentorship_emails import Letter
from alongside.journeys.their_words import in_their_words
from alongside.notifications.actions import write_email
from alongside.placing.models import Ask, Call, Placement, Volunteer
from alongside.placing.states import CallState
from alongside.programmes.models import Participant

Action = tuple[str, str]


def ask_volunteer(ask: Ask, *, at: datetime) -> None:
    _ask_volunteer(ask.volunteer.participant, ask, at=at)


@in_their_words
def _ask_volunteer(to: Participant, ask: Ask, *, at: datetime) -> None:
    words = about_call(ask.call)
    letter = Letter(
        _("%(organisation)s needs a mentor. Would you?") % words,
        [
            _("%(organisation)s looks for mentors in its programme %(programme)s, and we thought of you.") % words,
            _("What for: %(topics)s.") % words if words["topics"] else "",
            _("Where: %(where)s. They need somebody by %(needed_by)s.") % words,
            _("Say yes or no by %(due)s. A no is as welcome as a yes. Until you say yes, %(organisation)s does not "
              "learn who you are.") % {**words, "due": _day(ask.due_at, to)},
        ],
        quote=ask.call.words,
        quote_from=_("%(organisation)s writes:") % words,
    )  # fmt: skip
    send("ask_volunteer", to, letter, at=at, action=(_("Read more and say yes or no"), answer_call_link(ask)))


def remind_volunteer(ask: Ask, *, at: datetime) -> None:
    _remind_volunteer(ask.volunteer.participant, ask, at=at)


@in_their_words
def _remind_volunteer(to: Participant, ask: Ask, *, at: datetime) -> None:
    words = {**about_call(ask.call), "due": _day(ask.due_at, to)}
    letter = Letter(
        _("%(organisation)s needs a mentor: your answer by %(due)s") % words,
        [
            _("We asked you whether you would mentor with %(organisation)s. You can answer until %(due)s.") % words,
            _("If it does not suit you now, say no: then we ask somebody else, and you are asked again another time."),
        ],
    )
    send("remind_volunteer", to, letter, at=at, action=(_("Say yes or no"), answer_call_link(ask)))


def tell_not_needed(ask: Ask, *, at: datetime) -> None:
    _tell_not_needed(ask.volunteer.participant, ask, at=at)


@in_their_words
def _tell_not_needed(to: Participant, ask: Ask, *, at: datetime) -> None:
    words = about_call(ask.call)
    letter = Letter(
        _("No answer to %(organisation)s is needed any more") % words,
        [
            _("The question whether you would mentor with %(organisation)s is settled. You need not do anything.")
            % words,
            _("You stay on our list. We write again when somebody else needs a mentor like you."),
        ],
    )
    send("tell_not_needed", to, letter, at=at)


@in_their_words
def welcome_placed(to: Participant, placement: Placement, *, at: datetime) -> None:
    """Welcome a volunteer where they come to: what comes next there, and whom they turn to."""
    words = about_call(placement.call)
    left = ", ".join(gate.title for gate in to.gates_left)
    letter = Letter(
        _("Welcome to %(programme)s") % words,
        [
            _("Thank you for your yes. You are a mentor of %(programme)s at %(organisation)s now.") % words,
            _("Your training is recognised here. What you share came along; you need not tell it again."),
            _("Before they look for a mentee for you: %(steps)s. Your contact tells you how.") % {"steps": left}
            if left
            else _("You are ready. You get an email as soon as a mentee would like to work with you."),
        ],
    )
    send("welcome_placed", to, letter, at=at)


def tell_of_yes(ask: Ask, participant: Participant, *, at: datetime) -> None:
    """Tell whoever called that somebody said yes, with what they share and how to reach them."""
    call = ask.call
    name, email = participant.person.name, participant.person.email
    words = {**about_call(call), "name": name, "email": email, "trainer": ask.programme.organisation.name}
    letter = Letter(
        _("%(name)s says yes to %(programme)s") % words,
        [
            _("%(name)s, trained by %(trainer)s, would like to mentor in %(programme)s. Write to them: %(email)s.")
            % words,
            _("They are among the mentors of %(cohort)s now. Your own steps before matching hold for them too.")
            % {"cohort": call.cohort.name},
        ],
    )
    _to_caller("tell_of_yes", call, letter, at=at)


def tell_call_ended(call: Call, *, at: datetime) -> None:
    """Tell whoever called that nobody else comes, and what they can do."""
    words = {"trainer": call.to.organisation.name, "programme": call.programme.name}
    if call.state == CallState.DECLINED:
        said = _("%(trainer)s cannot find mentors for %(programme)s just now.") % words
    else:
        said = _("The day by which you needed mentors for %(programme)s has passed.") % words
    letter = Letter(
        _("Your call for mentors to %(trainer)s has ended") % words,
        [said, _("Who said yes stays with you. To go on looking, call again, or call somebody else.")],
        quote=call.answer,
        quote_from=_("%(trainer)s writes:") % words if call.answer else "",
    )
    _to_caller("tell_call_ended", call, letter, at=at)


def tell_trained(volunteer: Volunteer, *, at: datetime) -> None:
    _tell_trained(volunteer.participant, volunteer, at=at)


@in_their_words
def _tell_trained(to: Participant, volunteer: Volunteer, *, at: datetime) -> None:
    words = {"programme": to.programme.name, "until": _date(volunteer.valid_until), "hours": f"{volunteer.cpd_hours:g}"}
    letter = Letter(
        _("You are trained: %(programme)s") % words,
        [
            _("You have passed every step of %(programme)s, and are trained to its standard until %(until)s.") % words,
            _("It counts as %(hours)s hours of continuing professional development. Your certificate is on your page.")
            % words,
            _("Organisations that need mentors ask us, and we ask you, one question at a time. Your page always says "
              "where you stand, and what makes it likelier that you are asked."),
        ],
    )  # fmt: skip
    send("tell_trained", to, letter, at=at, action=(_("See where you stand"), volunteering_link(volunteer)))


def remind_to_refresh(volunteer: Volunteer, *, at: datetime) -> None:
    _remind_to_refresh(volunteer.participant, volunteer, at=at)


@in_their_words
def _remind_to_refresh(to: Participant, volunteer: Volunteer, *, at: datetime) -> None:
    words = {"until": _date(volunteer.valid_until), "programme": to.programme.name}
    letter = Letter(
        _("Your training holds until %(until)s") % words,
        [
            _("Your training in %(programme)s holds until %(until)s. After that you are not asked until it is "
              "refreshed. Your mentorships go on.") % words,
            _("Your contact tells you how it is refreshed."),
        ],
    )  # fmt: skip
    send("remind_to_refresh", to, letter, at=at, action=(_("See where you stand"), volunteering_link(volunteer)))


def send(kind: str, to: Participant, letter: Letter, *, at: datetime, action: Action | None = None) -> None:
    """Write to a volunteer, as a participant of the programme it is about."""
    with timezone.override(ZoneInfo(to.person.time_zone)):
        write_email(
            kind,
            template="letter",
            to=to.person.email,
            at=at,
            programme_id=to.programme_id,
            participant_id=to.pk,
            context={
                "person": to.person,
                "letter": letter,
                "contact": to.key_contact,
                "operator": to.programme.organisation.name,
                "why": _("You get this because you take part in %(programme)s.") % {"programme": to.programme.name},
                "action": {"label": action[0], "url": action[1]} if action else None,
            },
        )


def _to_caller(kind: str, call: Call, letter: Letter, *, at: datetime) -> None:
    """Write to whoever called; somebody who left is not written to, the page of the call says the same."""
    if call.called_by is None:
        return
    why = _("You get this because you called for mentors for %(programme)s.") % {"programme": call.programme.name}
    context: dict[str, Any] = {
        "person": call.called_by,
        "letter": letter,
        "operator": call.programme.organisation.name,
        "why": why,
        "action": {"label": _("Open the call"), "url": call_link(call)},
    }
    with timezone.override(ZoneInfo(call.called_by.time_zone)):
        write_email(
            kind, template="letter", to=call.called_by.email, at=at, programme_id=call.programme_id, context=context
        )


def about_call(call: Call) -> dict[str, str]:
    """Say of a call who makes it, what for, where, and by when."""
    place = call.place or _("not said")
    return {
        "organisation": call.programme.organisation.name,
        "programme": call.programme.name,
        "topics": ", ".join(call.topic_labels),
        "where": _("%(place)s, or at a distance") % {"place": place} if call.place and call.remote else
        _("at a distance") if call.remote else place,
        "needed_by": _date(call.needed_by),
        "wanted": ngettext("one mentor", "%(n)s mentors", call.wanted) % {"n": call.wanted},
    }  # fmt: skip


def _day(moment: datetime, to: Participant) -> str:
    return date_format(timezone.localtime(moment, ZoneInfo(to.person.time_zone)), "l j F")


def _date(day: date) -> str:
    return date_format(day, "j F Y")
