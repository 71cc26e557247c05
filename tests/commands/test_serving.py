from datetime import timedelta

from django.test import override_settings
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from alongside.applications.tasks import take_step
from alongside.commands.serving import ABANDONED_AFTER, take_back_abandoned_jobs
from alongside.kernel import clock


@override_settings(TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}})
def test_a_job_that_a_killed_worker_left_running_is_queued_again(db) -> None:
    take_step.enqueue(1)
    take_step.enqueue(2)
    abandoned, fresh = DBTaskResult.objects.order_by("enqueued_at")
    long_ago = clock.now() - ABANDONED_AFTER - timedelta(minutes=1)
    DBTaskResult.objects.filter(pk=abandoned.pk).update(status=TaskResultStatus.RUNNING, started_at=long_ago)
    DBTaskResult.objects.filter(pk=fresh.pk).update(status=TaskResultStatus.RUNNING, started_at=clock.now())
    assert take_back_abandoned_jobs() == 1
    abandoned.refresh_from_db()
    assert abandoned.status == TaskResultStatus.READY
