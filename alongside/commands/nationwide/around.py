"""What happens around a made-up organisation: enquiries, its assessment, and what people looked for."""

import random
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from alongside.assessments import clocks as assessment_clocks
from alongside.assessments.models import Answer, Assessment, Assignment, Declaration, Final, Rung
from alongside.assessments.standards import newest
from alongside.assessments.states import AssessmentState, AssessorState, Outcome
from alongside.commands.nationwide.keeping import keep
from alongside.commands.nationwide.marginals import Marginals
from alongside.commands.nationwide.people import words
from alongside.directory.models import Search
from alongside.enquiries.clocks import ZONE, fallen_due
from alongside.enquiries.consents import NEWEST
from alongside.enquiries.models import Enquiry
from alongside.enquiries.states import KEPT_MONTHS, EnquiryState, Wants
from alongside.finding.offers import Standing
from alongside.finding.vocabulary import choices
from alongside.mentorships.clocks import months_after, months_before
from alongside.organisations.models import Network, Organisation
from alongside.people.models import Person
from alongside.programmes.states import Side

DAY = timedelta(days=1)
HISTORY = 3 * 365
E = EnquiryState
CAME_TO = {E.ANSWERED: 46, E.APPLIED: 30, E.DECLINED: 10, E.PASSED_ON: 10, E.WITHDRAWN: 4}
WORK = "How we work on this is written down, done each time and looked at again every year."
STAGES = [each for each, _label in choices("stages")[:4]]


def enquiries_to(
    network: Network,
    organisation: Organisation | None,
    number: int,
    marginals: Marginals,
    dice: random.Random,
    now: datetime,
) -> Iterator[Enquiry]:
    """Yield what visitors asked over three years; the last few days' wait, and as they should have been answered."""
    usual = dice.lognormvariate(0.6, 0.5)
    for _each in range(number):
        arrived = now - HISTORY * DAY * dice.random() ** 1.3
        yield _enquiry(network, organisation, arrived, usual, marginals, dice, now)


def _enquiry(
    network: Network,
    organisation: Organisation | None,
    arrived: datetime,
    usual: float,
    marginals: Marginals,
    dice: random.Random,
    now: datetime,
) -> Enquiry:
    region = organisation.region if organisation and dice.random() < 0.8 else marginals.regions.draw(dice)
    lasts, last = marginals.names.draw(dice)
    name = f"{dice.choice(lasts)} {dice.choice(last)}"
    found = Enquiry(
        network=network,
        organisation=organisation,
        name=name,
        email=f"visitor.{dice.getrandbits(40):x}@example.org",
        words=words(dice, Side.MENTEE, marginals.asked.draw(dice)),
        side=(Wants.MENTEE if dice.random() < 0.85 else Wants.MENTOR).value,
        topics=marginals.wanted.several(dice, dice.randint(1, 2)),
        sectors=[marginals.sectors.draw(dice)] if dice.random() < 0.4 else [],
        stage=dice.choice(STAGES) if dice.random() < 0.5 else "",
        place=dice.choice(marginals.towns[region]).name,
        region=region,
        may_pass_on=dice.random() < 0.7,
        consent_version=NEWEST,
        sent_at=arrived - timedelta(minutes=dice.randint(2, 300)),
        arrived_at=arrived,
        since=arrived,
    )  # fmt: skip
    _answer(found, arrived + dice.lognormvariate(0, 0.8) * usual * DAY, dice, now)
    return found


def _answer(found: Enquiry, answered: datetime, dice: random.Random, now: datetime) -> None:
    """Let an enquiry be answered, declined or passed on by now, or wait, reminded as the clocks remind."""
    state = dice.choices(list(CAME_TO), list(CAME_TO.values()))[0]
    waited = 8 * DAY if found.organisation else 14 * DAY  # later, clocks pass it on; nobody lets it come to that
    done = min(answered, found.since + waited)
    if done > now:
        found.state = E.WAITING.value
        while clock := fallen_due(found, at=now):
            found.reminders_sent = clock.turn
        return
    found.state, found.closed_at = state.value, done
    if state not in (E.PASSED_ON, E.WITHDRAWN):
        found.answered_at = done
    if done <= months_before(now, KEPT_MONTHS):
        found.name = found.email = found.words = found.place = ""
        found.emptied_at = min(now, done + 183 * DAY)


