"""What is shipped to Lambda, and how a stack refers to it."""

import platform
from dataclasses import dataclass
from pathlib import Path

import aws_cdk as cdk
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_lambda as lambda_

from infra.code_asset import Package
from infra.grants import Account
from infra.names import construct_id
from infra.stage import Settings


@dataclass(frozen=True, slots=True)
class Packages:
    """The code without and with the assistant's engine, and each layer by name."""

    code: Package
    code_with_engine: Package
    layers: dict[str, Package]


@dataclass(frozen=True, slots=True)
class Network:
    """The network of the functions that use the cache."""

    vpc: ec2.IVpc
    functions: ec2.ISecurityGroup
    cache_url: str


@dataclass(frozen=True, slots=True)
class Host:
    """What all functions of a stack share."""

    settings: Settings
    account: Account
    code: lambda_.Code
    code_with_engine: lambda_.Code
    layers: dict[str, lambda_.ILayerVersion]
    architecture: lambda_.Architecture
    network: Network | None


class LayerMissing(FileNotFoundError):
    """A layer was not built; the message tells how."""


def built_layers(directory: Path, names: tuple[str, ...]) -> dict[str, Package]:
    """The layers that `python -m layers.build` left; LayerMissing when it has not run."""
    packages = {}
    for name in names:
        mark = directory / f"{name}.stamp"
        if not mark.is_file():
            raise LayerMissing(f"layer {name} is not built: run `python -m layers.build`")
        packages[name] = Package(directory / name, mark.read_text())
    return packages


def make_host(stack: cdk.Stack, settings: Settings, packages: Packages, network: Network | None, sockets: str) -> Host:
    """What the functions of the stack share; `sockets` is the id of the WebSocket API."""
    here = (cdk.Aws.PARTITION, cdk.Aws.REGION, cdk.Aws.ACCOUNT_ID)
    account = Account(*here, settings.stage, settings.mail_from, sockets)
    # The emulator runs functions with its own interpreter, so there the processor is this machine's.
    intel = settings.local and platform.machine().lower() in ("x86_64", "amd64")
    architecture = lambda_.Architecture.X86_64 if intel else lambda_.Architecture.ARM_64
    layers = {name: _layer(stack, name, package, architecture) for name, package in packages.layers.items()}
    codes = (_code(packages.code), _code(packages.code_with_engine))
    return Host(settings, account, *codes, layers, architecture, network)


def _code(package: Package) -> lambda_.Code:
    return lambda_.Code.from_asset(
        str(package.path), asset_hash=package.digest, asset_hash_type=cdk.AssetHashType.CUSTOM
    )


def _layer(stack: cdk.Stack, name: str, package: Package, architecture: lambda_.Architecture) -> lambda_.ILayerVersion:
    return lambda_.LayerVersion(
        stack,
        construct_id("layer", name),
        code=_code(package),
        compatible_runtimes=[lambda_.Runtime.PYTHON_3_13],
        compatible_architectures=[architecture],
        description=f"Packages of layers/{name}/requirements.txt",
    )
