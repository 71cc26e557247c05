"""The letters of an assessment: who has it now, what they are asked to do, and what it came to. Reasons stay inside."""

from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.assessments.clocks import DAYS_TO_APPEAL, DAYS_TO_SCORE
from alongside.assessments.models import Assessment
from alongside.assessments.states import Due, Outcome
from alongside.journeys.mentorship_emails import Letter
from alongside.mentorships.clocks import ZONE
from alongside.notifications.actions import write_email
from alongside.people.models import Person


class Page(NamedTuple):
    """A page that a letter leads to."""

    name: str
    words: str


def tell_it_was_sent(person: Person, assessment: Assessment, *, at: datetime) -> None:
    letter = Letter(
        _("%(organisation)s asks to be assessed") % _words(assessment),
        [
            _("%(organisation)s has sent its self-assessment by “%(standard)s”.") % _words(assessment),
            _("Name two people who score it, each alone. They need no part in your network."),
        ],
    )
    _write("tell_it_was_sent", person, assessment, letter, at, _for_steward())


def tell_it_was_sent_back(person: Person, assessment: Assessment, *, at: datetime) -> None:
    letter = Letter(
        _("Your assessment: something is missing before it is scored"),
        [
            _("A steward of %(network)s has looked at your assessment by “%(standard)s” and asks for more.")
            % _words(assessment),
            _("What you wrote is all there. Add to it, then send it again."),
        ],
        quote=assessment.sent_back,
        quote_from=_("They write:"),
    )
    _write("tell_it_was_sent_back", person, assessment, letter, at, _for_coordinator())


def ask_to_score(person: Person, assessment: Assessment, *, at: datetime) -> None:
    """Ask somebody to be an assessor; nothing of what the organisation wrote is in the letter."""
    letter = Letter(
        _("Would you assess %(organisation)s?") % _words(assessment),
        [
            _("%(network)s asks you to be one of two who assess %(organisation)s by “%(standard)s”.")
            % _words(assessment),
            _("First say whether you have a conflict of interest: whether you work for them, with them or against "
              "them, or are close to somebody who does. If so, somebody else is asked."),
            _("Then you read what they wrote and what shows it, and score each criterion. You do not see what the "
              "other makes of it until you both have handed in. You have %(days)s days.") % {"days": DAYS_TO_SCORE},
            _("You sign in with this address; a code is sent to it."),
        ],
    )  # fmt: skip
    _write("ask_to_score", person, assessment, letter, at, _for_assessor())


def tell_assessor_not_needed(person: Person, assessment: Assessment, *, at: datetime) -> None:
    letter = Letter(
        _("You need not assess %(organisation)s any more") % _words(assessment),
        [_("The question whether you would assess %(organisation)s is settled. What you noted is deleted. Thank you.")
         % _words(assessment)],
    )  # fmt: skip
    _write("tell_assessor_not_needed", person, assessment, letter, at, None)


def tell_assessor_is_missing(person: Person, assessment: Assessment, *, at: datetime) -> None:
    letter = Letter(
        _("%(organisation)s: somebody else is wanted to score it") % _words(assessment),
        [
            _("One of the two who were asked has a conflict of interest, and scores nothing.") % _words(assessment),
            _("Ask somebody else. The time to score begins again when there are two."),
        ],
    )
    _write("tell_assessor_is_missing", person, assessment, letter, at, _for_steward())


def tell_both_have_scored(person: Person, assessment: Assessment, *, at: datetime) -> None:
    letter = Letter(
        _("%(organisation)s: both have scored") % _words(assessment),
        [
            _("Both assessors of %(organisation)s have handed in. You see their scores side by side.")
            % _words(assessment),
            _("Where they differ, say which score counts and why. What it comes to follows from the standard."),
        ],
    )
    _write("tell_both_have_scored", person, assessment, letter, at, _for_steward())


def tell_decision(person: Person, assessment: Assessment, *, at: datetime) -> None:
    """Tell an organisation what it came to; why stands on the page."""
    letter = Letter(
        _("Your assessment is decided: %(outcome)s") % _words(assessment),
        [
            *_what_it_means(assessment),
            _("The reasons for each criterion are on the page. They stay between you and the network: the directory "
              "shows the outcome and its date, no more."),
            _("If you think it is wrong, you can appeal once, within %(days)s days.") % {"days": DAYS_TO_APPEAL},
        ],
        quote=assessment.words,
        quote_from=_("The network writes:") if assessment.words else "",
    )  # fmt: skip
    _write("tell_decision", person, assessment, letter, at, _for_coordinator())


