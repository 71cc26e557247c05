"""The two kinds of link with which people answer an offer."""

from alongside.matching.answer_links import offer_of_token, request_of_token
from alongside.web.participant.by_link import naming

by_offer_link = naming(offer_of_token, lambda offer: offer.mentee)
by_request_link = naming(request_of_token, lambda asked: asked.mentor)
