"""Somebody becomes a mentor in a network: one address, one profile, and their help offered in several places."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.applications import applying
from alongside.applications.fills import known_answers
from alongside.applications.models import Application
from alongside.applications.queries import applications_of, open_to_mentors
from alongside.applications.states import ApplicationState
from alongside.directory.models import Offering
from alongside.enquiries.actions import Asked, add_word, begin_enquiry
from alongside.enquiries.queries import enquiry_of_thread
from alongside.enquiries.states import IN_HAND, EnquiryState, Wants
from alongside.finding.vocabulary import label
from alongside.journeys import become_mentor_emails as emails
from alongside.journeys.apply import begin
from alongside.journeys.enquire import confirm
from alongside.journeys.enquiry_emails import tell_enquiry_has_more
from alongside.kernel import scope
from alongside.kernel.links import BadLink
from alongside.mentors import actions
from alongside.mentors.begin_links import Beginning
from alongside.mentors.models import Approach, Invitation, Profile
from alongside.mentors.queries import approaches_of
from alongside.notifications.models import Email
from alongside.organisations.models import Network, Organisation
from alongside.people.actions import find_or_create_person, rename_person, set_mentor_capacity
from alongside.people.models import Person
from alongside.placing.actions import bring_training
from alongside.placing.models import Volunteer
from alongside.placing.queries import volunteerings_among, volunteerings_of
from alongside.placing.validity import day_of
from alongside.programmes.actions import update_participant
from alongside.programmes.models import Cohort, Participant
from alongside.programmes.queries import participations_of
from alongside.programmes.states import ParticipantState, Side

MOST_LETTERS = 3
WITHIN = timedelta(hours=1)
AT_ONCE = 5
"""Where one can offer help at once: as many enquiries as one address sends in a day."""


class NothingToSay(ValueError):
    """Say what is missing before a profile can be sent anywhere."""


def ask_to_begin(network: Network, *, name: str, email: str, chosen: str, at: datetime) -> None:
    """Send somebody the link with which they begin, three times an hour at most. Nothing of them is kept."""
    email = email.strip().lower()
    sent = Email.objects.filter(kind=emails.CONFIRM, to=email, queued_at__gt=at - WITHIN).count()
    if sent < MOST_LETTERS:
        emails.confirm_becoming(Beginning(network.ref, name, email, chosen), network, at=at)


@transaction.atomic
def begin_by_link(beginning: Beginning, *, at: datetime) -> Person:
    """Return the person who followed the link in their email, made now if there was none.

    :raises BadLink: if the network is gone.
    """
    if not Network.objects.filter(ref=beginning.network).exists():
        raise BadLink
    return find_or_create_person(email=beginning.email, name=beginning.name, at=at)


@transaction.atomic
def write_profile(
    person: Person,
    network: Network,
    said: Mapping[str, Any],
    *,
    name: str,
    capacity: int | None,
    shown: bool,
    at: datetime,
) -> Profile:
    """Save what a mentor says of themselves, how many mentees they take in all, and whether they may be found."""
    profile = actions.write_profile(person, network, said, at=at)
    actions.let_be_found(profile, agreed=shown, at=at)
    rename_person(person, name=name, time_zone=person.time_zone)
    set_mentor_capacity(person, capacity)
    return profile


def doors_of(offerings: Iterable[Offering], *, at: datetime) -> dict[int, Cohort]:
    """Return, of these offerings, where a mentor can apply here and now, by primary key; elsewhere one enquires."""
    rows = [each for each in offerings if each.programme_id]
    cohorts = open_to_mentors([each.programme_id for each in rows if each.programme_id], at=at)
    return {each.pk: cohorts[each.programme_id] for each in rows if each.programme_id in cohorts}


@transaction.atomic
def offer_help(profile: Profile, offerings: Sequence[Offering], *, at: datetime) -> list[Approach]:
    """Offer a mentor's help in several places: an application is begun where one can apply, elsewhere they enquire.

    Nothing is typed again; a training that holds goes along. Where they asked already, nothing is sent twice.

    :raises NothingToSay: if the profile says too little, or too many were chosen.
    :raises TooMany: if as many enquiries went from their address today as one person sends.
    """
    if not profile.topics:
        raise NothingToSay(_("Say first, in your profile, what you can help with."))
    if len(offerings) > AT_ONCE:
        raise NothingToSay(_("Choose five at most at once. You can offer your help to others tomorrow."))
    doors = doors_of(offerings, at=at)
    return [
        _apply(profile, each, doors[each.pk], at=at) if each.pk in doors else _enquire(profile, each, at=at)
        for each in offerings
    ]


@transaction.atomic
def update_there(approach: Approach, *, at: datetime) -> None:
    """Send one place what the profile says now: into the application that is being written, to whoever took them on,
    or as a word added to the enquiry.

    :raises NothingToSay: if what they sent there can be changed no more.
    """
    profile = approach.profile
    if not _update(approach, profile, at=at):
        raise NothingToSay(_("What you sent there cannot be changed just now. Tell them when you hear from them."))
    actions.mark_told(approach, at=at)


def can_update(approach: Approach, mine: Mapping[int, Participant], *, threads: Mapping[str, str]) -> bool:
    """Tell whether a place can get what changed in the profile since it last did.

    :param mine: a person's participations as a mentor, by the primary key of the cohort.
    :param threads: the states of their enquiries by thread.
    """
    if approach.told_at >= approach.profile.changed_at:
        return False
    if approach.application is None:
        return threads.get(approach.enquiry_thread, "") in IN_HAND
    if approach.application.state == ApplicationState.BEGUN:
        return True
    return approach.application.state == ApplicationState.ACCEPTED and approach.application.cohort_id in mine


@transaction.atomic
def invite(profile: Profile, organisation: Organisation, words: str, *, by: Person, at: datetime) -> Invitation:
    """Ask a mentor who agreed to be found whether they would help; who they are is not said before their yes.

    :raises CannotAsk: if they cannot be asked.
    """
    invitation = actions.invite(profile, organisation, words, by=by, at=at)
    emails.invite_mentor(invitation, at=at)
    return invitation


@transaction.atomic
def answer_invitation(invitation: Invitation, move: str, *, at: datetime) -> None:
    """Note a mentor's answer; with a yes whoever asked learns who they are."""
    with scope.within(scope.Scope.of(organisations=[invitation.organisation_id])):
        actions.answer_invitation(invitation, move, at=at)
    if invitation.accepted:
        emails.tell_mentor_says_yes(invitation, at=at)


