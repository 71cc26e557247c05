"""What the pages of an agreement show, and what it gives to the story of a mentorship."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.agreements.models import WORDS, Agreement, Draft
from alongside.agreements.queries import agreements_in, agreements_kept, draft_in
from alongside.agreements.wording import fingerprint, text_of
from alongside.mentorships.states import WORKING, MentorshipState
from alongside.printing.marked import blocks_of
from alongside.reports.agreement_document import standing
from alongside.web.participant.mentorship.here import Here
from alongside.web.participant.mentorship.pieces import Event, Step


def parts_of(text: str) -> list[dict[str, Any]]:
    """Return the parts of a text without its title, as text.html shows them: the items of a list together."""
    body = [block for block in blocks_of(text) if block.kind != "title"]
    return [{"kind": kind, "blocks": list(blocks)} for kind, blocks in groupby(body, key=lambda block: block.kind)]


def agreement_page(here: Here) -> dict[str, Any]:
    """Return what is in force, what waits for signatures, what came before, and how far a draft is."""
    kept = list(agreements_kept(here.mentorship))
    waiting = next((each for each in kept if each.is_open), None)
    signed = [each for each in kept if not each.is_open]
    draft = draft_in(here.mentorship)
    return {
        "in_force": _shown(signed[0]) if signed else None,
        "parts": parts_of(signed[0].text) if signed else [],
        "earlier": [_shown(each) for each in signed[1:]],
        "waiting": _shown(waiting) if waiting else None,
        "mine_is_missing": waiting is not None and not _has_signed(here, waiting),
        "signed": [signature.member.participant.person.name for signature in waiting.signatures.all()]
        if waiting
        else [],
        "draft": draft,
        "can_propose": draft is not None and here.mentorship.state in WORKING and _is_new(here, draft, kept),
        "sees": sees(here),
    }


def sees(here: Here) -> str:
    return _("%(members)s. The coordinators see which version you signed and when, never what it says") % {
        "members": here.members_in_words
    }


def theirs(draft: Draft) -> str:
    """Return what one of the others saved, to put beside what this member wrote."""
    return "\n\n".join(getattr(draft, name) for name in WORDS if getattr(draft, name))


def events(here: Here) -> Iterator[Event]:
    """Tell when they agreed."""
    url = reverse("mentorship_agreement", args=[here.mentorship.ref])
    for agreement in agreements_in([here.mentorship]):
        if agreement.signed_at:
            title = _("You agreed how you work together")
            if agreement.version > 1:
                title = _("You changed your agreement")
            yield Event(agreement.signed_at, title, standing(agreement), url=url)


def steps(heres: Sequence[Here], at: datetime) -> Iterator[Step]:
    """Ask to sign what waits for it, and to write an agreement where there is none."""
    working = [here for here in heres if here.mentorship.state in WORKING]
    waiting = {each.mentorship_id: each for each in agreements_in(here.mentorship for here in working) if each.is_open}
    for here in working:
        ref, agreement = here.mentorship.ref, waiting.get(here.mentorship.pk)
        words = {"others": here.others_in_words}
        if agreement and not _has_signed(here, agreement):
            yield Step(
                here.mentorship,
                _("Sign your agreement with %(others)s") % words,
                _("Read it, and sign it if it suits you. If something should be different, change it."),
                reverse("sign_agreement", args=[ref, agreement.ref]),
                _("Read and sign it"),
                weight=0,
            )
        elif agreement is None and here.mentorship.state == MentorshipState.GOING_ON:
            yield Step(
                here.mentorship,
                _("Agree how you work together"),
                _("What you want to work on, how often you meet, what stays between you. Most of it is written."),
                reverse("agreement_draft", args=[ref]),
                _("Fill in your agreement"),
            )


def _has_signed(here: Here, agreement: Agreement) -> bool:
    return any(signature.member_id == here.me.pk for signature in agreement.signatures.all())


def _shown(agreement: Agreement) -> dict[str, Any]:
    return {"row": agreement, "standing": standing(agreement), "signatures": list(agreement.signatures.all())}


def _is_new(here: Here, draft: Draft, kept: Sequence[Agreement]) -> bool:
    """Say whether what is filled in now differs from the newest version there is."""
    text = text_of(draft, here.members, here.mentorship.cohort)
    return not kept or (kept[0].fingerprint, kept[0].until) != (fingerprint(text), draft.until)
