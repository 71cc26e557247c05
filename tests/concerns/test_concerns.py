"""A concern reaches whoever is to hear it, nobody it is about, and is never changed."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from alongside.audit.models import Entry as AuditEntry
from alongside.commands.cli import main
from alongside.concerns import actions
from alongside.concerns.actions import hearing
from alongside.concerns.clocks import fallen_due
from alongside.concerns.models import Concern, Entry, Hearer, NeverChanged
from alongside.concerns.queries import concerns_heard_by, entries_of, hearers_of, who_hears
from alongside.concerns.states import Due
from alongside.journeys.raise_concern import NobodyHears
from alongside.journeys.run_clocks import run_clocks
from alongside.kernel import sealing
from alongside.kernel.lifecycle import MoveNotAllowed
from alongside.kernel.scope import NoScope, Scope, everywhere, within
from alongside.mentorships.models import Mentorship
from alongside.notifications.models import Email
from alongside.organisations.models import Organisation
from alongside.people.models import Person
from alongside.programmes.models import Programme
from tests.paired import SECRET, inside, pair
from tests.reported import named_lead, raised
from tests.world import NOW, World

DAY = timedelta(days=1)


def hears(concern: Concern) -> set[str]:
    with hearing(concern):
        return {person.name for person in hearers_of(concern)}


def kinds_to(person: Person) -> list[str]:
    return list(Email.objects.filter(to=person.email).order_by("pk").values_list("kind", flat=True))


class TestWhoHears:
    def test_the_lead_and_no_coordinator(self, world: World) -> None:
        lena = named_lead(world)
        assert hears(raised(world)) == hears(raised(world, world.carys)) == {"Lena Lead"}
        assert kinds_to(lena) == ["tell_of_concern"] * 2
        assert kinds_to(world.carys) == []

    def test_where_it_is_about_the_lead_or_none_is_named_the_coordinators_it_is_not_about(self, world: World) -> None:
        assert hears(raised(world)) == {"Carys Coordinator"}
        lena = named_lead(world)
        assert hears(raised(world, lena)) == {"Carys Coordinator"}
        assert kinds_to(lena) == []

    def test_where_it_is_about_all_of_those_the_partners(self, world: World) -> None:
        assert hears(raised(world, world.carys)) == {"Piotr Partner"}

    def test_where_nobody_is_left_nothing_is_kept(self, world: World) -> None:
        with pytest.raises(NobodyHears, match="999"):
            raised(world, world.carys, world.piotr)
        assert not Concern.unscoped.exists()

    def test_a_lead_who_coordinates_and_whom_it_is_about_hears_nothing(self, world: World) -> None:
        world.programme.safeguarding_lead = world.carys
        assert [person.name for person in who_hears(world.programme, about=[world.carys.ref]).people] == [
            "Piotr Partner"
        ]


class TestKeptShut:
    def test_no_other_scope_finds_or_opens_it(self, world: World) -> None:
        named_lead(world)
        concern, mentorship = raised(world), pair(world.maya, world.bea)
        with hearing(concern):
            (entry,) = entries_of(concern)
            assert entry.words["words"] == SECRET
        scopes = [
            world.harbour_scope,
            Scope.of(organisations=[world.harbour.pk], concerns=[concern.pk + 1]),
            Scope.of(programmes=[world.programme.pk], mentorships=[mentorship.pk]),
        ]
        for each in scopes:
            with within(each):
                assert not any(model.objects.exists() for model in (Concern, Entry, Hearer))
                with pytest.raises(NoScope):
                    assert entry.words
        with everywhere("a worker"):
            assert not Concern.objects.exists()
            with pytest.raises(NoScope):
                assert entry.words

    def test_a_scope_of_a_concern_opens_no_mentorship(self, world: World) -> None:
        concern, mentorship = raised(world), pair(world.maya, world.bea)
        with hearing(concern), pytest.raises(NoScope):
            assert Mentorship.objects.get(pk=mentorship.pk).key
        with inside(mentorship), pytest.raises(NoScope):
            assert concern.key

    def test_a_copy_of_the_tables_the_audit_and_the_emails_say_nothing(self, world: World) -> None:
        lena = named_lead(world)
        concern = raised(world)
        with hearing(concern):
            actions.acknowledge(concern, by=lena, at=NOW)
            actions.note(concern, f"{SECRET} a note", by=lena, at=NOW)
        with connection.cursor() as cursor:
            for table in ("concern", "entry", "hearer", "rung"):
                cursor.execute(f"SELECT * FROM concerns_{table}")
                dump = repr(cursor.fetchall())
                assert SECRET not in dump
                assert "bea.baker" not in dump
        assert all(SECRET not in str(e.details) for e in AuditEntry.unscoped.all())
        assert all(SECRET not in email.subject + email.text + email.html for email in Email.objects.all())
        assert not AuditEntry.unscoped.filter(verb="raise_concern", actor_ref=world.bea.person.ref).exists()

    def test_without_a_name_nothing_leads_back_to_whoever_raised_it(self, world: World) -> None:
        named_lead(world)
        concern = raised(world, named=False)
        with hearing(concern):
            (entry,) = entries_of(concern)
            assert world.bea.person.name not in str(entry.words)
        assert entry.by is None
        assert kinds_to(world.bea.person) == []
        assert not AuditEntry.unscoped.filter(thing_ref=concern.ref).exclude(actor_ref="").exists()

    def test_a_new_key_of_the_installation_opens_it_still(self, world: World, settings, capsys) -> None:
        concern = raised(world)
        old, new = settings.CONTENT_KEYS, sealing.written(sealing.new_key())
        settings.CONTENT_KEYS = f"{new},{old}"
        assert main(["reseal"]) == 0
        settings.CONTENT_KEYS = new
        fresh = Concern.unscoped.get(pk=concern.pk)
        with hearing(fresh):
            assert entries_of(fresh)[0].words["words"] == SECRET
        capsys.readouterr()


class TestNeverChanged:
    def test_nothing_said_is_edited_or_deleted(self, world: World) -> None:
        concern = raised(world)
        with hearing(concern):
            (entry,) = entries_of(concern)
            for change in (
                entry.save,
                entry.delete,
                concern.delete,
                Entry.objects.all().delete,
                Entry.unscoped.all().delete,
                lambda: Entry.objects.update(by=world.carys),
            ):
                with pytest.raises(NeverChanged), transaction.atomic():
                    change()
            assert entries_of(concern)[0].words["words"] == SECRET

    def test_it_goes_from_received_to_looked_at_to_closed_and_only_so(self, world: World) -> None:
        concern = raised(world)
        with hearing(concern):
            with pytest.raises(MoveNotAllowed):
                actions.decide(concern, "x", by=world.carys, at=NOW)
            actions.acknowledge(concern, by=world.carys, at=NOW)
            with pytest.raises(MoveNotAllowed):
                actions.acknowledge(concern, by=world.carys, at=NOW)
            with pytest.raises(ValueError, match="what was decided"):
                actions.close(concern, "", by=world.carys, at=NOW)
            actions.decide(concern, "We part them", by=world.carys, at=NOW)
            actions.close(concern, "", by=world.carys, at=NOW)
            assert [entry.kind for entry in entries_of(concern)] == ["raised", "acknowledged", "decided", "closed"]


class TestClocks:
    def run(self, *moments: datetime) -> None:
        for at in moments:
            run_clocks(at=at)
            run_clocks(at=at)

    def test_left_lying_the_lead_is_reminded_and_then_a_second_person_is_asked_each_once(self, world: World) -> None:
        lena = named_lead(world)
        concern = raised(world)  # a Monday
        self.run(NOW + DAY - timedelta(minutes=1))
        assert kinds_to(lena) == ["tell_of_concern"]
        self.run(NOW + DAY)
        assert kinds_to(lena) == ["tell_of_concern", "remind_of_concern"]
        assert kinds_to(world.carys) == []
        self.run(NOW + 2 * DAY)
        assert hears(concern) == {"Lena Lead", "Carys Coordinator"}
        assert kinds_to(world.carys) == ["bring_in_on_concern"]

    def test_never_somebody_it_is_about_is_brought_in(self, world: World) -> None:
        named_lead(world)
        concern = raised(world, world.carys)
        self.run(NOW + 30 * DAY)
        assert hears(concern) == {"Lena Lead", "Piotr Partner"}
        assert kinds_to(world.carys) == []

    def test_once_looked_at_only_the_decision_has_a_clock(self, world: World) -> None:
        lena = named_lead(world)
        concern = raised(world)
        with hearing(concern):
            actions.acknowledge(concern, by=lena, at=NOW)
        self.run(NOW + 3 * DAY)
        assert kinds_to(lena) == ["tell_of_concern"]
        self.run(NOW + 7 * DAY)  # five working days
        assert kinds_to(lena) == ["tell_of_concern", "remind_of_concern"]
        with hearing(concern):
            actions.decide(concern, "Done", by=lena, at=NOW)
        self.run(NOW + 30 * DAY)
        assert hears(concern) == {"Lena Lead"}

    @pytest.mark.parametrize(
        ("raised_at", "due_at"),
        [
            (datetime(2026, 3, 13, 16, tzinfo=UTC), datetime(2026, 3, 16, 16, tzinfo=UTC)),  # a Friday
            (datetime(2026, 3, 14, 12, tzinfo=UTC), datetime(2026, 3, 16, 12, tzinfo=UTC)),  # a Saturday
            (datetime(2026, 3, 27, 16, tzinfo=UTC), datetime(2026, 3, 30, 15, tzinfo=UTC)),  # the clocks go forward
            (datetime(2026, 10, 23, 15, tzinfo=UTC), datetime(2026, 10, 26, 16, tzinfo=UTC)),  # and back
        ],
    )
    def test_days_are_working_days_by_the_clock_on_the_wall(
        self, world: World, raised_at: datetime, due_at: datetime
    ) -> None:
        concern = raised(world, at=raised_at)
        assert fallen_due(concern, at=due_at - timedelta(minutes=1)) == []
        assert fallen_due(concern, at=due_at) == [Due.ACKNOWLEDGE]

    @given(minutes=st.integers(0, 60 * 24 * 365), later=st.integers(0, 60 * 24 * 30))
    def test_what_has_fallen_due_stays_due(self, minutes: int, later: int) -> None:
        programme = Programme(organisation=Organisation(region="Wales"))
        concern = Concern(received_at=NOW + timedelta(minutes=minutes), programme=programme)
        moments = [concern.received_at + timedelta(minutes=each) for each in (later, later + 600)]
        first, second = (set(fallen_due(concern, at=at)) for at in moments)
        assert first <= second

    def test_a_worker_that_dies_half_way_is_made_up_for(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        from alongside.journeys import concern_emails

        lena = named_lead(world)
        raised(world)
        written = concern_emails.remind_of_concern
        monkeypatch.setattr(concern_emails, "remind_of_concern", lambda *_, **__: 1 / 0)
        run_clocks(at=NOW + DAY)
        monkeypatch.setattr(concern_emails, "remind_of_concern", written)
        run_clocks(at=NOW + DAY)
        assert kinds_to(lena) == ["tell_of_concern", "remind_of_concern"]


def test_a_concern_is_found_by_those_who_hear_it_alone(world: World) -> None:
    lena = named_lead(world)
    concern = raised(world)
    assert [each.pk for each in concerns_heard_by(lena)] == [concern.pk]
    assert not concerns_heard_by(world.carys).exists()
