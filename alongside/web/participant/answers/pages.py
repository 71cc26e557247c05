"""What the two answering pages show, from an offer or a request in any state."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.matching.answer_links import offer_token, request_token
from alongside.matching.models import Offer, Request
from alongside.matching.profiles import Reason, line_about, reasons_shown
from alongside.matching.queries import with_people
from alongside.matching.states import OfferState, RequestState
from alongside.mentorships.queries import mentorship_of_pair
from alongside.programmes.availability import in_words
from alongside.programmes.models import Participant
from alongside.web.participant.answers.documents import to_read
from alongside.web.participant.answers.forms import NO_REASONS, RankForm, place_words
from alongside.web.shared.times import moment

GONE = {RequestState.DECLINED, RequestState.LAPSED, RequestState.PASSED_OVER}


def offer_with_people(offer: Offer) -> Offer:
    """The same offer with its mentors at hand."""
    return with_people(Offer.objects.filter(pk=offer.pk)).get()


def choice_page(offer: Offer, form: RankForm) -> dict[str, Any]:
    """What the page shows on which a mentee chooses."""
    requests = list(form.requests)
    papers = _papers([each.mentor for each in requests], "choose_document", offer_token(offer))
    return {
        "form": form,
        "mentors": [
            {**_card(request, form.typed(request)), "documents": papers.get(request.mentor_id, [])}
            for request in requests
        ],
        "places": [{"value": str(n), "label": place_words(n)} for n in range(1, len(requests) + 1)],
        "due": moment(offer.due_at),
        "late": offer.state == OfferState.LAPSED,
    }


def outcome_page(offer: Offer) -> dict[str, Any]:
    """What the page shows after a mentee has answered, or when nothing is asked any more."""
    wishes = sorted((request for request in offer.requests.all() if request.wish), key=lambda each: each.wish or 0)
    asked = next((request for request in wishes if request.state == RequestState.ASKED), None)
    accepted = next((request for request in wishes if request.state == RequestState.ACCEPTED), None)
    return {
        "state": offer.state,
        "wishes": [{"name": name_of(each.mentor, _("A mentor")), "words": _standing(each)} for each in wishes],
        "asked": name_of(asked.mentor, _("a mentor on your list")) if asked else "",
        "asked_until": moment(asked.due_at) if asked and asked.due_at else "",
        "introduction": introduction(accepted.mentor, offer.mentee, to=offer.mentee) if accepted else None,
        "contact": offer.mentee.key_contact,
    }


def answer_page(request: Request) -> dict[str, Any]:
    """What the page shows on which a mentor answers, and after."""
    mentee = request.offer.mentee
    page: dict[str, Any] = {"state": request.state, "contact": request.mentor.key_contact}
    page["kind_title"] = request.offer.kind_title
    if request.state == RequestState.ACCEPTED:
        page["introduction"] = introduction(request.mentor, mentee, to=request.mentor)
    if request.state == RequestState.ASKED:
        page["due"] = moment(request.due_at) if request.due_at else ""
        page["mentee"] = _person(mentee, _("A mentee"))
        page["facts"] = _facts(mentee)
        page["documents"] = _papers([mentee], "answer_document", request_token(request)).get(mentee.pk, [])
        page["reasons"] = [_bar(reason) for reason in reasons_shown(request, of=mentee)]
        page["no_reasons"] = [{"value": value, "label": label} for value, label in NO_REASONS.items()]
    return page


def _papers(participants: list[Participant], name: str, token: str) -> dict[int, list[dict[str, Any]]]:
    return to_read(participants, lambda ref: reverse(name, args=[token, ref]))


def introduction(mentor: Participant, mentee: Participant, *, to: Participant) -> dict[str, Any] | None:
    """The other's contact details and the first meeting; only where the two were introduced."""
    mentorship = mentorship_of_pair(mentor, mentee)
    if mentorship is None:
        return None
    other = mentee if to == mentor else mentor
    starts_at = mentorship.first_meeting_at
    return {
        "person": other.person,
        "role": other.side,
        "first_meeting": moment(starts_at) if starts_at else "",
    }


def name_of(participant: Participant, otherwise: str) -> str:
    """The name of somebody, where they share it before the introduction."""
    return str(participant.shared_profile.get("name", otherwise))


def _card(request: Request, rank: str) -> dict[str, Any]:
    card = _person(request.mentor, _("A mentor"))
    reasons = [reason.sentence for reason in reasons_shown(request, of=request.mentor)]
    return {**card, "id": request.ref, "reasons": reasons, "rank": rank, "facts": _facts(request.mentor)}


def _person(participant: Participant, otherwise: str) -> dict[str, Any]:
    profile = participant.shared_profile
    return {
        "name": profile.get("name", otherwise),
        "initials": participant.person.initials if "name" in profile else "",
        "about": line_about(profile),
        "words": profile.get("about", ""),
    }


def _facts(participant: Participant) -> list[dict[str, str]]:
    profile = participant.shared_profile
    topics = _("Can help with") if participant.is_mentor else _("Would like help with")
    facts = [
        (topics, profile.get("topics", [])),
        (_("Sector"), [profile["sector"]] if "sector" in profile else []),
        (_("Languages"), profile.get("languages", [])),
        (_("Can meet"), in_words(profile.get("availability", []))),
    ]
    return [{"term": term, "value": ", ".join(values)} for term, values in facts if values]


def _bar(reason: Reason) -> dict[str, Any]:
    points, out_of = round(reason.points / 100), round(reason.out_of / 100)
    return {**reason._asdict(), "points": points, "out_of": out_of}


def _standing(request: Request) -> str:
    """Where a wish stands, in words that blame nobody."""
    if request.state in GONE:
        return _("cannot take on someone new just now")
    words = {RequestState.ASKED: _("has been asked"), RequestState.ACCEPTED: _("said yes")}
    return words.get(RequestState(request.state), _("next on your list"))
