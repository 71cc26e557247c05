"""The letters of a 360-degree review. Raters have no account; what they are asked is nobody else's business.

Those to raters belong to no programme, so that no coordinator finds them, and are deleted when the review closes.
"""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.journeys.links import rater_link, review_page
from alongside.journeys.mentorship_emails import Letter, send
from alongside.journeys.their_words import in_their_words
from alongside.mentorships.models import Member
from alongside.notifications.actions import write_email
from alongside.notifications.models import Email
from alongside.reviews.models import AllRoundReview, Rater


@in_their_words
def ask_rater(rater: Rater, *, at: datetime) -> Email:
    name = _asking(rater)
    letter = Letter(
        _("%(name)s asks how you see their work") % {"name": name},
        [
            (
                _("%(name)s works with others on how they lead, and would like to hear from people who see it.")
                if rater.mentorship.of_peers
                else _("%(name)s works with a mentor on how they lead, and would like to hear from people who see it.")
            )
            % {"name": name},
            _("It takes about ten minutes. You need no account.") + " " + _until(rater),
            _shown(rater),
            _("If you would rather not, say so on the same page: nobody is told that it was you."),
        ],
    )
    return _to_rater("ask_rater", rater, letter, _("Read what is asked"), at)


@in_their_words
def remind_rater(rater: Rater, *, at: datetime) -> Email:
    name = _asking(rater)
    letter = Letter(
        _("%(name)s would still like to hear from you") % {"name": name},
        [
            _("A week ago you were asked how you see the work of %(name)s.") % {"name": name} + " " + _until(rater),
            _shown(rater),
            _("We do not write again. If you would rather not, say so on the page, or do nothing."),
        ],
    )
    return _to_rater("remind_rater", rater, letter, _("Read what is asked"), at)


@in_their_words
def tell_review_is_ready(member: Member, review: AllRoundReview, *, at: datetime) -> None:
    letter = Letter(
        _("Your 360-degree review has closed"),
        [
            _("What those around you said is ready for you to read. Only you see it, unless you share it."),
            _("Take your time with it, and talk it over with the others in your mentorship if you like.")
            if member.mentorship.of_peers
            else _("Take your time with it, and bring it to your mentor if you like."),
        ],
    )
    send("tell_review_is_ready", member, letter, at=at, action=(_("Read it"), review_page(review)))


def _asking(rater: Rater) -> str:
    return str(rater.review.mentee.participant.person.name)


def _until(rater: Rater) -> str:
    closes = rater.review.closes_at
    return _("You can answer until %(day)s.") % {"day": date_format(closes, "l j F")} if closes else ""


def _shown(rater: Rater) -> str:
    """Say how far what they answer is seen as theirs."""
    group = rater.rater_group
    if group.at_least == 1:
        return _(
            "You are asked as “%(group)s”. Answers of this group are shown by themselves: "
            "%(name)s will know that they are yours."
        ) % {"group": group.title, "name": _asking(rater)}
    return _(
        "Your answers are shown only together with those of others, from %(least)s answers on. "
        "%(name)s does not learn who answered."
    ) % {"least": group.at_least, "name": _asking(rater)}


def _to_rater(kind: str, rater: Rater, letter: Letter, action: str, at: datetime) -> Email:
    operator = rater.mentorship.programme.organisation.name
    return write_email(
        kind,
        template="letter",
        to=rater.email,
        at=at,
        private=True,
        context={
            "person": rater,
            "letter": letter,
            "operator": operator,
            "why": _("You get this because %(name)s named you. Your address is used for nothing else, and deleted when "
                     "this closes.") % {"name": _asking(rater)},
            "action": {"label": action, "url": rater_link(rater)},
        },
    )  # fmt: skip
