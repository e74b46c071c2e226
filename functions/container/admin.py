"""Makes an administrator: `python -m functions.container.admin create --email … --name …`.

The password is asked for, or read from the first line of standard input with `--password-stdin`; never from the
arguments, which other users of the machine can see. Running it again promotes an existing account, gives it this
password and ends its sessions. It also makes the first signing keys, without which nobody can log in.
"""

import argparse
import getpass
import sys
from collections.abc import Sequence

from shared.identities.administration import AdminCreation
from shared.identities.keys import KeyRotation
from shared.identities.models import NewUser
from shared.kernel.errors import DomainError


def run(arguments: Sequence[str], admins: AdminCreation, rotation: KeyRotation) -> int:
    """The exit code: 0 done, 1 refused, 2 wrong usage."""
    given = _parser().parse_args(arguments)
    password = _password(given.password_stdin)
    if password is None:
        print("The two passwords differ.", file=sys.stderr)
        return 2
    try:
        rotation.rotate()
        admin = admins.ensure(NewUser(given.email, given.name, given.language, password))
    except DomainError as error:
        print(f"{error.code}: {error.detail(given.language)}", file=sys.stderr)
        return 1
    print(admin.id)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m functions.container.admin", description="Administrators.")
    create = parser.add_subparsers(dest="command", required=True).add_parser("create", help="make or promote one")
    create.add_argument("--email", required=True, type=_address)
    create.add_argument("--name", required=True)
    create.add_argument("--language", choices=("en", "zh"), default="en")
    create.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    return parser


def _address(text: str) -> str:
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _password(from_stdin: bool) -> str | None:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass("Password: ")
    return first if getpass.getpass("Again: ") == first else None


def main() -> int:
    """The command over the deployment's own stores."""
    from shared.bootstrap import WIRING

    return run(sys.argv[1:], WIRING.resolve("admin_creation"), WIRING.resolve("key_rotation"))


if __name__ == "__main__":
    raise SystemExit(main())
