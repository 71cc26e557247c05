"""Mentorships from before: their states in the words of now, a key for what is written inside, when they are to end."""

from datetime import timedelta

from django.db import migrations

from alongside.kernel import sealing

YEAR = timedelta(days=365)


def bring_up_to_date(apps, schema_editor):
    Mentorship = apps.get_model("mentorships", "Mentorship")
    ring = sealing.key_ring()
    for mentorship in Mentorship._base_manager.iterator():
        if mentorship.state == "met":
            mentorship.state = "cooling_off"
        elif mentorship.state == "active":
            mentorship.state = "going_on"
        # What was called agreed meant that both go on: an agreement to sign is younger than that.
        mentorship.going_on_at, mentorship.agreed_at = mentorship.agreed_at, None
        mentorship.planned_end_on = (mentorship.introduced_at + YEAR).date()
        mentorship.wrapped_key = ring.wrap(sealing.new_key(), about=f"mentorship {mentorship.ref}")
        mentorship.save()


class Migration(migrations.Migration):
    dependencies = [("mentorships", "0002_a_whole_life"), ("programmes", "0002_how_mentorships_run")]
    operations = [migrations.RunPython(bring_up_to_date, migrations.RunPython.noop, elidable=True)]
