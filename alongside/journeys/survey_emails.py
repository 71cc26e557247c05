"""The letters that ask members of a mentorship to answer a survey."""

from datetime import datetime

from django.utils.translation import gettext as _

from alongside.journeys.links import survey_link
from alongside.journeys.mentorship_emails import Letter, send
from alongside.journeys.their_words import in_their_words
from alongside.mentorships.models import Member
from alongside.questionnaires.definition import Definition, Shown
from alongside.questionnaires.speaking import for_reader
from alongside.surveys.models import Response


@in_their_words
def ask_survey(member: Member, response: Response, *, at: datetime) -> None:
    letter = _letter(member, response, _("It takes a few minutes. You need not sign in."))
    send("ask_survey", member, letter, at=at, action=(_("Answer"), survey_link(response, member)))


@in_their_words
def remind_of_survey(member: Member, response: Response, *, at: datetime) -> None:
    letter = _letter(member, response, _("We asked a week ago. We do not ask again."))
    send("remind_of_survey", member, letter, at=at, action=(_("Answer"), survey_link(response, member)))


def who_reads(definition: Definition) -> str:
    """Say who can see the answers to a survey, to stand after "Who can see this:"."""
    if definition.shown == Shown.COUNTED:
        return _("your coordinators, counted together with others and never as yours")
    return _("your coordinators, and nobody else in your mentorship")


def _letter(member: Member, response: Response, how: str) -> Letter:
    definition = for_reader(response.definition)
    words = {"programme": member.mentorship.programme.name, "title": definition.title}
    sees = _("Who can see your answers: %(readers)s.") % {"readers": who_reads(definition)}
    return Letter(_("%(programme)s asks: %(title)s") % words, [each for each in (definition.about, how, sees) if each])
