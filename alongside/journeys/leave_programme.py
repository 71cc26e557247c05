"""Somebody leaves a programme: whatever was asked of them, or of others because of them, is settled."""

from datetime import datetime

from django.db import transaction

from alongside.groups import actions as groups
from alongside.groups.models import Place
from alongside.journeys import emails
from alongside.journeys.ask_mentors import ask_next_mentor, serve_line
from alongside.journeys.place_volunteers import release_ask
from alongside.journeys.take_back_offer import take_back_offer
from alongside.matching import actions
from alongside.matching.models import Offer, Request
from alongside.matching.states import OFFERS_FOR_THE_COORDINATOR, OFFERS_IN_HAND, RequestState
from alongside.people.models import Person
from alongside.placing.queries import asks_open
from alongside.programmes.actions import withdraw_participant
from alongside.programmes.models import Participant


@transaction.atomic
def leave_programme(participant: Participant, *, by: Person, at: datetime) -> None:
    """Withdraw a participant. Mentees who wait for them are taken to their next choice."""
    withdraw_participant(participant, by=by, at=at)
    unsettled = OFFERS_IN_HAND | OFFERS_FOR_THE_COORDINATOR
    for offer in Offer.objects.filter(mentee=participant, state__in=unsettled):
        take_back_offer(offer, by=by, at=at)
    for request in Request.objects.filter(mentor=participant, state=RequestState.ASKED).select_related("offer"):
        actions.pass_over(request, at=at)
        emails.tell_mentor_no_longer_needed(request, at=at)
        ask_next_mentor(request.offer, at=at)
    for place in Place.objects.filter(participant=participant, in_hand=True).select_related("group__cohort"):
        groups.take_out(place.group, participant, by=by, at=at)
    for ask in asks_open().filter(volunteer__participant=participant):
        release_ask(ask, by=by, at=at)
    serve_line(participant, at=at)
