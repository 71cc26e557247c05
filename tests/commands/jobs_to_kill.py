"""What a worker does, in an installation of its own: prepared, done as the worker does it, and looked at afterwards.

Every function runs in a process of its own (``killed.py``), takes and returns plain values, and may be killed.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.core.mail.backends.smtp import EmailBackend  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.urls import get_resolver  # noqa: E402
from django_tasks_db.management.commands.db_worker import Worker  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402

from alongside import engine  # noqa: E402
from alongside.applications import actions as imports  # noqa: E402
from alongside.applications import tasks as import_tasks  # noqa: E402
from alongside.applications.models import SheetImport  # noqa: E402
from alongside.applications.queries import imports_cut_short  # noqa: E402
from alongside.blueprints.sections import Kept  # noqa: E402
from alongside.commands.receiving import _take as take_email  # noqa: E402
from alongside.commands.serving import take_back_abandoned_jobs  # noqa: E402
from alongside.endings.queries import mentorships_to_clear, mentorships_to_tell  # noqa: E402
from alongside.endings.states import NOTICE  # noqa: E402
from alongside.journeys import send_offers, tasks  # noqa: E402
from alongside.journeys.clear_files import clear_files  # noqa: E402
from alongside.journeys.pool import pool_of  # noqa: E402
from alongside.journeys.retention import clear_inside, tell_that_it_goes  # noqa: E402
from alongside.journeys.send_message import send_message  # noqa: E402
from alongside.journeys.send_offers import offer_the_cohort  # noqa: E402
from alongside.kernel import clock, scope  # noqa: E402
from alongside.matching.board import start_matching  # noqa: E402
from alongside.matching.calculations import start_calculation  # noqa: E402
from alongside.matching.models import Calculation, Offer, Sending, Version  # noqa: E402
from alongside.mentorships.actions import end_mentorship  # noqa: E402
from alongside.mentorships.models import Member, Mentorship  # noqa: E402
from alongside.mentorships.states import Ending, MentorshipState  # noqa: E402
from alongside.messaging import shelf  # noqa: E402
from alongside.messaging.actions import Upload  # noqa: E402
from alongside.messaging.models import Attachment, Doomed, Message  # noqa: E402
from alongside.notes.actions import write_note  # noqa: E402
from alongside.notes.models import Note  # noqa: E402
from alongside.notifications import outbox, transport  # noqa: E402
from alongside.notifications.actions import queue_email  # noqa: E402
from alongside.notifications.models import Body, Email  # noqa: E402
from alongside.organisations import actions as organisations  # noqa: E402
from alongside.organisations.models import Network  # noqa: E402
from alongside.people.actions import find_or_create_person  # noqa: E402
from alongside.people.models import Person  # noqa: E402
from alongside.programmes import actions as programmes  # noqa: E402
from alongside.programmes.models import Cohort, Participant  # noqa: E402
from alongside.programmes.states import Side  # noqa: E402
from benchmarks.populations import cohort as cohort_of  # noqa: E402
from tests.files import PDF  # noqa: E402
from tests.paired import SECRET, inside, member_in, pair  # noqa: E402
from tests.world import NOW  # noqa: E402

LATER = NOW + timedelta(minutes=16)
GONE_DUE = NOW + Kept().inside
SHEET = "Name,Email\nGwen Parry,gwen.{0}@example.org\nOwain Rees,owain.{0}@example.org\n"
EVERYWHERE = "a test of its own"

# What takes long to load is loaded here, not anew in each process.
get_resolver().url_patterns  # noqa: B018
engine.whom_to_recruit(market := engine.Market.of(cohort_of(5, 5)), market.solve())
send_offers.WHILE_SHE_WAITS, send_offers.AT_ONCE = 1, 2
# The mail server of the test speaks no TLS.
transport.connection = lambda: EmailBackend(host="127.0.0.1", port=int(os.environ["MAIL_SERVER_PORT"]), use_tls=False)


def build() -> None:
    """Make the tables."""
    call_command("migrate", verbosity=0)


# The outbox


def put_into_outbox(to: str) -> None:
    queue_email(Body("Hello"), kind="test", to=to, subject="Hello", at=NOW)


def send_due() -> int:
    return outbox.send_due(at=NOW)


def send_due_later() -> int:
    outbox.take_back_abandoned(at=LATER)
    return outbox.send_due(at=LATER)


def state_of_email(to: str) -> str:
    return str(Email.objects.get(to=to).state)


# Long jobs of the queue


def work_off() -> None:
    """Do the jobs that are queued, as a worker does, and return when there are none."""
    while DBTaskResult.objects.ready().exists():
        Worker(
            queue_names=["default"], interval=0.01, batch=False, backend_name="default", startup_delay=False,
            max_tasks=1, worker_id="worker", excluded_queue_names=[],
        ).run()  # fmt: skip


def work_off_later() -> None:
    """Do what a killed worker left, when its time is over; twice, as the second time there must be nothing to do."""
    for _ in range(2):
        with clock.stopped(clock.now() + timedelta(minutes=16)):
            take_back_abandoned_jobs()
        work_off()


def ask_for_matching(name: str) -> int:
    with _harbour(name) as (carys, cohort):
        calculation, _ = start_calculation(cohort, None, by=carys, at=NOW)
        tasks.match_cohort.enqueue(calculation.pk)
        return int(calculation.pk)


def look_at_matching(pk: int) -> list[Any]:
    """Return the state, how many versions there are, and whether the last is on the board."""
    with scope.everywhere(EVERYWHERE):
        row = Calculation.objects.select_related("matching").get(pk=pk)
        versions = Version.objects.filter(matching=row.matching)
        return [row.state, versions.count(), row.matching.current_id == row.version_id]


def ask_for_sending(name: str) -> int:
    with _harbour(name) as (carys, cohort):
        matching = start_matching(cohort, pool_of(cohort), by=carys, at=NOW)
        assert matching.current
        offered = offer_the_cohort(matching.current, pool_of(cohort), by=carys, at=NOW)
        assert offered.sending
        tasks.send_offers.enqueue(offered.sending.pk)
        return int(offered.sending.pk)


def look_at_sending(pk: int) -> list[Any]:
    """Return the state, and for each mentee how many offers and emails they got."""
    with scope.everywhere(EVERYWHERE):
        row = Sending.objects.select_related("version__matching").get(pk=pk)
        mentees = Participant.objects.filter(cohort=row.version.matching.cohort_id, side=Side.MENTEE)
        counts = [[Offer.objects.filter(mentee=m).count(), _emails_to(m)] for m in mentees]
        return [row.state, counts]


# Imports


def begin_import(name: str, step: str) -> int:
    """Let an import come to a step; whoever is to take it is killed before or while they do."""
    with _harbour(name) as (carys, cohort):
        file = SimpleUploadedFile(f"{name}.csv", SHEET.format(name).encode())
        row = imports.drop_file(cohort, file, side=Side.MENTEE, by=carys, at=NOW)
        if step != "reading":
            import_tasks.go_on(row)
            imports.correct_columns(row, {}, consent_basis="", at=NOW)
        if step == "importing":
            import_tasks.go_on(row)
            imports.start_import(row, all_or_nothing=True, at=NOW)
        return int(row.pk)


def take_step(pk: int) -> None:
    """Take its step as the page does, while its coordinator waits."""
    with scope.everywhere(EVERYWHERE):
        import_tasks.go_on(SheetImport.objects.select_related("cohort__programme", "uploaded_by").get(pk=pk))


def queue_step(pk: int) -> None:
    import_tasks.take_step.enqueue(pk)


def take_steps_cut_short() -> None:
    """Take up what was cut short, as the clocks do, then what is queued; and look through the files."""
    with scope.everywhere(EVERYWHERE):
        for row in imports_cut_short(LATER):
            import_tasks.take_up_again(row, at=LATER)
    work_off_later()
    for file in (settings.MEDIA_ROOT / "imports").iterdir():
        os.utime(file, (0, 0))
    with scope.everywhere(EVERYWHERE):
        clear_files()


def look_at_import(pk: int) -> list[Any]:
    """Return the state, how many people are in its cohort, how many audit rows tell of them, and whether a file is."""
    with scope.everywhere(EVERYWHERE):
        row = SheetImport.objects.get(pk=pk)
        new = Participant.objects.filter(cohort=row.cohort_id, joined_at__gt=NOW)
        return [row.state, new.count(), row.added, row.file.storage.exists(row.file.name)]


# Answers by email


def write_to(name: str) -> str:
    """Let a mentor write to her mentee; return the address that answers go to."""
    with _harbour(name) as (_carys, cohort):
        mentorship = _pair(cohort)
        mentor, mentee = _sides(mentorship)
        with inside(mentorship):
            send_message(by=mentor, text="What about Tuesday?", at=NOW)
        return str(Email.objects.filter(to=mentee.participant.person.email).latest("pk").reply_to)


def answer_by_email(name: str, address: str) -> str:
    """Hand in the same answer, with a file, as the sender's server does until it is told that it was taken."""
    message = EmailMessage()
    message["From"], message["Message-ID"] = f"mentee0.{name}@example.org", f"<{name}@example.org>"
    message.set_content(SECRET)
    message.add_attachment(PDF, maintype="application", subtype="pdf", filename="plan.pdf")
    return take_email(message.as_bytes(), address)


