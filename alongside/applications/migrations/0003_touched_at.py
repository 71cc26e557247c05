import alongside.applications.states
from django.db import migrations, models
from django.db.models import F

S = alongside.applications.states.ImportState


def touched_when_uploaded(apps, schema_editor):
    """Of imports that are there already, the upload is the last touch we know of."""
    apps.get_model('applications', 'SheetImport')._base_manager.update(touched_at=F('uploaded_at'))


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0002_forget_cells'),
    ]

    operations = [
        migrations.AddField(
            model_name='sheetimport',
            name='touched_at',
            field=models.DateTimeField(help_text='When a coordinator last did something with it.', null=True),
        ),
        migrations.RunPython(touched_when_uploaded, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='sheetimport',
            name='touched_at',
            field=models.DateTimeField(help_text='When a coordinator last did something with it.'),
        ),
        migrations.AlterField(
            model_name='sheetimport',
            name='state',
            field=models.CharField(choices=[(S['READING'], S['READING']), (S['READ'], S['READ']), (S['CHECKING'], S['CHECKING']), (S['CHECKED'], S['CHECKED']), (S['IMPORTING'], S['IMPORTING']), (S['IMPORTED'], S['IMPORTED']), (S['CANCELLED'], S['CANCELLED']), (S['PUT_AWAY'], S['PUT_AWAY']), (S['FAILED'], S['FAILED'])], default=S['READING'], max_length=12),
        ),
    ]
