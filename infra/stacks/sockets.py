"""The WebSocket API: a function per kind of event, none of them in the network."""

import aws_cdk as cdk
from aws_cdk import aws_apigatewayv2 as gateway
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.constructs.function import row_function
from infra.constructs.hosting import Packages, make_host
from infra.grants import SOCKET_STAGE
from infra.names import construct_id, physical
from infra.stage import Settings
from shared.topology.sockets import SOCKET_ROUTES, SocketRoute

RATE, BURST = 500, 1000
"""Handshakes and frames a second and at once, all clients together."""


class SocketsStack(cdk.Stack):
    """Holds no state but open connections, which clients open again by themselves."""

    def __init__(self, scope: Construct, name: str, settings: Settings, packages: Packages) -> None:
        super().__init__(scope, name)
        self._api = gateway.CfnApi(
            self,
            "Sockets",
            name=physical(settings.stage, "sockets"),
            protocol_type="WEBSOCKET",
            # No frame has a route of its own: every one is `$default`.
            route_selection_expression="$request.body.type",
        )
        self.api_id = self._api.ref
        """For the addresses and rights of other stacks."""
        self._host = make_host(self, settings, packages, None, self.api_id)
        for row in SOCKET_ROUTES:
            self._route(row)
        gateway.CfnStage(
            self,
            "Stage",
            api_id=self.api_id,
            stage_name=SOCKET_STAGE,
            auto_deploy=True,
            default_route_settings=gateway.CfnStage.RouteSettingsProperty(
                throttling_rate_limit=RATE, throttling_burst_limit=BURST
            ),
        )
        cdk.CfnOutput(self, "SocketsId", value=self.api_id)

    def _route(self, row: SocketRoute) -> None:
        function = row_function(self, row, self._host)
        integration = gateway.CfnIntegration(
            self,
            construct_id(row.name, "integration"),
            api_id=self.api_id,
            integration_type="AWS_PROXY",
            integration_uri=f"arn:{cdk.Aws.PARTITION}:apigateway:{cdk.Aws.REGION}:lambda:path/2015-03-31/functions/"
            f"{function.function_arn}/invocations",
        )
        gateway.CfnRoute(
            self,
            construct_id(row.name, "route"),
            api_id=self.api_id,
            route_key=row.key,
            target=f"integrations/{integration.ref}",
        )
        lambda_.CfnPermission(
            self,
            construct_id(row.name, "permission"),
            action="lambda:InvokeFunction",
            function_name=function.function_arn,
            principal="apigateway.amazonaws.com",
            source_arn=self._host.account.arn("execute-api", f"{self.api_id}/*/{row.key}"),
        )
