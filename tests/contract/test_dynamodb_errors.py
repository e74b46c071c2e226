"""Every error the DynamoDB services and the AWS library can answer with is listed and translated."""

import botocore.session
import pytest
from botocore import exceptions as library
from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError

from shared.adapters import boto_errors
from shared.adapters.dynamodb import streams
from shared.adapters.dynamodb.errors import (
    BROKEN,
    CONDITIONAL,
    CONTROL_PLANE,
    THROTTLED,
    UNAVAILABLE,
    ConditionFailed,
    TransactionFailed,
    translated,
)
from shared.kernel.errors import DomainError, Misconfigured, Throttled, Unavailable

SETS = (THROTTLED, UNAVAILABLE, BROKEN, CONTROL_PLANE, CONDITIONAL)


def codes_of(service: str) -> list[str]:
    model = botocore.session.get_session().get_service_model(service)
    return sorted(shape.error_code for shape in model.error_shapes)


def refusal(code: str, status: int = 400, **more: object) -> ClientError:
    response = {"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}, **more}
    return ClientError(response, "PutItem")


def ours_for(foreign: Exception) -> DomainError:
    with pytest.raises(DomainError) as caught, translated():
        raise foreign
    assert caught.value.__cause__ is foreign
    return caught.value


@pytest.mark.parametrize("code", codes_of("dynamodb"))
def test_each_code_of_the_service_is_listed_once(code: str) -> None:
    assert sum(code in listed for listed in SETS) == 1


@pytest.mark.parametrize(
    ("codes", "kind"),
    [(THROTTLED, Throttled), (UNAVAILABLE, Unavailable), (BROKEN | CONTROL_PLANE, Misconfigured)],
)
def test_each_listed_code_means_what_its_list_says(codes: frozenset[str], kind: type[DomainError]) -> None:
    assert {type(ours_for(refusal(code))) for code in codes} == {kind}


def test_a_server_error_is_a_reason_to_try_again() -> None:
    assert type(ours_for(refusal("NeverHeardOf", 503))) is Unavailable


def test_a_code_nobody_knows_is_our_fault() -> None:
    assert type(ours_for(refusal("NeverHeardOf"))) is Misconfigured


def test_a_failed_condition_is_told_as_such() -> None:
    assert type(ours_for(refusal("ConditionalCheckFailedException"))) is ConditionFailed


@pytest.mark.parametrize("reason", ["ConditionalCheckFailed", "TransactionConflict"])
def test_a_cancelled_transaction_tells_which_item_was_why(reason: str) -> None:
    reasons = [{"Code": "None"}, {"Code": reason}]
    ours = ours_for(refusal("TransactionCanceledException", CancellationReasons=reasons))
    assert isinstance(ours, TransactionFailed)
    assert ours.reasons == [None, reason]
    assert [ours.failed(place) for place in range(3)] == [False, reason == "ConditionalCheckFailed", False]


@pytest.mark.parametrize(
    ("reason", "kind"), [("ThrottlingError", Throttled), ("ValidationError", Misconfigured), ("None", Misconfigured)]
)
def test_a_transaction_cancelled_for_another_reason_is_no_conflict(reason: str, kind: type[DomainError]) -> None:
    assert type(ours_for(refusal("TransactionCanceledException", CancellationReasons=[{"Code": reason}]))) is kind


@pytest.mark.parametrize("code", codes_of("dynamodbstreams"))
def test_each_code_of_the_streams_is_translated(code: str) -> None:
    expected = {"InternalServerError": Unavailable, "LimitExceededException": Throttled}.get(code, streams.PlaceLost)
    with pytest.raises(DomainError) as caught, streams.translated():
        raise refusal(code)
    assert type(caught.value) is expected


def library_errors() -> list[type[Exception]]:
    known = [each for each in vars(library).values() if isinstance(each, type) and issubclass(each, BotoCoreError)]
    return [*known, ResponseParserError]


@pytest.mark.parametrize("foreign", library_errors(), ids=lambda foreign: foreign.__name__)
def test_each_error_of_the_library_is_translated(foreign: type[Exception]) -> None:
    ours = ours_for(foreign.__new__(foreign))
    assert type(ours) in (Unavailable, Misconfigured)


def test_what_is_listed_as_unreached_exists() -> None:
    names = {each.__name__ for each in library_errors()}
    assert names >= boto_errors.UNREACHED


@pytest.mark.parametrize("name", ["NoCredentialsError", "NoRegionError", "ParamValidationError", "ProfileNotFound"])
def test_a_wrong_deployment_is_not_taken_for_an_outage(name: str) -> None:
    foreign = getattr(library, name)
    assert type(ours_for(foreign.__new__(foreign))) is Misconfigured
