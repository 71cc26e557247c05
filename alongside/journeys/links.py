"""The addresses that emails carry."""

from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from alongside.agreements.models import Agreement
from alongside.evaluation.models import FollowUp, Pulse
from alongside.groups.answer_links import group_ask_token
from alongside.groups.models import Ask as GroupAsk
from alongside.matching.answer_links import offer_token, request_token
from alongside.matching.models import Offer, Request
from alongside.meetings.feed_links import feed_token
from alongside.meetings.models import Feed, Meeting, Option
from alongside.mentorships.member_links import member_token
from alongside.mentorships.models import Member, Mentorship
from alongside.people.email_links import emails_token
from alongside.people.models import Person
from alongside.people.states import EmailSort
from alongside.placing.ask_links import ask_token
from alongside.placing.models import Ask, Call, Volunteer
from alongside.reviews.models import AllRoundReview, Rater
from alongside.reviews.rater_links import rater_token
from alongside.surveys.models import Response


def choose_link(offer: Offer) -> str:
    return _absolute(reverse("choose", args=[offer_token(offer)]))


def answer_link(request: Request) -> str:
    return _absolute(reverse("answer", args=[request_token(request)]))


def together_link(ask: GroupAsk) -> str:
    return _absolute(reverse("together", args=[group_ask_token(ask)]))


def _absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def mentorship_link(mentorship: Mentorship, page: str = "mentorship") -> str:
    """The address of a page of a mentorship, for its members: they sign in."""
    return _absolute(reverse(page, args=[mentorship.ref]))


def going_on_link(member: Member) -> str:
    """The address at which a member says, without signing in, whether to go on."""
    return _absolute(reverse("going_on", args=[member_token("going_on", member.mentorship.ref, member)]))


def meeting_link(meeting: Meeting, member: Member, option: Option | None = None) -> str:
    """The address at which a member answers, without signing in, to the times of a meeting; one of them chosen."""
    path = reverse("meeting_answer", args=[member_token("meeting_answer", meeting.ref, member)])
    return _absolute(f"{path}?{urlencode({'yes': option.ref})}" if option else path)


def after_meeting_link(meeting: Meeting, member: Member, **chosen: str | int) -> str:
    """The address at which a member says, without signing in, how a meeting was; with this much chosen already."""
    path = reverse("meeting_after", args=[member_token("meeting_after", meeting.ref, member)])
    return _absolute(f"{path}?{urlencode(chosen)}" if chosen else path)


def meeting_page(meeting: Meeting) -> str:
    """The address of the page of a meeting, for members who sign in."""
    return _absolute(reverse("meeting", args=[meeting.mentorship.ref, meeting.ref]))


def feed_link(feed: Feed) -> str:
    """The secret address of somebody's calendar."""
    return _absolute(reverse("calendar_feed", args=[feed_token(feed)]))


def emails_link(person: Person, sort: EmailSort) -> str:
    """The address at which somebody turns one sort of their emails off, without signing in."""
    return _absolute(reverse("turn_off_emails", args=[emails_token(person, sort)]))


def sign_link(agreement: Agreement, member: Member) -> str:
    """The address at which a member reads a version of the agreement and signs it, without signing in."""
    return _absolute(reverse("sign", args=[member_token("sign", agreement.ref, member)]))


def pulse_link(pulse: Pulse, *, score: int) -> str:
    """The address at which a member says, without signing in, how it goes; with a number chosen already."""
    path = reverse("pulse", args=[member_token("pulse", pulse.ref, pulse.member)])
    return _absolute(f"{path}?{urlencode({'score': score})}")


def follow_up_link(follow_up: FollowUp, *, still_uses: int) -> str:
    """The address at which somebody says, without signing in, what became of it."""
    path = reverse("follow_up", args=[member_token("follow_up", follow_up.ref, follow_up.member)])
    return _absolute(f"{path}?{urlencode({'still_uses': still_uses})}")


def survey_link(response: Response, member: Member) -> str:
    """The address at which a member answers a survey, without signing in."""
    return _absolute(reverse("survey", args=[member_token("survey", response.ref, member)]))


def rater_link(rater: Rater) -> str:
    """The address at which somebody answers about a mentee, or declines, without an account."""
    return _absolute(reverse("rate", args=[rater_token(rater)]))


def review_page(review: AllRoundReview) -> str:
    """The address of the page of a 360-degree review, for the mentee, who signs in."""
    return _absolute(reverse("all_round_review", args=[review.mentorship.ref, review.ref]))


def answer_call_link(ask: Ask) -> str:
    """The address at which a volunteer says, without signing in, whether they would serve where they are called."""
    return _absolute(reverse("answer_call", args=[ask_token(ask)]))


def call_link(call: Call) -> str:
    """The address of the page of a call, for whoever made it."""
    return _absolute(reverse("call", args=[call.ref]))


def volunteering_link(volunteer: Volunteer) -> str:
    """The address of the page on which a volunteer sees where they stand; they sign in."""
    return _absolute(reverse("volunteering", args=[volunteer.ref]))
