"""Every error of API Gateway's management API is known."""

import pytest

from shared.adapters.apigateway.errors import BROKEN, GONE, THROTTLED, SocketGone, error_of
from shared.kernel.errors import Misconfigured, Throttled, Unavailable


def declared() -> set[str]:
    """The exceptions in the service's description."""
    import botocore.session

    model = botocore.session.get_session().get_service_model("apigatewaymanagementapi")
    return {shape.name for shape in model.error_shapes}


def refusal(code: str, status: int) -> dict[str, object]:
    return {"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}


def test_each_code_of_the_service_is_listed_once() -> None:
    groups = (GONE, THROTTLED, BROKEN)
    assert declared() <= frozenset().union(*groups)
    assert sum(map(len, groups)) == len(frozenset().union(*groups))


@pytest.mark.parametrize(
    ("code", "status", "kind"),
    [
        ("GoneException", 410, SocketGone),
        ("BadRequestException", 400, SocketGone),
        ("LimitExceededException", 429, Throttled),
        ("ForbiddenException", 403, Misconfigured),
        ("InternalServerErrorException", 500, Unavailable),
        ("", 410, SocketGone),
    ],
)
def test_a_refusal_means_what_it_says(code: str, status: int, kind: type[Exception]) -> None:
    assert type(error_of(refusal(code, status))) is kind
