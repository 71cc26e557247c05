"""The letters that ask how a mentorship goes, and what became of it."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.evaluation.models import FollowUp, Pulse
from alongside.journeys.links import follow_up_link, pulse_link
from alongside.journeys.mentorship_emails import Letter, others_in_words, send
from alongside.journeys.their_words import in_their_words

SCALE = [
    (5, gettext_lazy("5: very well")),
    (4, gettext_lazy("4: well")),
    (3, gettext_lazy("3: so so")),
    (2, gettext_lazy("2: not so well")),
    (1, gettext_lazy("1: badly")),
]
USE = [
    (5, gettext_lazy("5: nearly every day")),
    (4, gettext_lazy("4: often")),
    (3, gettext_lazy("3: now and then")),
    (2, gettext_lazy("2: seldom")),
    (1, gettext_lazy("1: no longer")),
]


@in_their_words
def ask_pulse(pulse: Pulse, *, at: datetime) -> None:
    send("ask_pulse", pulse.member, _letter(pulse, _("It takes one click, and a second to send it.")), at=at)


@in_their_words
def remind_of_pulse(pulse: Pulse, *, at: datetime) -> None:
    send("remind_of_pulse", pulse.member, _letter(pulse, _("We asked a few days ago. We do not ask again.")), at=at)


@in_their_words
def ask_follow_up(follow_up: FollowUp, *, at: datetime) -> None:
    words = {"others": others_in_words(follow_up.member), "months": follow_up.months}
    letter = Letter(
        _("What came of your time with %(others)s?") % words,
        [
            _("Your mentorship with %(others)s ended %(months)d months ago. Three short questions: did it last?")
            % words,
            _("What do you still use of it?"),
        ],
        links=[(str(label), follow_up_link(follow_up, still_uses=value)) for value, label in USE],
    )
    send("ask_follow_up", follow_up.member, letter, at=at)


def _letter(pulse: Pulse, how: str) -> Letter:
    words = {"others": others_in_words(pulse.member)}
    return Letter(
        _("How is it going with %(others)s?") % words,
        [
            _("How is it going with %(others)s? %(how)s") % {**words, "how": how},
            _("Only your coordinators and you see your answer, never the others. You can ask for a call there too."),
        ],
        links=[(str(label), pulse_link(pulse, score=value)) for value, label in SCALE],
    )