def tell_of_appeal(person: Person, assessment: Assessment, *, at: datetime) -> None:
    letter = Letter(
        _("%(organisation)s appeals") % _words(assessment),
        [
            _("%(organisation)s appeals against what was decided by “%(standard)s”.") % _words(assessment),
            _("A steward who did not decide it looks at it again. Where there is no other, whoever decided does, and "
              "the page says so."),
        ],
    )  # fmt: skip
    _write("tell_of_appeal", person, assessment, letter, at, _for_steward())


def tell_appeal_decided(person: Person, assessment: Assessment, *, at: datetime) -> None:
    letter = Letter(
        _("Your appeal is decided: %(outcome)s") % _words(assessment),
        [*_what_it_means(assessment), _("The reasons are on the page. This decision is the last of this assessment.")],
        quote=assessment.appeal_words,
        quote_from=_("The network writes:") if assessment.appeal_words else "",
    )
    _write("tell_appeal_decided", person, assessment, letter, at, _for_coordinator())


def remind_of_assessment(person: Person, assessment: Assessment, *, due: Due, at: datetime) -> None:
    """Tell whoever has it what fell due, or soon will."""
    subject, said, page = REMINDERS[due](assessment)
    _write("remind_of_assessment", person, assessment, Letter(subject, [said]), at, page)


def _finish(assessment: Assessment) -> tuple[str, str, Page]:
    said = _("You began to assess %(organisation)s by “%(standard)s” two months ago. What you wrote is kept. Go on "
             "when it suits you, or withdraw it.")  # fmt: skip
    return _("Your self-assessment waits for you"), said % _words(assessment), _for_coordinator()


def _appoint(assessment: Assessment) -> tuple[str, str, Page]:
    said = _("%(organisation)s has waited two weeks for two assessors. Name them, or ask for what is missing.")
    return _("%(organisation)s waits for assessors") % _words(assessment), said % _words(assessment), _for_steward()


def _score_soon(assessment: Assessment) -> tuple[str, str, Page]:
    said = _("In one week your scores of %(organisation)s are due. If you cannot, tell us, and somebody else is asked.")
    return _("Your scores are due in a week"), said % _words(assessment), _for_assessor()


def _score(assessment: Assessment) -> tuple[str, str, Page]:
    said = _("The scores of %(organisation)s by “%(standard)s” were due today and are not all in. They can still be "
             "handed in; a steward can also ask somebody else.")  # fmt: skip
    return _("Scores of %(organisation)s are due") % _words(assessment), said % _words(assessment), _open()


def _moderate(assessment: Assessment) -> tuple[str, str, Page]:
    said = _("Both assessors of %(organisation)s handed in two weeks ago. It waits for a decision.")
    return _("%(organisation)s waits for a decision") % _words(assessment), said % _words(assessment), _for_steward()


def _answer_appeal(assessment: Assessment) -> tuple[str, str, Page]:
    said = _("%(organisation)s appealed three weeks ago. It waits for an answer.")
    return _("An appeal waits for an answer"), said % _words(assessment), _for_steward()


def _conditions_soon(assessment: Assessment) -> tuple[str, str, Page]:
    said = _("Your conditions by “%(standard)s” hold until %(until)s. Begin again when you have put right what the "
             "plan says: your words are there already. Without it you stay in the directory as not "
             "assessed.")  # fmt: skip
    return _("Your conditions end on %(until)s") % _words(assessment), said % _words(assessment), _for_coordinator()


def _again_soon(assessment: Assessment) -> tuple[str, str, Page]:
    said = _("Your assessment by “%(standard)s” holds until %(until)s. To be assessed again takes some weeks. Begin "
             "now: your words are there already.")  # fmt: skip
    return (
        _("Your assessment holds until %(until)s") % _words(assessment),
        said % _words(assessment),
        _for_coordinator(),
    )


def _declare_soon(assessment: Assessment) -> tuple[str, str, Page]:
    said = _("Once a year you say that you still work as you were assessed, and what has changed. By “%(standard)s” "
             "that is due by %(declare_by)s, and takes a minute.")  # fmt: skip
    return _("Your yearly declaration"), said % _words(assessment), _for_coordinator()


