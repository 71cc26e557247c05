"""From the introduction to a good ending: met, slept on, agreed, met as often as the rules say, ended, thanked."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from django.urls import reverse
from icalendar import Calendar

from alongside.blueprints.sections import Suggested, SurveyTime
from alongside.exercises.queries import answers
from alongside.journeys.after_meeting import log_meeting
from alongside.journeys.book_meeting import Plan
from alongside.kernel.working_days import after_working_days
from alongside.meetings.models import Meeting
from alongside.meetings.states import Mode
from alongside.mentorships.clocks import ZONE
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.queries import members_of
from alongside.mentorships.states import Ending, MentorshipState
from alongside.notifications.models import Email
from alongside.places.public_holidays import days_off
from alongside.questionnaires.definition import Audience
from alongside.questionnaires.queries import newest_definition
from alongside.surveys import clocks
from alongside.surveys.models import Response
from tests.e2e.stories.telling import DAY, Story, told
from tests.e2e.stories.windows import Window

HOUR = timedelta(hours=1)


def lived(story: Story, mentorship: Mentorship) -> None:
    """Everything between the introduction and the end, in its order."""
    inside = story.window(_mentee(mentorship).participant.person)
    suggests(story, inside, mentorship, "before_first")
    met(story, mentorship, inside)
    suggests(story, inside, mentorship, "first_meeting")
    slept_on(story, mentorship)
    surveyed(story, mentorship, "start")
    meetings(story, mentorship, inside)
    ended(story, mentorship, inside)
    for when in ("ending", "after_3_months", "after_6_months", "after_12_months"):
        surveyed(story, mentorship, when)  # type: ignore[arg-type]


def _members(mentorship: Mentorship) -> list[Member]:
    mentorship.refresh_from_db()
    return list(members_of(mentorship))


def _mentee(mentorship: Mentorship) -> Member:
    return next(each for each in _members(mentorship) if not each.is_mentor)


def suggests(story: Story, window: Window, mentorship: Mentorship, now: str) -> None:
    """What the rules suggest at this time stands on the page of the mentorship, and what they do not, does not."""
    read = window.open(reverse("mentorship", args=[mentorship.ref]))
    later = [each for each in story.rules.exercises if each.when != now and not _past(each, now)]
    me = _mentee(mentorship)
    for each in story.rules.exercises:
        definition = newest_definition(each.questionnaire, story.cohort.organisation_id)
        if each.when == now and answers(me, definition):
            assert story.title_of(each.questionnaire) in read, f"{each.when}: {read}"
    for each in later:
        assert story.title_of(each.questionnaire) not in read


def _past(each: Suggested, now: str) -> bool:
    """Tell whether the time of an exercise began before and is not over."""
    order = ["before_first", "first_meeting", "second_meeting", "agreement", "halfway", "ending"]
    return order.index(each.when) < order.index(now) and each.when != "before_first"


def met(story: Story, mentorship: Mentorship, window: Window) -> None:
    """They meet for the first time, and one of them notes it."""
    aim = story.rules.meetings
    read = window.open(reverse("meetings", args=[mentorship.ref]))
    for number in (aim.expected, aim.rhythm_days, *map(_in_hours, filter(None, (aim.minutes, aim.minutes_to)))):
        assert str(number) in read, "how many, how often and how long stands on the page"
    if story.rules.shape.kinds:
        booked(story, mentorship, window)
    else:
        story.time.to(story.time.at + 3 * DAY)
        _noted(story, mentorship, window)
    mentorship.refresh_from_db()
    assert mentorship.state == MentorshipState.COOLING_OFF


def booked(story: Story, mentorship: Mentorship, window: Window) -> None:
    """Mentors came one after the other: the proposed time suits all of them, and one says that they met then."""
    members = _members(mentorship)
    for member in members:
        person = member.participant.person
        joined = Email.objects.filter(kind="suggest_times", to=person.email).exists()
        own = story.window(person)
        own.open(story.link("suggest_times" if joined else "introduction", person.email))
        own.page.locator("main input[type=radio][value=yes]").first.check(force=True)
        own.press()
    meeting = Meeting.objects.get(mentorship=mentorship)
    assert meeting.starts_at is not None
    invited_all(story, members, meeting.starts_at)
    assert meeting.ask_at is not None
    story.time.to(meeting.ask_at)
    window.open(story.link("ask_after_meeting", _mentee(mentorship).participant.person.email))
    window.page.locator("main [name=happened][value=yes]").check(force=True)
    window.press()


def invited_all(story: Story, members: list[Member], starts_at: datetime) -> None:
    """Everybody has the meeting for their calendar, with everybody's address."""
    everybody = {f"mailto:{each.participant.person.email}" for each in members}
    for member in members:
        letter = story.email("tell_meeting_booked", member.participant.person.email)
        (event,) = Calendar.from_ical(letter.body.calendar).walk("VEVENT")
        assert event["dtstart"].dt == starts_at
        assert {str(each) for each in event["attendee"]} == everybody


