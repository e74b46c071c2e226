"""Checks a certificate of erasure: `python -m functions.container.certificate FILE`.

FILE is what `GET /api/v1/users/{user_id}/erasure` answered, or its `certificate`; `-` reads standard input. Prints what
the certificate says. Nothing is asked of a server: the public key goes with the certificate, and `--x` compares it with
one that was noted before, from the deployment's `/.well-known/jwks.json`.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from shared.adapters.jwt.certificates import read_certificate
from shared.privacy.errors import BadCertificate


def run(arguments: Sequence[str]) -> int:
    """The exit code: 0 it holds, 1 it does not, 2 wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m functions.container.certificate", description=__doc__)
    parser.add_argument("file")
    parser.add_argument("--x", help="the public key it must have been signed with, base64url")
    given = parser.parse_args(arguments)
    try:
        told = json.loads(sys.stdin.read() if given.file == "-" else Path(given.file).read_text())
        certificate = told.get("certificate") or told
        if given.x and certificate["key"].get("x") != given.x:
            raise BadCertificate
        print(json.dumps(read_certificate(certificate["jws"], certificate["key"]), indent=2))
    except BadCertificate as error:
        print(error.detail("en"), file=sys.stderr)
        return 1
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"{given.file} holds no certificate: {type(error).__name__}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(run(sys.argv[1:]))