def _declare(assessment: Assessment) -> tuple[str, str, Page]:
    said = _("Your yearly declaration by “%(standard)s” was due on %(declare_by)s. It can be made for 60 days more; "
             "after that the assessment no longer holds.")  # fmt: skip
    return _("Your yearly declaration is due"), said % _words(assessment), _for_coordinator()


def _not_declared(assessment: Assessment) -> tuple[str, str, Page]:
    said = _("No yearly declaration of %(organisation)s came, so its assessment by “%(standard)s” no longer holds. It "
             "stays in the directory, as not assessed, and can be assessed again at any time.")  # fmt: skip
    return (
        _("%(organisation)s: the assessment no longer holds") % _words(assessment),
        said % _words(assessment),
        _open(),
    )


def _runs_out(assessment: Assessment) -> tuple[str, str, Page]:
    said = _("The assessment of %(organisation)s by “%(standard)s” held until today. It stays in the directory, as not "
             "assessed, and can be assessed again at any time.")  # fmt: skip
    return _("%(organisation)s: the assessment has run out") % _words(assessment), said % _words(assessment), _open()


REMINDERS = {
    Due.FINISH: _finish,
    Due.APPOINT: _appoint,
    Due.SCORE_SOON: _score_soon,
    Due.SCORE: _score,
    Due.MODERATE: _moderate,
    Due.ANSWER_APPEAL: _answer_appeal,
    Due.CONDITIONS_SOON: _conditions_soon,
    Due.AGAIN_SOON: _again_soon,
    Due.DECLARE_SOON: _declare_soon,
    Due.DECLARE: _declare,
    Due.NOT_DECLARED: _not_declared,
    Due.RUNS_OUT: _runs_out,
}


def _what_it_means(assessment: Assessment) -> list[str]:
    words = _words(assessment)
    if assessment.outcome == Outcome.ASSESSED:
        return [_("%(organisation)s is assessed by “%(standard)s”. It holds until %(until)s.") % words]
    if assessment.outcome == Outcome.CONDITIONAL:
        said = _("%(organisation)s is assessed with conditions by “%(standard)s”, until %(until)s. The plan on the "
                 "page says what is to be put right by then.")  # fmt: skip
        return [said % words]
    said = _("By “%(standard)s” %(organisation)s is not assessed for now. It stays visible in the directory, and you "
             "can begin again at any time.")  # fmt: skip
    return [said % words]


def outcome_words(assessment: Assessment) -> str:
    """Say in words what an assessment came to, with its level where the standard has levels."""
    if assessment.level_title:
        return _("assessed, %(level)s") % {"level": assessment.level_title}
    words = {
        Outcome.ASSESSED.value: _("assessed"),
        Outcome.CONDITIONAL.value: _("assessed with conditions"),
        Outcome.VISIBLE.value: _("visible, not assessed"),
    }
    return words.get(assessment.outcome, _("not decided yet"))


def _words(assessment: Assessment) -> dict[str, str]:
    return {
        "organisation": assessment.organisation.name,
        "network": assessment.organisation.network.name,
        "standard": assessment.standard.name,
        "outcome": outcome_words(assessment),
        "until": _date(assessment.holds_until),
        "declare_by": _date(assessment.declare_by),
    }


def _date(moment: datetime | None) -> str:
    return date_format(timezone.localtime(moment, ZoneInfo(ZONE)), "j F Y") if moment else ""


def _for_coordinator() -> Page:
    return Page("assessment", _("Open your assessment"))


def _for_steward() -> Page:
    return Page("stewarded_assessment", _("Open the assessment"))


def _for_assessor() -> Page:
    return Page("assessing", _("Sign in and open it"))


def _open() -> Page:
    return Page("home", _("Sign in"))


def _write(kind: str, person: Person, assessment: Assessment, letter: Letter, at: datetime, page: Page | None) -> None:
    """Write to one person. It names no programme and no participant: it stands in no coordinator's queue."""
    action = None
    if page:
        named = [] if page.name in ("home", "assessing") else [assessment.ref]
        action = {"label": page.words, "url": settings.SITE_URL + reverse(page.name, args=named)}
    context = {
        "person": person,
        "letter": letter,
        "operator": assessment.organisation.network.name,
        "why": _("You get this because of an assessment of %(organisation)s.") % _words(assessment),
        "action": action,
    }
    with timezone.override(ZoneInfo(person.time_zone)):
        write_email(kind, template="letter", to=person.email, at=at, context=context)
