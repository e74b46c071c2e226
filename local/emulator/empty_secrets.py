"""A secret made without a value has none, as in AWS; MiniStack answers with a version that is empty."""

from typing import Any


def leave_empty(secretsmanager: Any) -> None:
    """GetSecretValue of a secret that was never written then fails with ResourceNotFoundException."""
    plain = secretsmanager._store_new_secret

    def store_new_secret(name: str, **details: Any) -> Any:
        made = plain(name, **details)
        if details.get("secret_string") is None and details.get("secret_binary") is None:
            secretsmanager._secrets[name]["Versions"].clear()
        return made

    secretsmanager._store_new_secret = store_new_secret
