"""Rule 6: ports are Protocols of domain verbs with a twin that passes the same contract; nothing of ours is patched."""

import ast
import inspect
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any

import pytest

from tests.architecture.source import PRODUCT, Module, modules

MEMORY = "shared.adapters.memory"
TWINS: dict[str, tuple[str, str]] = {
    "ActivityLog": (f"{MEMORY}.activity:MemoryActivity", "DynamoActivity"),
    "Accounts": (f"{MEMORY}.erasures:MemoryAccounts", "DynamoAccounts"),
    "ActivityReader": (f"{MEMORY}.activity:MemoryActivity", "DynamoActivity"),
    "AnswerCommits": (f"{MEMORY}.answers:MemoryAnswerCommits", "DynamoAnswerCommits"),
    "ActivityStore": (f"{MEMORY}.activity:MemoryActivity", "DynamoActivity"),
    "ArticleReader": (f"{MEMORY}.articles:MemoryArticles", "DynamoArticles"),
    "ArticleStore": (f"{MEMORY}.articles:MemoryArticles", "DynamoArticles"),
    "Applications": (f"{MEMORY}.macros:MemoryMacros", "DynamoApplications"),
    "Articles": (f"{MEMORY}.articles:MemoryArticles", "DynamoArticles"),
    "AttachmentReader": (f"{MEMORY}.attachments:MemoryAttachments", "DynamoAttachments"),
    "AttachmentStore": (f"{MEMORY}.attachments:MemoryAttachments", "DynamoAttachments"),
    "Cache": (f"{MEMORY}.cache:MemoryCache", "RedisCache"),
    "CounterReader": (f"{MEMORY}.counters:MemoryCounters", "DynamoCounters"),
    "Counters": (f"{MEMORY}.counters:MemoryCounters", "DynamoCounters"),
    "Connections": (f"{MEMORY}.sockets:MemoryConnections", "DynamoConnections"),
    "CredentialStore": (f"{MEMORY}.identities:MemoryCredentials", "DynamoCredentials"),
    "DeadLetters": (f"{MEMORY}.dead_letters:MemoryDeadLetters", "SqsDeadLetters"),
    "Deliveries": (f"{MEMORY}.webhooks:MemoryDeliveries", "DynamoDeliveries"),
    "DeliveryReader": (f"{MEMORY}.webhooks:MemoryDeliveries", "DynamoDeliveries"),
    "EndpointReader": (f"{MEMORY}.webhooks:MemoryEndpoints", "DynamoEndpoints"),
    "Endpoints": (f"{MEMORY}.webhooks:MemoryEndpoints", "DynamoEndpoints"),
    "Erasures": (f"{MEMORY}.erasures:MemoryErasures", "DynamoErasures"),
    "Files": (f"{MEMORY}.attachments:MemoryFiles", "S3Files"),
    "GoldenReader": (f"{MEMORY}.golden:MemoryGolden", "DynamoGolden"),
    "GoldenStore": (f"{MEMORY}.golden:MemoryGolden", "DynamoGolden"),
    "IndexMarks": (f"{MEMORY}.articles:MemoryArticles", "DynamoArticles"),
    "BookReader": (f"{MEMORY}.books:MemoryBooks", "DynamoBooks"),
    "BookStore": (f"{MEMORY}.books:MemoryBooks", "DynamoBooks"),
    "IntentReader": (f"{MEMORY}.intents:MemoryIntents", "DynamoIntents"),
    "Intents": (f"{MEMORY}.intents:MemoryIntents", "DynamoIntents"),
    "JobQueue": (f"{MEMORY}.queue:MemoryQueue", "SqsQueue"),
    "KeyReader": (f"{MEMORY}.keys:MemoryKeys", "DynamoKeys"),
    "KeyService": (f"{MEMORY}.keys:MemoryKeyService", "KmsKeyService"),
    "KeyStore": (f"{MEMORY}.keys:MemoryKeys", "DynamoKeys"),
    "LanguageModel": ("shared.adapters.scripted.model:ScriptedModel", "OpenAIModel"),
    "LoginCodes": (f"{MEMORY}.identities:MemoryLoginCodes", "DynamoLoginCodes"),
    "MacroReader": (f"{MEMORY}.macros:MemoryMacros", "DynamoMacros"),
    "Macros": (f"{MEMORY}.macros:MemoryMacros", "DynamoMacros"),
    "OpenSessions": (f"{MEMORY}.identities:MemorySessions", "DynamoSessions"),
    "Presence": (f"{MEMORY}.presence:MemoryPresence", "RedisPresence"),
    "PublicKeyStore": (f"{MEMORY}.signing_keys:MemoryPublicKeys", "DynamoPublicKeyStore"),
    "PublicKeys": (f"{MEMORY}.signing_keys:MemoryPublicKeys", "DynamoPublicKeyStore"),
    "RateLimiter": (f"{MEMORY}.limiter:MemoryRateLimiter", "RedisRateLimiter"),
    "ReadMarks": (f"{MEMORY}.sockets:MemoryReadMarks", "DynamoReadMarks"),
    "ReceiptReader": (f"{MEMORY}.answers:MemoryReceipts", "DynamoReceipts"),
    "Receipts": (f"{MEMORY}.answers:MemoryReceipts", "DynamoReceipts"),
    "Relay": (f"{MEMORY}.relay:MemoryRelay", "RedisRelay"),
    "SessionOpening": (f"{MEMORY}.identities:MemorySessionOpening", "DynamoSessionOpening"),
    "Sessions": (f"{MEMORY}.identities:MemorySessions", "DynamoSessions"),
    "SocketTickets": (f"{MEMORY}.sockets:MemorySocketTickets", "DynamoSocketTickets"),
    "TicketReader": (f"{MEMORY}.tickets:MemoryTickets", "DynamoTickets"),
    "TicketStore": (f"{MEMORY}.tickets:MemoryTickets", "DynamoTickets"),
    "UserReader": (f"{MEMORY}.identities:MemoryUsers", "DynamoUsers"),
    "Users": (f"{MEMORY}.identities:MemoryUsers", "DynamoUsers"),
}
"""A port of something that keeps or answers, its twin, and the adapter that passes the same contract suite."""
STAND_INS: dict[str, str] = {
    "CertificateSigner": "shared.adapters.jwt.certificates:JwsSigner",
    "Cipher": "shared.adapters.aesgcm.cipher:AesGcm",
    "Classifier": "shared.adapters.offline.classifier:OfflineClassifier",
    "Clock": f"{MEMORY}.process:FixedClock",
    "Copilot": "shared.adapters.offline.copilot:OfflineCopilot",
    "Drafts": "shared.realtime.drafting:SocketDrafts",
    "Drafter": "shared.adapters.offline.drafter:OfflineDrafter",
    "Embedder": "shared.adapters.use.encoder:UseEmbedder",
    "Follower": "shared.reporting.counting:Counting",
    "Followers": "shared.realtime.tails:Tails",
    "Holidays": "shared.adapters.holidays.days:LibraryHolidays",
    "Ids": f"{MEMORY}.process:SeededIds",
    "Judge": "shared.adapters.offline.few_shot:FewShotClassifier",
    "Mailer": f"{MEMORY}.outbox:MemoryOutbox",
    "Toolbox": "shared.assistant.look_ups:CustomerTools",
    "PasswordHasher": f"{MEMORY}.hasher:QuickHasher",
    "Promises": "shared.sla.keeping:KeptPromises",
    "Push": "shared.realtime.local_push:LocalPush",
    "Pushes": "shared.realtime.pushing:WakingPushes",
    "Receivers": f"{MEMORY}.webhooks:MemoryReceivers",
    "Retriever": "shared.adapters.offline.retriever:OfflineRetriever",
    "Scanner": "shared.attachments.scanning:BasicScanner",
    "Scrubber": "shared.privacy.scrubbing:ActivityScrubber",
    "SecretOpener": "shared.sealing.webhooks:WebhookSecrets",
    "SecretSealer": "shared.sealing.webhooks:NewWebhookSecrets",
    "SigningKeyStore": f"{MEMORY}.signing_keys:MemorySigningKeys",
    "SigningKeys": f"{MEMORY}.signing_keys:MemorySigningKeys",
    "TokenCodec": "shared.adapters.jwt.codec:JwtCodec",
    "Webhooks": "shared.webhooks.subscribing:EntryWebhooks",
}
"""Ports that keep nothing for others: a clock, an engine that runs here, pure arithmetic."""
UNUSED: set[str] = set()
"""Ports nothing asks for yet."""
FILES = ("ports.py", "answer_ports.py", "intent_ports.py", "golden_ports.py")
each_port = pytest.mark.parametrize("name", [*TWINS, *STAND_INS])