def look_at_thread(name: str) -> list[Any]:
    """Return the messages, what the files hold, how often the mentor was told, and how many files lie about."""
    with scope.everywhere(EVERYWHERE):
        mentorship = Mentorship.objects.get(members__participant__person__email=f"mentee0.{name}@example.org")
        _age_arrivals()
        clear_files()
    with inside(mentorship):
        texts = [message.text for message in Message.objects.order_by("pk")]
        files = [shelf.take(row.path, key=mentorship.key) == PDF for row in Attachment.objects.all()]
        told = _emails_to(_sides(mentorship)[0].participant)
    return [texts, files, told, len(list(shelf._arrivals().iterdir()))]


# What goes 90 days after the end


def end_long_ago(name: str) -> int:
    """End a mentorship in which something was written and two files were sent, and tell its members that it goes."""
    with _harbour(name) as (_carys, cohort):
        mentorship = _pair(cohort)
        mentor, mentee = _sides(mentorship)
        with inside(mentorship):
            write_note(by=mentee, text=SECRET, at=NOW)
            send_message(by=mentor, text=SECRET, uploads=[Upload("1.pdf", PDF), Upload("2.pdf", PDF)], at=NOW)
        mentorship.refresh_from_db()
        end_mentorship(mentorship, ending=Ending.OBJECTIVES_MET, by=None, at=NOW)
        for each in mentorships_to_tell(GONE_DUE - NOTICE):
            tell_that_it_goes(each, at=GONE_DUE - NOTICE)
        return int(mentorship.pk)


