"""The cache and the network around it.

There is no NAT gateway (about 32 USD a month and zone): functions in here reach DynamoDB and S3 through free gateway
endpoints and everything else over IPv6 through an egress-only gateway. So the language model's host must have an IPv6
address; where it has none, deploy with `-c cache=none`, which leaves this stack out.
"""

import aws_cdk as cdk
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_elasticache as elasticache
from constructs import Construct

from infra.constructs.hosting import Network
from infra.names import physical
from infra.stage import Settings
from shared.topology.resources import CACHE

PORT = 6379


class NetworkStack(cdk.Stack):
    """A dual-stack network without a way in, and a serverless Valkey in it."""

    def __init__(self, scope: Construct, name: str, settings: Settings) -> None:
        super().__init__(scope, name, termination_protection=settings.durable)
        vpc = self._vpc()
        functions = ec2.SecurityGroup(
            self, "Functions", vpc=vpc, description="Functions that use the cache", allow_all_ipv6_outbound=True
        )
        guard = ec2.SecurityGroup(self, "CacheGuard", vpc=vpc, description="The cache", allow_all_outbound=False)
        guard.add_ingress_rule(functions, ec2.Port.tcp(PORT), "Functions that use the cache")
        cache = self._cache(vpc, guard, settings)
        self.network = Network(vpc, functions, f"rediss://{cache.attr_endpoint_address}:{PORT}?cluster=1")

    def _vpc(self) -> ec2.Vpc:
        return ec2.Vpc(
            self,
            "Vpc",
            ip_protocol=ec2.IpProtocol.DUAL_STACK,
            max_azs=2,
            nat_gateways=0,
            create_internet_gateway=False,
            restrict_default_security_group=False,
            subnet_configuration=[
                ec2.SubnetConfiguration(name="functions", subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS)
            ],
            gateway_endpoints={
                "DynamoDb": ec2.GatewayVpcEndpointOptions(service=ec2.GatewayVpcEndpointAwsService.DYNAMODB),
                "S3": ec2.GatewayVpcEndpointOptions(service=ec2.GatewayVpcEndpointAwsService.S3),
            },
        )

    def _cache(self, vpc: ec2.Vpc, guard: ec2.SecurityGroup, settings: Settings) -> elasticache.CfnServerlessCache:
        cache = elasticache.CfnServerlessCache(
            self,
            "Cache",
            engine="valkey",
            major_engine_version="8",
            serverless_cache_name=physical(settings.stage, CACHE),
            description="Rate limits and presence; nothing is lost with it",
            security_group_ids=[guard.security_group_id],
            subnet_ids=[subnet.subnet_id for subnet in vpc.private_subnets],
            cache_usage_limits=elasticache.CfnServerlessCache.CacheUsageLimitsProperty(
                data_storage=elasticache.CfnServerlessCache.DataStorageProperty(unit="GB", maximum=1)
            ),
        )
        cache.apply_removal_policy(cdk.RemovalPolicy.RETAIN if settings.durable else cdk.RemovalPolicy.DESTROY)
        return cache
