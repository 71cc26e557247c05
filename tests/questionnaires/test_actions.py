import pytest

from alongside.audit.models import Entry
from alongside.datafiles.checking import FaultsFound
from alongside.kernel import scope
from alongside.kernel.lifecycle import ChangedMeanwhile
from alongside.questionnaires.actions import KeyTaken, begin_questionnaire, bring_in, publish, save_draft
from alongside.questionnaires.library import NoSuchQuestionnaire
from alongside.questionnaires.models import Published, Questionnaire
from alongside.questionnaires.queries import definition_of, newest_definition, questionnaires_run_by
from tests.questionnaires.everything import EVERYTHING
from tests.world import NOW, World

TABLE = EVERYTHING.model_dump(mode="json", by_alias=True, exclude={"id", "version"})


@pytest.fixture
def own(world: World) -> Questionnaire:
    with scope.within(world.harbour_scope):
        return begin_questionnaire(world.harbour, key="ours", draft=TABLE, by=world.carys, at=NOW)


def test_what_was_published_stays_when_the_draft_goes_on(world: World, own: Questionnaire) -> None:
    with scope.within(world.harbour_scope):
        publish(own, by=world.carys, at=NOW)
        save_draft(own, {**TABLE, "title": "Another title"}, version=own.version, by=world.carys, at=NOW)
        assert newest_definition("ours", world.harbour.pk).title == EVERYTHING.title
        publish(own, by=world.carys, at=NOW)
        assert newest_definition("ours", world.harbour.pk).title == "Another title"
        assert definition_of("ours", 1, world.harbour.pk).title == EVERYTHING.title


def test_publishing_what_did_not_change_makes_no_version(world: World, own: Questionnaire) -> None:
    with scope.within(world.harbour_scope):
        first = publish(own, by=world.carys, at=NOW)
        assert publish(own, by=world.carys, at=NOW) == first
        assert Published.objects.count() == 1


def test_what_is_not_right_yet_is_kept_and_not_published(world: World, own: Questionnaire) -> None:
    with scope.within(world.harbour_scope):
        save_draft(own, {"title": "Half"}, version=own.version, by=world.carys, at=NOW)
        with pytest.raises(FaultsFound, match="“about” is missing"):
            publish(own, by=world.carys, at=NOW)
        assert not Published.objects.exists()


def test_of_two_who_write_at_once_the_second_is_told(world: World, own: Questionnaire) -> None:
    with scope.within(world.harbour_scope):
        other = Questionnaire.objects.get(pk=own.pk)
        save_draft(own, {**TABLE, "title": "One"}, version=own.version, by=world.carys, at=NOW)
        with pytest.raises(ChangedMeanwhile):
            save_draft(other, {**TABLE, "title": "Two"}, version=other.version, by=world.carys, at=NOW)
        assert Questionnaire.objects.get(pk=own.pk).draft["title"] == "One"


def test_a_questionnaire_that_comes_as_a_file_changes_nobodys(world: World) -> None:
    with scope.within(world.harbour_scope):
        assert bring_in(world.harbour, EVERYTHING, by=None, at=NOW) == "everything"
        assert bring_in(world.harbour, EVERYTHING, by=None, at=NOW) == "everything"
        other = EVERYTHING.model_copy(update={"title": "Another"})
        assert bring_in(world.harbour, other, by=None, at=NOW) == "everything-2"
        assert newest_definition("everything", world.harbour.pk).title == EVERYTHING.title


def test_no_key_ever_means_two_questionnaires(world: World, own: Questionnaire) -> None:
    ours = newest_definition("expectations")
    with scope.within(world.harbour_scope):
        assert bring_in(world.harbour, ours, by=None, at=NOW) == "expectations"
        assert not Questionnaire.objects.filter(key="expectations").exists()
        changed = ours.model_copy(update={"title": "Other expectations"})
        assert bring_in(world.harbour, changed, by=None, at=NOW) == "expectations-2"
        for key in ("expectations", "ours"):
            with pytest.raises(KeyTaken, match=key):
                begin_questionnaire(world.harbour, key=key, draft={}, by=None, at=NOW)


def test_each_organisation_has_its_own(world: World, own: Questionnaire) -> None:
    with scope.within(world.harbour_scope):
        publish(own, by=world.carys, at=NOW)
        assert list(questionnaires_run_by(world.carys)) == [own]
    with pytest.raises(NoSuchQuestionnaire):
        newest_definition("ours", world.elsewhere.pk)
    with scope.within(world.elsewhere_scope):
        assert not questionnaires_run_by(world.olu).exists()
        assert not Questionnaire.objects.exists()


def test_the_audit_says_who_published_which_version(world: World, own: Questionnaire) -> None:
    with scope.within(world.harbour_scope):
        publish(own, by=world.carys, at=NOW)
    entry = Entry.unscoped.get(verb="publish_questionnaire")
    assert (entry.actor_ref, entry.details) == (world.carys.ref, {"number": 1})
