from django.db import migrations

ENDED = ['imported', 'cancelled', 'failed']


def forget_cells(apps, schema_editor):
    """Take the cells out of what imports found that ended before this was done at their end."""
    imports = apps.get_model('applications', 'SheetImport')._base_manager
    for pk, findings in imports.filter(state__in=ENDED).values_list('pk', 'findings').iterator():
        if findings:
            kept = [
                {'row': each['row'], 'column': each['column'], 'severity': each['severity'], 'code': each.get('code', '')}
                for each in findings
            ]
            imports.filter(pk=pk).update(findings=kept)


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(forget_cells, migrations.RunPython.noop),
    ]
