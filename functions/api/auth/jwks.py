"""Read the public keys."""

from functions.api.auth.schemas import JwkSetView
from shared.bootstrap import api_handler
from shared.web.dependencies.identities import JsonWebKeysOf


def jwks(keys: JsonWebKeysOf) -> JwkSetView:
    """Read the keys access tokens can be verified with."""
    return JwkSetView.model_validate(keys.document())


handler = api_handler(__name__)
