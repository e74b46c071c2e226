"""Where a service is and who calls it, by AWS's own variables."""

import os
from dataclasses import dataclass

from shared.adapters.aws.signing import Api, Credentials

_LEFT_TO_BOTO3 = ("AWS_PROFILE", "HTTPS_PROXY", "https_proxy")


@dataclass(frozen=True, slots=True)
class Signer:
    """All that a signed request needs besides itself."""

    endpoint: str
    region: str
    credentials: Credentials


def signer_from_environment(api: Api) -> Signer | None:
    """None where the variables do not say enough, and boto3 has to look further."""
    env = os.environ
    region = env.get("AWS_REGION") or env.get("AWS_DEFAULT_REGION")
    key_id, secret = env.get("AWS_ACCESS_KEY_ID"), env.get("AWS_SECRET_ACCESS_KEY")
    own = env.get(f"AWS_ENDPOINT_URL_{api.service.upper()}")
    endpoint = region and (own or env.get("AWS_ENDPOINT_URL") or endpoint_of(api, region))
    special = env.get("AWS_USE_FIPS_ENDPOINT") == "true" or any(env.get(name) for name in _LEFT_TO_BOTO3)
    if not (region and endpoint and key_id and secret) or special:
        return None
    return Signer(endpoint, region, Credentials(key_id, secret, env.get("AWS_SESSION_TOKEN") or None))


def endpoint_of(api: Api, region: str) -> str | None:
    """The service's public address in a commercial or Chinese region, None for partitions with rules of their own."""
    if region.startswith(("us-gov-", "us-iso", "eu-iso", "eusc-")):
        return None
    china = region.startswith("cn-")
    if os.environ.get("AWS_USE_DUALSTACK_ENDPOINT") == "true":
        return f"https://{api.service}.{region}.api.{'amazonwebservices.com.cn' if china else 'aws'}"
    return f"https://{api.service}.{region}.amazonaws.com{'.cn' if china else ''}"
