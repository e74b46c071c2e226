"""The HTTP API has one route per row, each to its own function."""

import json
from typing import Any

from shared.topology.routes import ROUTES
from tests.infra.template import Assembly


def http(assembly: Assembly, kind: str) -> dict[str, Any]:
    """Resources of that kind in the stacks of the HTTP API."""
    return {**assembly.stacks["api"].of_type(kind), **assembly.stacks["desk"].of_type(kind)}


def test_each_row_is_one_route(dev: Assembly) -> None:
    routes = [props["RouteKey"] for props in http(dev, "AWS::ApiGatewayV2::Route").values()]
    assert sorted(routes) == sorted(f"{row.method} {row.path}" for row in ROUTES)


def test_a_route_leads_to_the_function_of_its_row(dev: Assembly) -> None:
    integrations, functions = (
        http(dev, "AWS::ApiGatewayV2::Integration"),
        dev.of_type("AWS::Lambda::Function"),
    )
    led = {}
    for props in http(dev, "AWS::ApiGatewayV2::Route").values():
        integration = integrations[props["Target"].removeprefix("integrations/")]
        assert integration["PayloadFormatVersion"] == "2.0"
        led[props["RouteKey"]] = functions[integration["IntegrationUri"].removesuffix(".Arn")]["Handler"]
    assert led == {f"{row.method} {row.path}": f"{row.module}.handler" for row in ROUTES}


def test_the_gateway_may_call_a_function_for_its_own_route_only(dev: Assembly) -> None:
    functions = dev.of_type("AWS::Lambda::Function")
    allowed = {
        functions[props["FunctionName"].removesuffix(".Arn")]["Handler"]: props["SourceArn"].partition("/*/*")[2]
        for props in http(dev, "AWS::Lambda::Permission").values()
    }
    assert allowed == {f"{row.module}.handler": row.path for row in ROUTES}


def test_browsers_of_the_named_origins_may_call(dev: Assembly) -> None:
    (api,) = dev.stacks["api"].of_type("AWS::ApiGatewayV2::Api").values()
    cors = api["CorsConfiguration"]
    assert cors["AllowOrigins"] == ["https://shop.example"]
    assert {"authorization", "idempotency-key", "if-match"} <= set(cors["AllowHeaders"])
    assert {"etag", "retry-after"} <= set(cors["ExposeHeaders"])
    assert set(cors["AllowMethods"]) == {row.method for row in ROUTES}


def test_without_origins_no_browser_of_another_site_may_call(prod: Assembly) -> None:
    (api,) = prod.stacks["api"].of_type("AWS::ApiGatewayV2::Api").values()
    assert "CorsConfiguration" not in api


def test_the_access_log_names_no_person_and_no_ticket(dev: Assembly) -> None:
    (stage,) = dev.stacks["api"].of_type("AWS::ApiGatewayV2::Stage").values()
    line = json.loads(stage["AccessLogSettings"]["Format"])
    assert "requestId" in line
    assert not {"ip", "path", "userAgent", "protocol"} & set(line)


def test_the_gateway_caps_the_rate_of_all_callers(dev: Assembly) -> None:
    (stage,) = dev.stacks["api"].of_type("AWS::ApiGatewayV2::Stage").values()
    assert stage["DefaultRouteSettings"]["ThrottlingRateLimit"] > 0


def test_a_route_answers_before_the_gateway_gives_up() -> None:
    assert all(row.timeout < 30 for row in ROUTES)
