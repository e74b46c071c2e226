"""The HTTP API: a function and a route per row, in two stacks, as one may hold 500 resources."""

import aws_cdk as cdk
from aws_cdk import aws_apigatewayv2 as gateway
from aws_cdk import aws_logs as logs
from aws_cdk.aws_apigatewayv2_integrations import HttpLambdaIntegration
from constructs import Construct

from infra.constructs.function import row_function
from infra.constructs.hosting import Host, Network, Packages, make_host
from infra.names import construct_id, physical
from infra.stage import Settings
from shared.topology.routes import ROUTES, Route

DESK = frozenset({"knowledge", "intents", "webhooks", "answers", "reports", "sla", "system", "macros", "questions"})
"""Areas of the second stack: what staff and operators use. An area stays where it is: a function that moved would be
made a second time, under a name that is taken."""
ASKED = ["accept-language", "authorization", "content-type", "idempotency-key", "if-match", "if-none-match",
         "traceparent"]  # fmt: skip
TOLD = ["etag", "location", "ratelimit", "ratelimit-policy", "retry-after", "x-request-id"]
RATE, BURST = 500, 1000
"""Requests a second and at once, all callers together: a ceiling on the bill, not the per-caller limit."""
LOGGED = ("requestId", "requestTime", "routeKey", "status", "responseLatency", "responseLength", "integrationError")
"""Neither addresses nor agents nor paths, which name people and tickets."""


class ApiStack(cdk.Stack):
    """Holds no state; may be deleted and made again."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        settings: Settings,
        packages: Packages,
        network: Network | None,
        sockets: str,
    ) -> None:
        super().__init__(scope, name)
        host = make_host(self, settings, packages, network, sockets)
        self.api = gateway.HttpApi(
            self,
            "Api",
            api_name=physical(settings.stage, "api"),
            create_default_stage=False,
            cors_preflight=self._cors(settings.origins),
        )
        self._stage(settings)
        for row in ROUTES:
            if row.area not in DESK:
                _route(self, row, host, self.api)
        cdk.CfnOutput(self, "ApiUrl", value=self.api.api_endpoint)
        cdk.CfnOutput(self, "ApiId", value=self.api.api_id)

    def _stage(self, settings: Settings) -> None:
        access = logs.LogGroup(
            self,
            "AccessLog",
            log_group_name=f"/aws/vendedlogs/{physical(settings.stage, 'api')}",
            retention=logs.RetentionDays.THREE_MONTHS if settings.durable else logs.RetentionDays.ONE_WEEK,
            removal_policy=cdk.RemovalPolicy.DESTROY,
        )
        line = ",".join(f'"{field}":"$context.{field}"' for field in LOGGED)
        gateway.CfnStage(
            self,
            "Stage",
            api_id=self.api.api_id,
            stage_name="$default",
            auto_deploy=True,
            default_route_settings=gateway.CfnStage.RouteSettingsProperty(
                throttling_rate_limit=RATE, throttling_burst_limit=BURST
            ),
            access_log_settings=gateway.CfnStage.AccessLogSettingsProperty(
                destination_arn=access.log_group_arn, format=f"{{{line}}}"
            ),
        )

    def _cors(self, origins: tuple[str, ...]) -> gateway.CorsPreflightOptions | None:
        if not origins:
            return None
        return gateway.CorsPreflightOptions(
            allow_origins=list(origins),
            allow_methods=[gateway.CorsHttpMethod(method) for method in sorted({row.method for row in ROUTES})],
            allow_headers=ASKED,
            expose_headers=TOLD,
            max_age=cdk.Duration.hours(1),
        )


class DeskStack(cdk.Stack):
    """The routes of the areas in DESK, of the API that the other stack holds."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        settings: Settings,
        packages: Packages,
        network: Network | None,
        sockets: str,
        api: gateway.IHttpApi,
    ) -> None:
        super().__init__(scope, name)
        host = make_host(self, settings, packages, network, sockets)
        for row in ROUTES:
            if row.area in DESK:
                _route(self, row, host, api)


def _route(stack: cdk.Stack, row: Route, host: Host, api: gateway.IHttpApi) -> None:
    function = row_function(stack, row, host)
    gateway.HttpRoute(
        stack,
        construct_id(row.name, "route"),
        http_api=api,
        route_key=gateway.HttpRouteKey.with_(row.path, gateway.HttpMethod(row.method)),
        integration=HttpLambdaIntegration(
            construct_id(row.name, "integration"), function, scope_permission_to_route=True
        ),
    )
