"""Queues what is due: retries that wait longer than a queue holds a job, and jobs that were lost."""

import logging
from dataclasses import replace
from datetime import datetime, timedelta

from shared.kernel.ports import Clock, JobQueue
from shared.webhooks.models import Delivery, job_of
from shared.webhooks.ports import Deliveries

LOG = logging.getLogger("scs.webhooks")
BATCH = 200
MOST_BATCHES = 20
AGAIN_AFTER = timedelta(minutes=5)
"""A full queue must not be filled with the same jobs every minute."""
GIVEN_UP_AFTER = timedelta(days=10)
"""Well over what all tries take with the longest waits receivers may ask for in between."""


class DeliverySweeper:
    """The timer's part."""

    def __init__(self, deliveries: Deliveries, jobs: JobQueue, clock: Clock) -> None:
        self._deliveries = deliveries
        self._jobs = jobs
        self._clock = clock

    def sweep(self) -> int:
        """Queue everything that is due; how many. The row moves first: a job that then is lost is queued again."""
        count = 0
        for _ in range(MOST_BATCHES):
            now = self._clock.now()
            due = self._deliveries.due(now, BATCH)
            count += sum(self._queued(each, now) for each in due)
            if len(due) < BATCH:
                break
        return count

    def _queued(self, delivery: Delivery, now: datetime) -> bool:
        expired = now - delivery.started_at > GIVEN_UP_AFTER
        after = delivery.ended("expired") if expired else replace(delivery, due_at=now + AGAIN_AFTER)
        if not self._deliveries.swap(delivery, replace(after, version=delivery.version + 1)):
            return False
        if expired:
            LOG.error("webhook given up", extra={"delivery_id": delivery.id, "webhook_id": delivery.endpoint_id})
            return False
        self._jobs.send(job_of(delivery))
        return True