def delete_profile(person: Person) -> None:
    """Delete a mentor's profile, and the list of where it went. What they sent stays, each by its own rules."""
    actions.delete_profile(person)


def trainings_that_hold(person: Person, *, at: datetime) -> list[Volunteer]:
    """Return the trainings of a person that hold today, the one that holds longest first."""
    today = day_of(at)
    rows = volunteerings_of(person).filter(participant__state=ParticipantState.READY, valid_until__gte=today)
    return list(rows.order_by("-valid_until", "pk"))


def trainings_shown(people: Iterable[int], *, at: datetime) -> dict[int, list[Volunteer]]:
    """Return the trainings that hold of people who agreed to be found, by the primary key of the person."""
    found: dict[int, list[Volunteer]] = {}
    for each in volunteerings_among(people).filter(valid_until__gte=day_of(at)):
        found.setdefault(each.participant.person_id, []).append(each)
    return found


def told_of(profile: Profile) -> dict[str, Any]:
    """Return what a profile says, as fields of a participant."""
    return {
        "name": profile.person.name,
        "job_title": profile.job_title,
        "employer": profile.employer,
        "place": profile.place,
        "topics": [[topic, 1.0] for topic in profile.topics],
        "sector": profile.sectors[0] if profile.sectors else "",
        "languages": profile.languages,
        "remote": profile.online,
        "max_km": profile.max_km,
        "availability": profile.availability,
        "about": profile.about,
    }


def words_of(profile: Profile, *, trainings: Sequence[Volunteer] = ()) -> str:
    """Write a profile as an enquiry says it."""
    lines = [
        ", ".join(filter(None, [profile.job_title, profile.employer])),
        _("I can help with: %(topics)s.") % {"topics": ", ".join(label("topics", each) for each in profile.topics)},
        profile.about,
        *(_trained(each) for each in trainings),
    ]
    return "\n\n".join(line for line in lines if line)[:3000]


def _trained(volunteer: Volunteer) -> str:
    words = {
        "organisation": volunteer.programme.organisation.name,
        "training": volunteer.programme.name,
        "until": f"{volunteer.valid_until:%-d %B %Y}",
    }
    return _("I was trained by %(organisation)s (%(training)s). The training holds until %(until)s.") % words


