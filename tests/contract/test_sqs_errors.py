"""Every error SQS can answer with is listed and translated."""

import botocore.session
import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from shared.adapters.sqs.errors import BROKEN, GONE, THROTTLED, UNAVAILABLE, MessageGone, translated
from shared.kernel.errors import DomainError, Misconfigured, Throttled, Unavailable

SETS = (THROTTLED, UNAVAILABLE, GONE, BROKEN)


def codes() -> list[str]:
    model = botocore.session.get_session().get_service_model("sqs")
    return sorted(shape.error_code for shape in model.error_shapes)


def ours_for(foreign: Exception) -> DomainError:
    with pytest.raises(DomainError) as caught, translated():
        raise foreign
    assert caught.value.__cause__ is foreign
    return caught.value


def refusal(code: str, status: int = 400) -> ClientError:
    return ClientError({"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}, "SendMessage")


@pytest.mark.parametrize("code", codes())
def test_each_code_of_the_service_is_listed_once(code: str) -> None:
    assert sum(code in listed for listed in SETS) == 1


@pytest.mark.parametrize(
    ("listed", "kind"),
    [(THROTTLED, Throttled), (UNAVAILABLE, Unavailable), (GONE, MessageGone), (BROKEN, Misconfigured)],
)
def test_each_listed_code_means_what_its_list_says(listed: frozenset[str], kind: type[DomainError]) -> None:
    assert {type(ours_for(refusal(code))) for code in listed} == {kind}


def test_older_codes_are_told_by_their_last_part() -> None:
    assert type(ours_for(refusal("AWS.SimpleQueueService.RequestThrottled"))) is Throttled


def test_a_server_error_is_a_reason_to_try_again() -> None:
    assert type(ours_for(refusal("NeverHeardOf", 500))) is Unavailable


def test_an_endpoint_that_is_not_there_is_a_reason_to_try_again() -> None:
    assert type(ours_for(EndpointConnectionError(endpoint_url="here"))) is Unavailable
