"""A function's environment: where its granted resources are, and nothing about the others."""

from collections.abc import Iterable

from infra.grants import SOCKET_STAGE, Account
from infra.names import alias, bucket_name, physical
from infra.stage import Settings
from shared.topology.grants import Grant
from shared.topology.resources import env_name


def queue_url(name: str, account: Account, url_suffix: str) -> str:
    """The address of one of our queues."""
    return f"https://sqs.{account.region}.{url_suffix}/{account.number}/{physical(account.stage, name)}"


def environment(
    service: str,
    needs: Iterable[Grant],
    settings: Settings,
    account: Account,
    url_suffix: str,
    cache_url: str | None = None,
) -> dict[str, str]:
    """Variables of one function; `cache_url` is None when the deployment has no cache."""
    variables = {"POWERTOOLS_SERVICE_NAME": service, "STAGE": settings.stage, "LOG_LEVEL": settings.log_level}
    for grant in needs:
        match grant.kind:
            case "table" | "secret":
                variables[env_name(grant.kind, grant.name)] = physical(settings.stage, grant.name)
            case "bucket":
                variables[env_name("bucket", grant.name)] = bucket_name(settings.stage, account.number, grant.name)
            case "key":
                variables[env_name("key", grant.name)] = alias(settings.stage, grant.name)
            case "queue":
                variables[env_name(grant.kind, grant.name)] = queue_url(grant.name, account, url_suffix)
            case "model":
                variables.update({"AI_MODEL": settings.ai_model, "AI_BASE_URL": settings.ai_base_url})
            case "mail":
                variables.update({"MAIL": "ses", "MAIL_FROM": settings.mail_from})
            case "socket":
                variables.update(_socket_place(grant, settings, account, url_suffix))
            case "cache" if cache_url is not None:
                # The network has no NAT: AWS is reached over IPv6, which only the dual-stack names have.
                variables.update({"CACHE_URL": cache_url, "AWS_USE_DUALSTACK_ENDPOINT": "true"})
    return dict(sorted((name, value) for name, value in variables.items() if value))


def _socket_place(grant: Grant, settings: Settings, account: Account, url_suffix: str) -> dict[str, str]:
    host, path = f"{account.sockets}.execute-api.{account.region}.{url_suffix}", f"/{SOCKET_STAGE}"
    told = f"wss://{host}{path}"
    endpoint = f"https://{host}{path}"
    if settings.local:
        # The emulator serves every API under its own address, which only it knows.
        told = endpoint = f"/_aws/execute-api/{account.sockets}{path}"
    if grant.action == "tell":
        return {"PUBLIC_WS_URL": told}
    return {"SOCKETS_ENDPOINT": endpoint, "ALLOWED_ORIGINS": ",".join(settings.origins)}
