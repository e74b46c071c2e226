"""Writes docs/openapi.json from the code: `python -m functions.container.openapi`."""

from functions.api.system.openapi import DESCRIPTION
from shared.web.openapi import as_text, describe_api


def main() -> None:
    """Write the file a test holds to the code."""
    DESCRIPTION.write_text(as_text(describe_api()), encoding="utf-8")


if __name__ == "__main__":
    main()
