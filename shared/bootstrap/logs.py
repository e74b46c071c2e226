"""Logs as one JSON object a line, or as plain lines for people at a terminal."""

import logging
import sys

from shared.config import LogSettings, read

OURS = ("scs", "shared", "functions")
"""Loggers whose lines never hold content."""


def configure_logs() -> None:
    """Set loggers up by LOG_LEVEL and LOG_FORMAT; a second time changes nothing for the worse.

    Below INFO only our own speak: libraries' debug lines hold what passes through them, frames of sockets for one.
    """
    settings = read(LogSettings)
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(_formatter(settings.log_format))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    level = logging.getLevelNamesMapping()[settings.log_level]
    root.setLevel(max(level, logging.INFO))
    for ours in OURS:
        logging.getLogger(ours).setLevel(level)
    for noisy in ("botocore", "boto3", "urllib3", "httpx2", "httpcore2", "openai", "mangum"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def _formatter(format: str) -> logging.Formatter:
    if format == "text":
        return PlainFormatter()
    from aws_lambda_powertools.logging.formatter import LambdaPowertoolsFormatter

    return LambdaPowertoolsFormatter(log_record_order=["level", "timestamp", "message"], utc=True)


class PlainFormatter(logging.Formatter):
    """Time, level, message, and the ids that came with it."""

    SHOWN = ("route", "method", "status", "duration_ms", "code", "job", "record_id", "ticket_id", "turn", "request_id")

    def format(self, record: logging.LogRecord) -> str:
        """One line, with the trace below it where there is one."""
        facts = " ".join(f"{name}={getattr(record, name)}" for name in self.SHOWN if getattr(record, name, None))
        line = f"{self.formatTime(record, '%H:%M:%S')} {record.levelname:<7} {record.getMessage()} {facts}".rstrip()
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line
