"""Builds the client. Importing this module imports `openai` (a second, 50 MB): only the first call does."""

import logging

import httpx2
import openai

from shared.adapters.openai.settings import OpenAISettings
from shared.adapters.openai.transport import Wall, WalledTransport


def build(settings: OpenAISettings, wall: Wall) -> openai.OpenAI:
    """A client that neither retries nor redirects and never outlasts the wall."""
    # At debug level the package logs whole requests, customers' words included; OPENAI_LOG could turn that on.
    logging.getLogger("openai").setLevel(logging.WARNING)
    http = httpx2.Client(transport=WalledTransport(wall), timeout=settings.timeout, trust_env=False)
    client = openai.OpenAI(
        api_key=settings.api_key,
        base_url=settings.base_url,
        max_retries=0,
        timeout=settings.timeout,
        http_client=http,
    )
    # Left out above they come from OPENAI_ORG_ID and OPENAI_PROJECT_ID; given empty they are sent as empty headers.
    client.organization = client.project = None
    return client
