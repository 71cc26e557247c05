"""How a programme runs becomes data: a rule book for each programme, which its cohorts follow."""

import hashlib
import json
import re

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone


def keep_as_rules(apps, schema_editor):
    """Write down as rules what stood in columns; what gates somebody passed is named by id from now on."""
    Programme, Cohort, RuleBook, Participant = (
        apps.get_model("programmes", name) for name in ("Programme", "Cohort", "RuleBook", "Participant")
    )
    for programme in Programme._base_manager.all():
        gates = _gates(programme.gates)
        table = _table(programme, gates)
        canonical = json.dumps(table, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        fingerprint = hashlib.sha256(canonical.encode()).hexdigest()
        RuleBook._base_manager.create(
            organisation_id=programme.organisation_id, programme=programme, fingerprint=fingerprint, table=table,
            made_at=timezone.now(),
        )  # fmt: skip
        Programme._base_manager.filter(pk=programme.pk).update(rules_fingerprint=fingerprint)
        Cohort._base_manager.filter(programme=programme).update(rules_fingerprint=fingerprint)
        ids = {gate["title"]: gate["id"] for gate in gates}
        for participant in Participant._base_manager.filter(programme=programme).exclude(gates_passed=[]):
            participant.gates_passed = [ids[title] for title in participant.gates_passed if title in ids]
            participant.save(update_fields=["gates_passed"])


def _gates(titles):
    found = []
    for number, title in enumerate(titles, 1):
        plain = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:40] or "step"
        taken = {gate["id"] for gate in found}
        name = plain if plain[0].isalpha() and plain not in taken else f"step-{number}-{plain}"
        found.append({"id": name, "title": title, "sides": ["mentor", "mentee"], "about": ""})
    return found


def _table(programme, gates):
    return {
        "gates": gates,
        "matching": programme.matching_rules,
        "choice": {
            "shape": programme.choice_shape,
            "mentors_offered": programme.mentors_offered,
            "days_to_answer": programme.days_to_answer,
            "reminders": programme.reminders,
        },
        "start": {"cooling_off_days": programme.cooling_off_days},
        "meetings": {
            "expected": programme.meetings_expected,
            "minutes": programme.meeting_minutes,
            "rhythm_days": programme.rhythm_days,
        },
        "length": {"months": programme.length_months},
        "agreement": {"text": programme.agreement_text, "charter": programme.charter_text},
        "objectives": {"scaled": programme.scaled_objectives},
    }


class Migration(migrations.Migration):

    dependencies = [
        ("organisations", "0001_initial"),
        ("programmes", "0002_how_mentorships_run"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RuleBook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fingerprint", models.CharField(max_length=64)),
                ("table", models.JSONField()),
                ("blueprint", models.CharField(blank=True, max_length=80)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation")),
                ("programme", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programmes.programme")),
            ],
            options={
                "ordering": ["made_at", "pk"],
                "abstract": False,
                "base_manager_name": "unscoped",
                "constraints": [models.UniqueConstraint(fields=("programme", "fingerprint"), name="one_rule_book_per_rules")],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddField(
            "programme",
            "rules_fingerprint",
            models.CharField(
                default="", help_text="The rules that cohorts opened from now on follow.", max_length=64
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "programme",
            "blueprint",
            models.CharField(blank=True, help_text='What it was started from, as "id@version".', max_length=80),
        ),
        migrations.AddField(
            "cohort",
            "rules_fingerprint",
            models.CharField(default="", help_text="The rules this cohort follows.", max_length=64),
            preserve_default=False,
        ),
        migrations.AlterField("participant", "gates_passed", models.JSONField(default=list, help_text="Ids of gates.")),
        migrations.RunPython(keep_as_rules, migrations.RunPython.noop),
        *(
            migrations.RemoveField("programme", name)
            for name in (
                "agreement_text", "charter_text", "choice_shape", "cooling_off_days", "days_to_answer", "gates",
                "length_months", "matching_rules", "meeting_minutes", "meetings_expected", "mentors_offered",
                "reminders", "rhythm_days", "scaled_objectives",
            )
        ),
    ]