def _apply(profile: Profile, offering: Offering, cohort: Cohort, *, at: datetime) -> Approach:
    with scope.within(scope.Scope.of(programmes=[cohort.programme_id])):
        application = begin(cohort, profile.person, Side.MENTOR, told=told_of(profile), at=at)
        for training in trainings_that_hold(profile.person, at=at)[:1]:
            bring_training(application, training, at=at)
    return actions.note_approach(
        profile, offering.listing.organisation, name=offering.name, application=application, at=at
    )


def _enquire(profile: Profile, offering: Offering, *, at: datetime) -> Approach:
    organisation = offering.listing.organisation
    before = _asked_before(profile, organisation)
    if before:
        return before
    trainings = trainings_that_hold(profile.person, at=at)
    asked = Asked(
        name=profile.person.name,
        email=profile.person.email,
        words=words_of(profile, trainings=trainings),
        side=Wants.MENTOR.value,
        topics=tuple(profile.topics),
        sectors=tuple(profile.sectors),
        place=profile.place,
        region=profile.region,
        online=profile.online,
        languages=tuple(profile.languages),
    )
    with scope.within(scope.Scope.of(organisations=[organisation.pk])):
        enquiry = begin_enquiry(asked, network=organisation.network, organisation=organisation, at=at)
        if enquiry.state == EnquiryState.UNCONFIRMED:  # their address is confirmed: they signed in with it
            enquiry = confirm(enquiry, at=at)
    return actions.note_approach(profile, organisation, name=organisation.name, enquiry_thread=enquiry.thread, at=at)


def _asked_before(profile: Profile, organisation: Organisation) -> Approach | None:
    for approach in approaches_of(profile.person).filter(organisation=organisation).exclude(enquiry_thread=""):
        enquiry = enquiry_of_thread(approach.enquiry_thread)
        if enquiry and enquiry.state in IN_HAND | {EnquiryState.UNCONFIRMED, EnquiryState.HELD}:
            return approach
    return None


def _update(approach: Approach, profile: Profile, *, at: datetime) -> bool:
    application = approach.application
    if application is None:
        return _add_to_enquiry(approach, profile, at=at)
    with scope.within(scope.Scope.of(programmes=[application.programme_id])):
        if application.state == ApplicationState.BEGUN:
            _fill_again(application, profile, at=at)
            return True
        participant = participations_of(profile.person).filter(cohort=application.cohort_id, side=Side.MENTOR).first()
        if application.state != ApplicationState.ACCEPTED or participant is None:
            return False
        update_participant(participant, by=profile.person, at=at, **_known_there(profile, participant))
        return True


def _add_to_enquiry(approach: Approach, profile: Profile, *, at: datetime) -> bool:
    enquiry = enquiry_of_thread(approach.enquiry_thread)
    if enquiry is None or enquiry.state not in IN_HAND:
        return False
    where = (
        scope.Scope.of(organisations=[enquiry.organisation_id])
        if enquiry.organisation_id
        else scope.Scope.of(networks=[enquiry.network_id])
    )
    with scope.within(where):
        add_word(enquiry, _("My profile has changed. It says now:") + "\n\n" + words_of(profile), at=at)
        tell_enquiry_has_more(enquiry, at=at)
    return True


def _fill_again(application: Application, profile: Profile, *, at: datetime) -> None:
    said = {name: value for name, value in told_of(profile).items() if value not in (None, "", [])}
    answers = {**application.answers, **known_answers(application.definition, said)}
    applying.save_answers(application, answers, version=application.version, at=at)


def _known_there(profile: Profile, participant: Participant) -> dict[str, Any]:
    """What a programme that took them on gets: the fields that a profile says, as a participant has them."""
    told = told_of(profile)
    weights = dict(participant.topics)
    labels = [label("topics", each) for each in profile.topics]
    said = {name: told[name] for name in ("job_title", "employer", "place", "availability", "about", "remote")}
    said |= {
        "topics": [[each, weights.get(each, 1.0)] for each in labels],
        "languages": [label("languages", each) for each in profile.languages],
        "latitude": profile.latitude,
        "longitude": profile.longitude,
        "max_km": None if profile.max_km is None else float(profile.max_km),
    }
    return {name: value for name, value in said.items() if value not in (None, "", [])}


def open_applications_of(person: Person) -> dict[int, Application]:
    """Return a person's applications as a mentor that are open, by the primary key of the cohort."""
    rows = applications_of(person).filter(side=Side.MENTOR)
    return {each.cohort_id: each for each in rows if each.state in {"begun", "sent", "waiting"}}