def _in_hours(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{rest} min" if not hours else f"{hours} h {rest:02d}" if rest else f"{hours} h"


def _noted(story: Story, mentorship: Mentorship, window: Window) -> str:
    window.open(reverse("meetings_log", args=[mentorship.ref]))
    window.page.locator("main [name=day]").fill(story.time.at.date().isoformat())
    window.page.locator("main [name=minutes]").fill(str(story.rules.meetings.minutes))
    window.page.locator("main [name=mode]").first.check(force=True)
    return window.press()


def slept_on(story: Story, mentorship: Mentorship) -> None:
    """Each is asked after exactly so many working days as the rules say, and not a minute before; each says yes."""
    members = _members(mentorship)
    assert mentorship.met_at is not None
    off = days_off(mentorship.programme.organisation.region)
    due = after_working_days(mentorship.met_at, story.rules.start.cooling_off_days, ZONE, off=off)
    for moment, number in ((due - timedelta(minutes=1), 0), (due, len(members))):
        story.time.to(moment)
        assert story.number_of("ask_whether_to_go_on", since=mentorship.met_at) == number, moment
    for member in members:
        person = member.participant.person
        window = story.window(person)
        window.open(story.link("ask_whether_to_go_on", person.email))
        window.page.locator("main [name=answer][value=yes]").check(force=True)
        window.press()
    mentorship.refresh_from_db()
    assert mentorship.state == MentorshipState.GOING_ON
    for member in members:
        story.email("tell_we_go_on", member.participant.person.email)


def meetings(story: Story, mentorship: Mentorship, window: Window) -> None:
    """The second is noted on the page, and the agreement signed then; the others follow in the rhythm of the rules."""
    aim, first = story.rules.meetings, mentorship.met_at
    assert first is not None
    halfway = _halfway(story, mentorship)
    for number in range(2, aim.expected + 1):
        moment = first + (number - 1) * aim.rhythm_days * DAY
        if halfway and moment > halfway:
            surveyed(story, mentorship, "halfway")
            halfway = None
        story.time.to(max(moment, story.time.at))
        if number == 2:
            _noted(story, mentorship, window)
            suggests(story, window, mentorship, "second_meeting")
            agreed(story, mentorship)
        else:
            plan = Plan(aim.minutes, Mode.ONLINE, "", "")
            log_meeting(_mentee(mentorship), starts_at=story.time.at - 3 * HOUR, plan=plan, at=story.time.at)
    if halfway:
        surveyed(story, mentorship, "halfway")
    assert mentorship.planned_end_on is not None
    assert story.time.at.date() <= mentorship.planned_end_on, "as many meetings as the rules want fit into its length"
    held = window.open(reverse("meetings", args=[mentorship.ref]))
    assert re.search(rf"\b{aim.expected}\b.*\b{aim.expected}\b", held), held


def _halfway(story: Story, mentorship: Mentorship) -> datetime | None:
    mentorship.refresh_from_db()
    if not any(each.when == "halfway" for each in story.rules.surveys) or mentorship.going_on_at is None:
        return None
    return mentorship.going_on_at + clocks.after("halfway", months=story.rules.length.months)


def agreed(story: Story, mentorship: Mentorship) -> None:
    """One fills it in and proposes it; all read the programme's own text, and sign."""
    members, mentee = _members(mentorship), _mentee(mentorship)
    own = story.window(mentee.participant.person)
    own.open(reverse("agreement_draft", args=[mentorship.ref]))
    own.page.locator("main [name=objective]").fill("A shop that pays my wage")
    _reads_the_text(story, own.press())
    own.press()
    for member in members:
        person, window = member.participant.person, story.window(member.participant.person)
        if member.pk != mentee.pk:
            window.open(story.link("ask_to_sign", person.email))
        _reads_the_text(story, window.text)
        window.page.locator("main [name=accept]").check(force=True)
        window.page.locator("main [name=name]").fill(person.name)
        window.press()
    mentorship.refresh_from_db()
    assert mentorship.state == MentorshipState.ACTIVE


def _reads_the_text(story: Story, text: str) -> None:
    """Every heading of the programme's own agreement, and every number it names, stands there."""
    aim = story.rules.meetings
    for heading in re.findall(r"^## (.+)$", story.rules.agreement.text, re.MULTILINE):
        assert heading in text, heading
    for name, number in (("rhythm", aim.rhythm_days), ("meetings", aim.expected), ("minutes", aim.minutes)):
        assert f"{{{name}}}" not in text
        assert f"{{{name}}}" not in story.rules.agreement.text or str(number) in text


def surveyed(story: Story, mentorship: Mentorship, when: SurveyTime) -> None:
    """Each whom a survey is for is asked at its time, within the days on which nothing else is; one answers."""
    wanted = [each for each in story.rules.surveys if each.when == when]
    if not wanted:
        return
    mentorship.refresh_from_db()
    since: datetime = getattr(mentorship, clocks.since(when))
    due = since + clocks.after(when, months=story.rules.length.months)
    definitions = [newest_definition(each.questionnaire, story.cohort.organisation_id) for each in wanted]
    expected = {(each.id, member.pk) for each in definitions for member in _for_whom(each.audience, mentorship)}
    if story.time.at < due - HOUR:
        story.time.to(due - HOUR)
        assert not _asked(mentorship, when), "not before its time"
    for days in range(6):
        story.time.to(max(due + days * DAY, story.time.at))
        if _asked(mentorship, when) == expected:
            break
    assert _asked(mentorship, when) == expected
    if when in ("start", "ending"):
        _answered(story, mentorship, when)


def _for_whom(audience: Audience, mentorship: Mentorship) -> Iterator[Member]:
    for member in _members(mentorship):
        if audience == Audience.EACH or (audience == Audience.MENTORS) == member.is_mentor:
            yield member


def _asked(mentorship: Mentorship, when: SurveyTime) -> set[tuple[str, int]]:
    rows = Response.objects.filter(mentorship=mentorship, when=when, member__isnull=False)
    return {(row.questionnaire, row.member_id) for row in rows if row.member_id}


def _answered(story: Story, mentorship: Mentorship, when: SurveyTime) -> None:
    response = Response.objects.filter(mentorship=mentorship, when=when).order_by("pk")[0]
    assert response.member is not None
    person = response.member.participant.person
    window = story.window(person)
    window.open(_survey_link(story, response, person.email))
    questions = {each.id: each for each in response.definition.questions}
    for _page in range(20):
        if re.search(r"/survey/[^/]+/\d+/$", window.path()):
            window.fill_in(told(questions, "mentee", {}))
        window.press()
        response.refresh_from_db()
        if response.done_at:
            return
    raise AssertionError(f"{window.path()} leads nowhere")


def _survey_link(story: Story, response: Response, to: str) -> str:
    title = story.title_of(response.questionnaire)
    text = Email.objects.filter(kind="ask_survey", to=to, subject__endswith=title).order_by("-pk")[0].body.text
    found = re.search(r"http\S+", text)
    assert found, text
    return found[0]


def ended(story: Story, mentorship: Mentorship, window: Window) -> None:
    """The end is announced a month before, planned, and each says how it was; it ended well, and nobody is in doubt
    what is kept."""
    mentorship.refresh_from_db()
    members, end = _members(mentorship), mentorship.planned_end_on
    assert end is not None
    near = _morning(end - timedelta(days=30)) + 2 * HOUR  # between the two the hour may have changed
    if story.time.at < near:
        story.time.to(near)
        for member in members:
            story.email("say_the_end_comes_near", member.participant.person.email)
    window.open(reverse("mentorship_ending", args=[mentorship.ref]))
    window.press("main [name=do][value=plan]")
    story.time.to(max(_morning(end), story.time.at))
    for member in members:
        person, own = member.participant.person, story.window(member.participant.person)
        own.open(story.link("ask_how_it_ended", person.email))
        own.page.locator(f"main [name=ending][value={Ending.OBJECTIVES_MET}]").check(force=True)
        own.press("main [name=do][value=say]")
    mentorship.refresh_from_db()
    assert (mentorship.state, mentorship.ending) == (MentorshipState.ENDED, Ending.OBJECTIVES_MET)
    for member in members:
        story.email("tell_it_ended", member.participant.person.email)
    read = window.open(reverse("mentorship_farewell", args=[mentorship.ref]))
    kept = story.rules.kept
    for number in (kept.inside_days, kept.meetings_months, kept.answers_months):
        assert str(number) in read, "how long what is kept"


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9), UTC)
