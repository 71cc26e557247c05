import pytest

from alongside.kernel import scope
from alongside.programmes.models import Cohort, Participant, Programme
from tests.world import World


def test_without_a_scope_organisation_owned_rows_cannot_be_read(world: World) -> None:
    with scope.within(scope.Scope()):
        assert not Participant.objects.exists()
    token = scope._current.set(None)
    try:
        with pytest.raises(scope.NoScope, match="Participant belongs to organisations"):
            Participant.objects.exists()
    finally:
        scope._current.reset(token)


def test_a_scope_holds_the_rows_of_its_organisation_and_no_other(world: World) -> None:
    with scope.within(world.elsewhere_scope):
        assert list(Programme.objects.all()) == [world.other_programme]
        assert not Participant.objects.exists()


def test_related_rows_are_held_by_the_scope_as_well(world: World) -> None:
    with scope.within(world.elsewhere_scope):
        assert not world.cohort.participants.exists()


def test_a_partner_reaches_the_shared_programme_and_nothing_else_of_the_lead(world: World) -> None:
    from alongside.programmes.actions import start_programme
    from tests.world import NOW

    start_programme(world.harbour, name="Harbour's own", by=world.carys, at=NOW)
    with scope.within(scope.Scope.of(organisations=[world.quay.pk], programmes=[world.programme.pk])):
        assert list(Programme.objects.all()) == [world.programme]
        assert list(Cohort.objects.all()) == [world.cohort]


def test_work_across_organisations_needs_a_reason() -> None:
    with pytest.raises(ValueError, match="needs a reason"), scope.everywhere(""):
        pass
