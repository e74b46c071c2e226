"""Only functions that use the cache sit in the network, and without a cache there is none."""

import platform

from shared.topology.consumers import QUEUE_WORKERS, STREAM_CONSUMERS
from shared.topology.grants import CACHE_USE
from shared.topology.routes import ROUTES
from shared.topology.schedules import SCHEDULES
from tests.infra.template import Assembly

ROWS = (*ROUTES, *STREAM_CONSUMERS, *QUEUE_WORKERS, *SCHEDULES)


def kinds(assembly: Assembly) -> set[str]:
    return {entry["Type"] for stack in assembly.stacks.values() for entry in stack.body["Resources"].values()}


def test_only_functions_with_the_cache_grant_sit_in_the_network(dev: Assembly) -> None:
    inside = {name for name, props in dev.functions().items() if "VpcConfig" in props}
    assert inside == {row.name for row in ROWS if CACHE_USE[0] in row.needs}
    assert all(dev.functions()[name]["VpcConfig"]["Ipv6AllowedForDualStack"] is True for name in inside)


def test_functions_in_the_network_use_the_names_that_ipv6_reaches(dev: Assembly) -> None:
    for props in dev.functions().values():
        assert ("VpcConfig" in props) == ("AWS_USE_DUALSTACK_ENDPOINT" in props["Environment"]["Variables"])


def test_the_network_has_no_nat_and_no_way_in(dev: Assembly) -> None:
    assert not {"AWS::EC2::NatGateway", "AWS::EC2::InternetGateway", "AWS::EC2::EIP"} & kinds(dev)
    assert len(dev.of_type("AWS::EC2::EgressOnlyInternetGateway")) == 1
    assert {props["DestinationIpv6CidrBlock"] for props in dev.of_type("AWS::EC2::Route").values()} == {"::/0"}


def test_dynamodb_and_s3_are_reached_by_free_gateway_endpoints(dev: Assembly) -> None:
    endpoints = dev.of_type("AWS::EC2::VPCEndpoint").values()
    assert {props["ServiceName"].rpartition(".")[2] for props in endpoints} == {"dynamodb", "s3"}
    assert {props["VpcEndpointType"] for props in endpoints} == {"Gateway"}


def test_only_our_functions_reach_the_cache(dev: Assembly) -> None:
    (cache,) = dev.of_type("AWS::ElastiCache::ServerlessCache").values()
    (rule,) = dev.of_type("AWS::EC2::SecurityGroupIngress").values()
    assert cache["Engine"] == "valkey"
    assert cache["SecurityGroupIds"] == [rule["GroupId"]]
    assert (rule["FromPort"], rule["ToPort"]) == (6379, 6379)
    assert rule["SourceSecurityGroupId"] in {f"{name}.GroupId" for name in dev.raw("AWS::EC2::SecurityGroup")}


def test_without_a_cache_there_is_no_network_either(uncached: Assembly) -> None:
    assert set(uncached.stacks) == {"data", "sockets", "api", "desk", "workers"}
    assert not {kind for kind in kinds(uncached) if kind.startswith(("AWS::EC2::", "AWS::ElastiCache::"))}
    for name, props in uncached.functions().items():
        assert "VpcConfig" not in props
        assert not {"CACHE_URL", "AWS_USE_DUALSTACK_ENDPOINT"} & set(props["Environment"]["Variables"])
        assert "Network" not in {entry["Sid"] for entry in uncached.statements(name)}


def test_a_local_deployment_brings_neither_layers_nor_network(local: Assembly) -> None:
    machine = "x86_64" if platform.machine() in ("x86_64", "AMD64") else "arm64"
    assert not {kind for kind in kinds(local) if kind.startswith(("AWS::EC2::", "AWS::ElastiCache::"))}
    assert "AWS::Lambda::LayerVersion" not in kinds(local)
    assert {props["Architectures"][0] for props in local.functions().values()} == {machine}
