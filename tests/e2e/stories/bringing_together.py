"""From a cohort in which everybody is ready to an introduction: on the board, in groups, as peers, or by a call."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import override
from icalendar import Calendar

from alongside.groups.models import Group
from alongside.matching.models import Offer, Request
from alongside.matching.queries import board_ref
from alongside.mentorships.clocks import months_after
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.queries import members_of
from alongside.notifications.models import Email
from alongside.placing.models import Ask, Call
from alongside.programmes.models import Participant
from alongside.programmes.states import Side
from tests.e2e.stories.telling import DAY, Story


def nobody_yet(story: Story, waiting: Participant) -> None:
    """Before the last step nobody is matched with them."""
    where = ["groups"] if story.rules.shape.of != "pair" else ["board"]
    for each in where:
        assert waiting.person.name not in story.desk.open(reverse(each, args=[story.cohort.ref]))


def day_in_words(story: Story, days: int) -> tuple[str, str]:
    """The day of the week and the month in so many days, as the programme writes them."""
    with override(story.rules.language or "en"):
        moment = localtime(story.time.at + days * DAY)
        return date_format(moment, "l"), date_format(moment, "j")


def introduced(story: Story) -> Mentorship:
    """Bring everybody together as the shape of the programme has it."""
    at = story.time.at
    {"pair": on_the_board, "group": in_a_group, "peers": as_peers}[story.rules.shape.of](story)
    mentorship: Mentorship = Mentorship.objects.select_related("cohort", "programme__organisation").get(
        cohort=story.cohort
    )
    assert mentorship.planned_end_on == months_after(at, story.rules.length.months)
    members = members_of(mentorship)
    assert {each.participant_id for each in members} == {each.pk for each in _matched(story)}
    everybody = {f"mailto:{each.participant.person.email}" for each in members}
    for member in () if story.rules.shape.kinds else members:  # there, each comes when they say yes: see `booked`
        _has_an_invitation(story, member, everybody)
    return mentorship


def _matched(story: Story) -> list[Participant]:
    """Whoever is to be together: of a rank, the mentor who was chosen; of a group and of peers, all."""
    if story.rules.shape.of != "pair":
        return story.participants()
    chosen = Request.objects.filter(offer__cohort=story.cohort, state="accepted").values_list("mentor_id", flat=True)
    return [each for each in story.participants() if not each.is_mentor or each.pk in chosen]


def _has_an_invitation(story: Story, member: Member, everybody: set[str]) -> None:
    """Each has an email with everybody's address and the first meeting for their calendar."""
    to = member.participant.person.email
    (last, *_earlier) = Email.objects.filter(to=to).exclude(calendar="").order_by("-pk")
    letter = story.email(last.kind, to)
    for event in Calendar.from_ical(letter.calendar).walk("VEVENT"):
        assert {str(each) for each in event["attendee"]} == everybody


def on_the_board(story: Story) -> None:
    """Match, offer, choose, say yes: for each kind of mentor where there are kinds."""
    for kind in story.rules.shape.matched:
        story.desk.open(reverse("board", args=[board_ref(story.cohort, kind)]))
        story.desk.press()
        story.desk.press()
        _days_stand_there(story, story.desk.text)
        story.desk.press()
        mentees = len(story.participants(Side.MENTEE))
        offers = Offer.objects.filter(cohort=story.cohort, kind=kind)
        assert offers.count() == mentees
        for offer in offers.select_related("mentee__person"):
            assert offer.due_at == story.time.at + story.rules.choice.days_to_answer * DAY
            _chosen(story, offer)
            _said_yes(story, offer)


def _days_stand_there(story: Story, text: str) -> None:
    days = story.rules.choice.days_to_answer
    assert f"{days} days to answer" in text or days == 1


def _chosen(story: Story, offer: Offer) -> None:
    """The mentee reads who is offered, and until when, and has the last word."""
    person = offer.mentee.person
    shown = [each.mentor.person.name for each in offer.requests.select_related("mentor__person")]
    choice = story.rules.choice
    assert 1 <= len(shown) <= (1 if choice.shape == "one" else choice.mentors_offered)
    letter = story.email("mentee_offer", person.email).body.text
    assert all(each in letter for each in shown)
    assert story.rules.shape.title_of(offer.kind) in letter
    for part in day_in_words(story, choice.days_to_answer):
        assert part in letter, "until when it is theirs to answer"
    window = story.window(person)
    read = window.open(story.link("mentee_offer", person.email))
    assert all(each in read for each in shown)
    if len(shown) > 1:
        window.page.locator("main [name^=rank_][value='1']").first.check(force=True)
    window.press()