@cache
def ports() -> dict[str, type]:
    """The Protocols of the kernel and the features, by name."""
    files = [module for module in modules("shared") if module.path.name in FILES and "adapters" not in module.where]
    return {
        node.name: getattr(import_module(module.name), node.name)
        for module in files
        for node in module.nodes
        if isinstance(node, ast.ClassDef) and "Protocol" in [ast.unparse(base) for base in node.bases]
    }


def twin(name: str) -> type[Any]:
    module, _, cls = (TWINS[name][0] if name in TWINS else STAND_INS[name]).partition(":")
    return getattr(import_module(module), cls)  # type: ignore[no-any-return]


def verbs(port: type) -> dict[str, Any]:
    return {name: thing for name, thing in inspect.getmembers(port) if not name.startswith("_")}


def test_every_port_has_a_twin_or_a_stand_in() -> None:
    assert set(ports()) == {*TWINS, *STAND_INS, *UNUSED}


@each_port
def test_a_twin_takes_what_its_port_says(name: str) -> None:
    for verb, said in verbs(ports()[name]).items():
        done = getattr(twin(name), verb)
        if callable(said):
            asked = list(inspect.signature(said).parameters)
            taken = inspect.signature(done).parameters
            assert list(taken)[: len(asked)] == asked
            further = list(taken.values())[len(asked) :]
            assert all(parameter.default is not inspect.Parameter.empty for parameter in further), verb


