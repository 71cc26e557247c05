"""Emails written before this know their programme and an address; who has it there is their participant.

Only those that have not gone out are looked at: nobody asks whom the others were to.
"""

from django.db import migrations


def name_participants(apps, schema_editor):
    Email = apps.get_model("notifications", "Email")
    Participant = apps.get_model("programmes", "Participant")
    for email in Email.objects.filter(participant_id=None).exclude(programme_id=None).exclude(state="sent").iterator():
        found = Participant._base_manager.filter(programme_id=email.programme_id, person__email=email.to)
        Email.objects.filter(pk=email.pk).update(participant_id=found.order_by("pk").values_list("pk", flat=True).last())


class Migration(migrations.Migration):

    dependencies = [
        ("notifications", "0002_emails_that_did_not_arrive"),
        ("programmes", "0001_initial"),
    ]

    operations = [migrations.RunPython(name_participants, migrations.RunPython.noop, elidable=True)]
