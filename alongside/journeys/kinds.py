"""Kinds of mentors: a mentee has one of each, all in one mentorship. What may be begun, and where it is begun."""

from django.utils.translation import gettext as _

from alongside.matching.models import Request
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.queries import members_of, provided_counts, running_of
from alongside.programmes.models import Participant
from alongside.programmes.states import Side


def hold_mentee(mentee: Participant) -> None:
    """Let nobody else give a mentee a mentor before the transaction ends; call it after `hold_places`."""
    Participant.objects.select_for_update().get(pk=mentee.pk)


def still_fits(request: Request) -> bool:
    """Tell whether the mentor of a request is of the kind that was offered, and not with the mentee already."""
    kind = request.offer.kind
    if not kind:
        return True
    return request.mentor.kind == kind and not _is_with(request.mentor, running_of(request.offer.mentee))


def mentorship_to_join(mentee: Participant, kind: str) -> Mentorship | None:
    """Return the running mentorship that a mentor of a kind is to join; None where a new one starts."""
    return running_of(mentee) if kind else None


def why_not_join(mentorship: Mentorship, participant: Participant) -> str:
    """Say in words what kinds of mentors have against somebody joining a mentorship; "" for nothing."""
    shape = mentorship.cohort.rules.shape
    if not shape.kinds:
        return ""
    members = members_of(mentorship)
    if participant.is_mentor:
        return _why_not_as_mentor(participant, members, shape.title_of(participant.kind))
    if running_of(participant):
        return _("%(name)s is in another mentorship here already.") % {"name": participant.person.name}
    return next(filter(None, (_has_one(participant, each.participant) for each in members if each.is_mentor)), "")


def _why_not_as_mentor(mentor: Participant, members: list[Member], title: str) -> str:
    name = mentor.person.name
    if not title:
        return _("It is not said which kind of mentor %(name)s is. Choose it on their page first.") % {"name": name}
    mentees = [each.participant for each in members if each.side == Side.MENTEE]
    return next(filter(None, (_has_one(mentee, mentor) for mentee in mentees)), "")


def _has_one(mentee: Participant, mentor: Participant) -> str:
    """Say that a mentee has as many mentors of this kind as they want; "" where they have not."""
    if provided_counts([mentee], mentor.kind).get(mentee.pk, 0) < mentee.capacity:
        return ""
    words = {"name": mentee.person.name, "kind": mentor.kind_title}
    return _("%(name)s has a mentor of this kind already: %(kind)s.") % words


def _is_with(mentor: Participant, mentorship: Mentorship | None) -> bool:
    """Tell whether somebody is or was in a mentorship: whoever left it does not come back."""
    rows = Member.objects.filter(mentorship=mentorship, participant__person=mentor.person_id)
    return mentorship is not None and bool(rows.exists())
