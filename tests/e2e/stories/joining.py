"""From picking a blueprint to everybody being ready: started, opened, applied to, decided, inducted."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.urls import reverse

from alongside.applications import applying
from alongside.applications.models import Application, Reference
from alongside.applications.standing import wants_referees
from alongside.blueprints.blueprint import Blueprint
from alongside.blueprints.sections import Application as HowToApply
from alongside.journeys import apply as journey
from alongside.journeys.accept_application import accept_application
from alongside.programmes.models import Cohort, Participant, Programme
from alongside.programmes.states import ParticipantState, Side
from alongside.questionnaires.queries import newest_definition
from tests.e2e.stories.telling import DAY, Story, told
from tests.e2e.stories.windows import Window
from tests.files import PDF
from tests.world import person

MAIL, REFEREE = "@example.org", "rae.referee@example.org"


def start(story: Story, blueprint: Blueprint, name: str, *, file: bytes = b"") -> None:
    """Pick it on the page, or bring it as a file; read how it runs; name it; open a cohort."""
    desk = story.desk
    desk.open(reverse("new_programme"))
    if file:
        desk.press(f"main a[href='{reverse('programme_from_file')}']")
        desk.page.locator("main [name=name]").fill(name)
        content = {"name": f"{blueprint.id}.zip", "mimeType": "application/zip", "buffer": file}
        desk.page.locator("main [name=file]").set_input_files(content)  # type: ignore[arg-type]
        read = desk.press()
    else:
        read = desk.press(f"main a[href='{reverse('start_programme', args=[blueprint.id])}']")
        assert blueprint.file.summary in read
    for gate in blueprint.rules.gates:
        assert gate.title in read, "the whole way stands on one page"
    if not file:
        desk.page.locator("main [name=name]").fill(name)
        desk.press()
    programme = Programme.objects.get(name=name)
    desk.open(reverse("programme", args=[programme.ref]))
    desk.press(f"main a[href='{reverse('new_cohort', args=[programme.ref])}']")
    desk.page.locator("main [name=name]").fill("First")
    desk.page.locator("main [name=starts_on]").fill(story.time.at.date().isoformat())
    desk.press()
    story.cohort = Cohort.objects.select_related("programme", "organisation").get(programme=programme)
    story.blueprint = blueprint


def open_applications(story: Story) -> None:
    """Open them for each side that applies; a side nobody applies for cannot be opened."""
    url = reverse("cohort_applications", args=[story.cohort.ref])
    for side in Side:
        story.desk.open(url)
        form = story.desk.page.locator(f"main form:has(input[name=side][value={side.value}])")
        if story.rules.applications.of(side) is None:
            assert form.count() == 0
            continue
        form.locator("input[type=date]").fill((story.time.at + 20 * DAY).date().isoformat())
        story.desk.press(form.locator("button[value=open]"))


def rules_of(story: Story, side: Side) -> HowToApply:
    found = story.rules.applications.of(side)
    assert found is not None
    return found


def applies(story: Story, name: str, side: Side, *, kind: str = "", **own: Any) -> Participant:
    """Somebody applies from the public page, and is accepted once every step is done."""
    rules, email = rules_of(story, side), _address(name)
    window = story.stranger(email)
    way = window.open(reverse("apply", args=[story.cohort.ref, side.value]))
    for step in (*rules.steps, *story.rules.gates_of(side)):
        assert step.title in way, "whoever may apply reads what comes"
    assert f"{rules.days_to_decide} day" in way
    window.page.locator("main [name=email]").fill(email)
    window.press()
    window.open(story.link("confirm_address", email))
    window.press()
    _filled_in(story, window, side, kind, {"name": name, **own})
    application = Application.objects.select_related("person", "cohort").get(cohort=story.cohort, person__email=email)
    assert application.state == "sent"
    assert application.due_at == story.time.at + timedelta(days=rules.days_to_decide)
    story.email("say_it_arrived", email)
    _referees_answer(story, application)
    return _accepted(story, application, rules)


def joins(story: Story, name: str, **own: Any) -> Participant:
    """Somebody else applies as a mentor and is accepted, by the same journeys: one application was seen in full."""
    at, by, rules = story.time.at, story.coordinator, rules_of(story, Side.MENTOR)
    application = journey.begin(story.cohort, person(name), Side.MENTOR, at=at)
    questions = {each.id: each for each in application.definition.questions if each.kind != "file"}
    answer = told(questions, Side.MENTOR, {"name": name, **own})
    said = {each: answer(each) for each in questions}
    applying.save_answers(application, said, version=application.version, at=at)
    for document in rules.documents:
        applying.add_document(application, document.id, name="one.pdf", content=PDF, at=at)
    if wants_referees(application):
        applying.name_referees(application, [applying.Referee("Rae Referee", REFEREE)], at=at)
    journey.send(application, by=application.person, at=at)
    for step in rules.steps:
        applying.do_step(application, step.id, day=at.date(), by=by, at=at)
    accept_application(application, contact=by, by=by, at=at)
    return _participant(story, application.person.email)


def _filled_in(story: Story, window: Window, side: Side, kind: str, own: dict[str, Any]) -> None:
    """Walk through whatever there is to do, until it is sent."""
    definition = newest_definition(rules_of(story, side).form, story.cohort.organisation_id)
    answer = told({each.id: each for each in definition.questions}, side.value, own)
    asked = set()
    for _step in range(40):
        path = window.path()
        if "/form/" in path:
            asked.add(path)
            window.fill_in(answer)
        elif "/kind/" in path:
            window.page.locator(f"main [name=kind][value={kind}]").check(force=True)
        elif "/documents/" in path:
            file: Any = {"name": "one.pdf", "mimeType": "application/pdf", "buffer": PDF}
            window.page.locator("main [type=file]").set_input_files(file)
        elif "/referees/" in path:
            window.page.locator("main [name=name_1]").fill("Rae Referee")
            window.page.locator("main [name=email_1]").fill(REFEREE)
        elif path.endswith("/check/"):
            said = window.press()
            assert "/check/" not in window.path(), said
            assert asked, "a form was filled in"
            return
        elif not window.page.locator("main .button--step").count():
            window.press("main .shelf li:not(:has(.clock--done)) a")
            assert window.path() != path
            continue
        window.press()
    raise AssertionError(f"{window.path()} leads nowhere")


def _referees_answer(story: Story, application: Application) -> None:
    for reference in Reference.objects.filter(application=application):
        referee = story.stranger(reference.email)
        referee.open(story.link("ask_for_reference", reference.email))
        questions = {each.id: each for each in reference.definition.questions}
        referee.fill_in(told(questions, "mentor", {}))
        referee.press()
        reference.refresh_from_db()
        assert reference.done_at


def _accepted(story: Story, application: Application, rules: HowToApply) -> Participant:
    """Every step in its order; nobody is accepted before the last."""
    desk, accept = story.desk, reverse("application_accept", args=[application.ref])
    read = desk.open(reverse("application", args=[application.ref]))
    assert application.person.name in read
    for step in rules.steps:
        assert not desk.page.locator(f"main a[href='{accept}']").count(), f"before {step.id}"
        form = desk.page.locator(f"main form:has(input[name=step][value={step.id}])")
        if step.kind == "check":
            form.locator("[name=passed][value=yes]").check(force=True)
        desk.press(form.locator("button"))
    desk.press(f"main a[href='{accept}']")
    desk.press()
    story.email("welcome", application.person.email)
    return _participant(story, application.person.email)


def ready(story: Story, participant: Participant) -> None:
    """The steps before matching, in their order, on their page; only after the last are they matched."""
    desk, left = story.desk, [gate.id for gate in story.rules.gates_of(participant.side)]
    url = reverse("participant", args=[participant.ref])
    while left:
        participant.refresh_from_db()
        assert participant.state == ParticipantState.WAITING
        if desk.path() != url:
            desk.open(url)
        shown = [each.get_attribute("value") for each in desk.page.locator("main [name=gate]").all()]
        assert left[0] in shown
        after = {gate.id: gate.after for gate in story.rules.gates}
        assert not [gate for gate in shown if set(after[gate or ""]) & set(left)], "nothing before what it comes after"
        desk.press(f"main [name=gate][value={left.pop(0)}]")
    participant.refresh_from_db()
    assert participant.state == ParticipantState.READY


def brought_in(story: Story, names: list[str], side: Side, folder: Path, *, topics: str, employer: str) -> None:
    """Bring a side in with a spreadsheet."""
    file = folder / f"{side.value}.csv"
    head = "Full name,Email address,What would you like help with?,Employer,Town or postcode,Languages"
    rows = [f"{name},{_address(name)},{topics},{employer},Swansea,English" for name in names]
    file.write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    desk = story.desk
    desk.open(reverse("import", args=[story.cohort.ref]))
    desk.page.locator("main [name=file]").set_input_files(file)
    desk.page.locator(f"main [name=side][value={side.value}]").check(force=True)
    desk.press()
    desk.press()
    said = desk.press()
    assert f"{len(names)} added" in said


def _participant(story: Story, email: str) -> Participant:
    rows = Participant.objects.select_related("person", "cohort__programme")
    found: Participant = rows.get(cohort=story.cohort, person__email=email)
    return found


def _address(name: str) -> str:
    return f"{name.lower().replace(' ', '.')}{MAIL}"


def named(story: Story, names: list[str]) -> list[Participant]:
    return [_participant(story, _address(name)) for name in names]