def _said_yes(story: Story, offer: Offer) -> None:
    request = Request.objects.select_related("mentor__person").get(offer=offer, state="asked")
    person = request.mentor.person
    letter = story.email("mentor_request", person.email).body.text
    for part in day_in_words(story, story.rules.choice.days_to_answer):
        assert part in letter
    window = story.window(person)
    assert offer.mentee.person.name in window.open(story.link("mentor_request", person.email))
    window.press()
    request.refresh_from_db()
    assert request.state == "accepted"


def in_a_group(story: Story) -> None:
    """The coordinator makes the group, lets mentors be suggested, reads what each is asked, and asks."""
    desk = story.desk
    desk.open(reverse("groups", args=[story.cohort.ref]))
    desk.page.locator("main [name=name]").fill("The new majority")
    for each in desk.page.locator("main [name=people]").all():
        each.check(force=True)
    desk.press()
    read = desk.press("main a[href*='/mentors/']")
    assert all(each.person.name in read for each in story.participants(Side.MENTOR))
    desk.press()
    _asked_and_said_yes(story, mentees=0)


def as_peers(story: Story) -> None:
    """Who is best together is suggested; each of them is asked."""
    desk = story.desk
    desk.open(reverse("groups", args=[story.cohort.ref]))
    desk.press()
    desk.press()
    (group,) = Group.objects.filter(cohort=story.cohort)
    if reverse("group", args=[group.ref]) != desk.path():
        desk.open(reverse("group", args=[group.ref]))
    _asked_and_said_yes(story, mentees=len(story.participants()))


def _asked_and_said_yes(story: Story, *, mentees: int) -> None:
    """They read what they say yes to, and until when; it begins with the last yes, not before."""
    read = story.desk.press("main a.button--step[href$='/ask/']")
    _days_stand_there(story, read)
    story.desk.press()
    asked = story.participants(None if mentees else Side.MENTOR)
    for each in asked:
        assert not Mentorship.objects.filter(cohort=story.cohort).exists()
        letter = story.email("ask_to_be_in_group", each.person.email).body.text
        for part in day_in_words(story, story.rules.choice.days_to_answer):
            assert part in letter
        window = story.window(each.person)
        window.open(story.link("ask_to_be_in_group", each.person.email))
        window.press()


def placed(trainers: Story, elsewhere: Story, volunteer: Participant) -> None:
    """Another organisation calls for a mentor; whoever was trained is asked, says yes, and is among its mentors."""
    placing = trainers.rules.placing
    assert placing
    assert f"{placing.cpd_hours:g}" in trainers.email("tell_trained", volunteer.person.email).body.text
    caller = elsewhere.desk
    caller.open(reverse("calls", args=[elsewhere.cohort.programme.ref]))
    caller.press()
    topic = volunteer.topic_labels[0]
    for name in ("to", "cohort"):
        caller.page.locator(f"main [name={name}]").first.check(force=True)
    needed = (trainers.time.at + 60 * DAY).date().isoformat()
    said = {"topics": topic, "words": "Owners of small shops, once a month.", "place": "Swansea", "needed_by": needed}
    for name, words in said.items():
        caller.page.locator(f"main [name={name}]").fill(words)
    caller.press()
    call = Call.objects.get()
    read = trainers.desk.open(reverse("call_answer", args=[call.ref]))
    assert volunteer.person.name in read
    trainers.desk.press()
    assert volunteer.person.name not in caller.open(reverse("call", args=[call.ref])), "no name before a yes"
    assert Ask.objects.get().due_at == trainers.time.at + placing.days_to_answer * DAY
    window = trainers.window(volunteer.person)
    window.open(trainers.link("ask_volunteer", volunteer.person.email))
    window.press()
    assert volunteer.person.name in caller.open(reverse("call", args=[call.ref]))
