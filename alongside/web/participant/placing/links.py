"""The link in an email to a volunteer."""

from alongside.placing.ask_links import ask_of_token
from alongside.web.participant.by_link import naming

by_ask_link = naming(ask_of_token, lambda ask: ask.volunteer.participant)
