"""Reads a synthesised template: resources by type, CloudFormation's functions resolved to plain text."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PSEUDO = {
    "AWS::Partition": "aws",
    "AWS::Region": "eu-central-1",
    "AWS::AccountId": "123456789012",
    "AWS::URLSuffix": "amazonaws.com",
}


@dataclass(frozen=True)
class Template:
    """One stack as CloudFormation gets it."""

    body: dict[str, Any]
    protected: bool
    """Whether the stack has termination protection."""

    def of_type(self, kind: str) -> dict[str, dict[str, Any]]:
        """Resolved properties by logical id."""
        return {name: plain(entry["Properties"]) for name, entry in self.raw(kind).items()}

    def raw(self, kind: str) -> dict[str, dict[str, Any]]:
        """Whole resources by logical id."""
        return {name: entry for name, entry in self.body["Resources"].items() if entry["Type"] == kind}


@dataclass(frozen=True)
class Assembly:
    """All stacks of one synthesis, by the last word of their name."""

    directory: Path
    stacks: dict[str, Template]

    def of_type(self, kind: str) -> dict[str, dict[str, Any]]:
        """Resolved properties by logical id, of all stacks."""
        return {name: props for stack in self.stacks.values() for name, props in stack.of_type(kind).items()}

    def raw(self, kind: str) -> dict[str, dict[str, Any]]:
        """Whole resources by logical id, of all stacks."""
        return {name: entry for stack in self.stacks.values() for name, entry in stack.raw(kind).items()}

    def functions(self) -> dict[str, dict[str, Any]]:
        """Properties by the row's name."""
        found = self.of_type("AWS::Lambda::Function").values()
        return {props["FunctionName"].split("-", 3)[3]: props for props in found}

    def statements(self, row: str) -> list[dict[str, Any]]:
        """The statements of a row's role."""
        role = self.of_type("AWS::IAM::Role")[self.functions()[row]["Role"].partition(".")[0]]
        return [entry for policy in role["Policies"] for entry in policy["PolicyDocument"]["Statement"]]


def read_assembly(directory: Path) -> Assembly:
    """What a synthesis left in a directory."""
    manifest = json.loads((directory / "manifest.json").read_text())["artifacts"]
    stacks = {
        name.rpartition("-")[2]: Template(
            json.loads((directory / entry["properties"]["templateFile"]).read_text()),
            entry["properties"].get("terminationProtection", False),
        )
        for name, entry in manifest.items()
        if entry["type"] == "aws:cloudformation:stack"
    }
    return Assembly(directory, stacks)


def plain(value: Any) -> Any:
    """The value with `Ref`, `Fn::GetAtt`, `Fn::Join` and `Fn::ImportValue` written out as text."""
    if isinstance(value, list):
        return [plain(entry) for entry in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        function, argument = next(iter(value.items()))
        if function == "Ref":
            return PSEUDO.get(argument, argument)
        if function == "Fn::GetAtt":
            return ".".join(argument)
        if function == "Fn::ImportValue":
            return f"import:{plain(argument)}"
        if function == "Fn::Join":
            return argument[0].join(str(plain(part)) for part in argument[1])
    return {key: plain(entry) for key, entry in value.items()}


def listed(value: Any) -> list[Any]:
    """A list, also where CloudFormation allows one entry to stand alone."""
    return value if isinstance(value, list) else [value]