def searches_in(network: Network, number: int, marginals: Marginals, dice: random.Random, now: datetime) -> None:
    """Keep what people looked for over three years, more of late."""
    keep(
        [
            Search(
                network=network,
                on=(now - int(HISTORY * dice.random() ** 1.5) * DAY).date(),
                region=marginals.regions.draw(dice) if dice.random() < 0.8 else "",
                topics=marginals.wanted.several(dice, 1 + (dice.random() < 0.2)),
                sectors=[marginals.sectors.draw(dice)] if dice.random() < 0.3 else [],
                stage=dice.choice(STAGES) if dice.random() < 0.3 else "",
                found=dice.choice([0, 1, 2, 3, 5, 8, 10]),
                missed=dice.random() < 0.01,
            )
            for _each in range(number)
        ]
    )


def assessment_of(
    organisation: Organisation, standing: Standing, assessors: list[Person], dice: random.Random, now: datetime
) -> Assessment | None:
    """Keep how an organisation came by its standing; a tenth of those without one have one in hand."""
    if standing == Standing.VISIBLE:
        return _in_hand(organisation, assessors, dice, now) if dice.random() < 0.1 else None
    return _decided(organisation, standing, dice, now)


def _decided(organisation: Organisation, standing: Standing, dice: random.Random, now: datetime) -> Assessment:
    standard = next(each for each in newest() if each.lists)
    good = standing == Standing.ASSESSED
    decided = now - dice.uniform(20, 1000 if good else 120) * DAY
    found = Assessment(
        organisation=organisation, standard_id=standard.id, version=standard.version,
        state=AssessmentState.DECIDED.value,
        begun_at=decided - 120 * DAY, sent_at=decided - 80 * DAY, handed_over_at=decided - 60 * DAY,
        scored_at=decided - 30 * DAY, decided_at=decided,
        gates={gate.id: True for gate in standard.gates},
        outcome=(Outcome.ASSESSED if good else Outcome.CONDITIONAL).value,
        plan="" if good else "Supervision for every mentor, twice a year.",
        words="Thank you for the care with which you showed how you work.",
        holds_until=_midnight(decided, 36 if good else 6),
    )  # fmt: skip
    declared = [moment for years in (1, 2) if good and (moment := _midnight(decided, 12 * years)) <= now + 30 * DAY]
    found.declare_by = _next_declaration(found, decided, len(declared)) if good else None
    keep([found])
    keep([Declaration(**_of(found), declared_at=min(now, moment - 5 * DAY)) for moment in declared])
    scores = {each.id: 2 if good or number else 1 for number, each in enumerate(standard.criteria)}
    scores[standard.criteria[-1].id] = 3
    keep([Answer(**_of(found), criterion=one, score=2, words=WORK, saved_at=decided - 80 * DAY) for one in scores])
    keep([Final(**_of(found), criterion=one, score=n, words=WORK, decided_at=decided) for one, n in scores.items()])
    return _with_rungs(found, now)


def _next_declaration(found: Assessment, decided: datetime, declared: int) -> datetime | None:
    moment = _midnight(decided, 12 * (declared + 1))
    return moment if found.holds_until and moment < found.holds_until else None


def _in_hand(organisation: Organisation, assessors: list[Person], dice: random.Random, now: datetime) -> Assessment:
    """An assessment that came to the network: two who score it are at work, or are to be found."""
    standard = next(each for each in newest() if each.lists)
    sent = now - dice.uniform(1, 18) * DAY
    handed = sent + 5 * DAY if sent + 5 * DAY <= now else None
    found = Assessment(
        organisation=organisation, standard_id=standard.id, version=standard.version,
        state=(AssessmentState.WITH_ASSESSORS if handed else AssessmentState.SENT).value,
        begun_at=sent - 40 * DAY, sent_at=sent, handed_over_at=handed,
        gates={gate.id: True for gate in standard.gates},
    )  # fmt: skip
    keep([found])
    keep(
        [
            Answer(**_of(found), criterion=each.id, score=2, words=WORK, saved_at=sent - DAY)
            for each in standard.criteria
        ]
    )
    if handed:
        scoring = {"state": AssessorState.SCORING.value, "asked_at": handed, "declared_at": handed}
        keep([Assignment(**_of(found), person=person, **scoring) for person in assessors])
    return _with_rungs(found, now)


def _with_rungs(found: Assessment, now: datetime) -> Assessment:
    """Note that the clocks that have run out by now have rung."""
    due = assessment_clocks.fallen_due(found, at=now)
    keep([Rung(**_of(found), due=clock.due.value, fell_due=when, rung_at=when) for when, clock in due])
    return found


def _of(found: Assessment) -> dict[str, object]:
    return {"organisation_id": found.organisation_id, "assessment": found}


def _midnight(moment: datetime, months: int) -> datetime:
    return datetime.combine(months_after(moment.date(), months), time(), ZoneInfo(ZONE))
