"""The WebSocket API has a function per kind of event, and others know its address."""

from shared.topology.sockets import SOCKET_ROUTES
from tests.infra.template import Assembly

ADDRESS = ".execute-api.eu-central-1.amazonaws.com/ws"


def test_each_row_is_one_route_to_its_function(dev: Assembly) -> None:
    stack = dev.stacks["sockets"]
    integrations, functions = stack.of_type("AWS::ApiGatewayV2::Integration"), stack.of_type("AWS::Lambda::Function")
    led = {}
    for props in stack.of_type("AWS::ApiGatewayV2::Route").values():
        uri = integrations[props["Target"].removeprefix("integrations/")]["IntegrationUri"]
        name = uri.partition("functions/")[2].partition(".Arn")[0]
        led[props["RouteKey"]] = functions[name]["Handler"]
    assert led == {row.key: f"{row.module}.handler" for row in SOCKET_ROUTES}


def test_the_gateway_may_call_a_function_for_its_own_events_only(dev: Assembly) -> None:
    permissions = dev.stacks["sockets"].of_type("AWS::Lambda::Permission").values()
    assert sorted(props["SourceArn"].rpartition("/")[2] for props in permissions) == sorted(
        row.key for row in SOCKET_ROUTES
    )


def test_who_pushes_knows_where_and_who_tells_knows_what_to_tell(dev: Assembly) -> None:
    functions = {name: props["Environment"]["Variables"] for name, props in dev.functions().items()}
    for name in ("timeline", "revocations", "connect", "frame", "disconnect"):
        assert functions[name]["SOCKETS_ENDPOINT"].endswith(ADDRESS)
        assert functions[name]["ALLOWED_ORIGINS"] == "https://shop.example"
    assert functions["create_socket_ticket"]["PUBLIC_WS_URL"].startswith("wss://")
    assert "SOCKETS_ENDPOINT" not in functions["create_ticket"]


def test_frames_of_all_clients_are_throttled(dev: Assembly) -> None:
    (stage,) = dev.stacks["sockets"].of_type("AWS::ApiGatewayV2::Stage").values()
    assert stage["DefaultRouteSettings"]["ThrottlingRateLimit"] > 0


def test_what_pushes_is_not_in_the_network(dev: Assembly) -> None:
    """The network has no way to the management API."""
    for name in ("timeline", "revocations", "connect", "frame", "disconnect"):
        assert "VpcConfig" not in dev.functions()[name]