def clear() -> None:
    """Delete what is to go, as the clocks do."""
    with scope.everywhere(EVERYWHERE):
        for mentorship in mentorships_to_clear(GONE_DUE):
            clear_inside(mentorship, at=GONE_DUE)
        clear_files()


def look_inside(pk: int) -> list[Any]:
    """Return how many notes, messages and files there are, whether there is a key, and what is still to be deleted."""
    with scope.everywhere(EVERYWHERE):
        row = Mentorship.objects.get(pk=pk)
        counts = [kind.unscoped.filter(mentorship=row).count() for kind in (Note, Message, Attachment)]
        return [*counts, row.wrapped_key is not None, Doomed.objects.count()]


def files_inside() -> int:
    return sum(file.is_file() for file in (settings.MEDIA_ROOT / "inside").rglob("*"))


# The cast of each case, apart from all others


@contextmanager
def _harbour(name: str) -> Iterator[tuple[Person, Cohort]]:
    """Found an organisation with a coordinator, and a cohort of four mentees and four mentors."""
    with scope.everywhere(EVERYWHERE), clock.stopped(NOW):
        harbour = organisations.found_organisation(Network.objects.create(name=name), name=name, region="Wales")
        carys = find_or_create_person(email=f"carys.{name}@example.org", name="Carys", at=NOW)
        organisations.appoint_coordinator(carys, harbour, at=NOW)
        programme = programmes.start_programme(harbour, name=name, by=carys, at=NOW)
        cohort = programmes.open_cohort(programme, name=name, starts_on=NOW.date(), by=carys, at=NOW)
        for side in ("mentor", "mentee"):
            for number in range(4):
                person = find_or_create_person(email=f"{side}{number}.{name}@example.org", name=side, at=NOW)
                details = {"topics": [["Pricing", 1.0]], "key_contact": carys}
                programmes.enter_participant(cohort, person, Side(side), by=carys, at=NOW, details=details)
        yield carys, cohort


def _pair(cohort: Cohort) -> Mentorship:
    people = [Participant.objects.filter(cohort=cohort, side=side).first() for side in ("mentor", "mentee")]
    return pair(*[each for each in people if each], stage=MentorshipState.GOING_ON)


def _sides(mentorship: Mentorship) -> tuple[Member, Member]:
    found = {row.side: member_in(mentorship, row.participant) for row in mentorship.members.all()}
    return found["mentor"], found["mentee"]


def _emails_to(participant: Participant) -> int:
    return Email.objects.filter(to=participant.person.email, kind__in=["mentee_offer", "tell_of_message"]).count()


def _age_arrivals() -> None:
    for file in shelf._arrivals().iterdir():
        os.utime(file, (0, 0))