@each_port
def test_ports_take_named_things_and_say_what_they_do(name: str) -> None:
    port = ports()[name]
    assert port.__doc__
    for verb, said in verbs(port).items():
        assert said.__doc__, verb
        if callable(said):
            kinds = {parameter.kind for parameter in inspect.signature(said).parameters.values()}
            assert not kinds & {inspect.Parameter.VAR_KEYWORD, inspect.Parameter.VAR_POSITIONAL}


@pytest.mark.parametrize("name", TWINS)
def test_the_twin_and_the_adapter_pass_the_same_contract(name: str) -> None:
    ours, foreign = twin(name).__name__, TWINS[name][1]
    assert suites(ours) & suites(foreign), f"no contract of tests/contract runs both {ours} and {foreign}"


def suites(name: str) -> set[str]:
    """The files that use the class, and the contracts those files run."""
    using = [module for module in modules("tests/contract") if name in _names(module)]
    return {module.where for module in using} | {
        contract for module in using for contract in _names(module) if contract.endswith("Contract")
    }


def _names(module: Module) -> set[str]:
    return {node.id for node in module.nodes if isinstance(node, ast.Name)}


def test_a_port_exists_because_something_implements_it() -> None:
    text = "".join(module.text for module in modules("shared/bootstrap"))
    assert {name for name in UNUSED if name in text} == set(), "it has a use now: give it a twin"


def patches(module: Module) -> Iterator[str]:
    """Where a test puts something in place of a thing of ours. Making a limit (upper case) smaller is no patch."""
    ours = {name.split(".")[-1] for name, _ in module.imports if name.split(".")[0] in PRODUCT}
    ours |= {
        alias
        for node in module.nodes
        if isinstance(node, ast.ImportFrom) and str(node.module).split(".")[0] in PRODUCT
        for alias in (a.asname or a.name for a in node.names)
    }
    for node in module.nodes:
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("monkeypatch.setattr", "patch.object")):
            target, *rest = (ast.unparse(argument) for argument in node.args)
            limit = bool(rest) and rest[0].strip("'\"").isupper()
            if target.split(".")[0].strip("'\"") in {*ours, *PRODUCT} and not limit:
                yield f"{module.where}:{node.lineno}"
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("patch"):
            yield f"{module.where}:{node.lineno}"


def test_nothing_of_ours_is_patched() -> None:
    assert [where for module in modules("tests") for where in patches(module)] == []


def test_no_test_imports_a_mock() -> None:
    assert [m.where for m in modules("tests") if any(name.startswith("unittest.mock") for name, _ in m.imports)] == []


def test_a_patch_of_ours_is_noticed() -> None:
    text = "from shared.tickets import desk\nmonkeypatch.setattr(desk, 'open_new', None)\nmock.patch('x')\n"
    made = Module(modules("shared/kernel")[0].path, text, ast.parse(text))
    assert len(list(patches(made))) == 2
