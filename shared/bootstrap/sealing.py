"""Keys, and the stores whose words are sealed."""

from datetime import timedelta

from shared.bootstrap.platform import table
from shared.bootstrap.registry import Wired, provides
from shared.config import KeySettings, optional_location, read
from shared.kernel.errors import Misconfigured
from shared.sealing.keys import KeyMaker, KeyRing
from shared.sealing.ports import Cipher, KeyReader, KeyService, KeyStore
from shared.sealing.renewal import KeyRenewal
from shared.sealing.sealer import Opener, Sealer
from shared.topology import grants


@provides()
def cipher(wired: Wired) -> Cipher:
    """AES-256-GCM."""
    from shared.adapters.aesgcm.cipher import AesGcm

    return AesGcm()


@provides(*grants.OPEN_FIELDS, uses=("transport",))
def key_reader(wired: Wired) -> KeyReader:
    """Wrapped keys to read."""
    from shared.adapters.dynamodb.keys import DynamoKeyReader

    return table(DynamoKeyReader, wired, "keys")


@provides(*grants.SEAL_FIELDS, uses=("transport",))
def key_store(wired: Wired) -> KeyStore:
    """Wrapped keys to read and write."""
    from shared.adapters.dynamodb.keys import DynamoKeys

    return table(DynamoKeys, wired, "keys")


@provides(uses=("cipher", "ids"))
def key_service(wired: Wired) -> KeyService:
    """The master key: a file where KEY_FILE names one, else the KMS key of the deployment. There is no third way."""
    settings, cipher, ids = read(KeySettings), wired.resolve("cipher"), wired.resolve("ids")
    if settings.key_file is not None:
        from shared.adapters.keyfile.service import read_key_file

        return read_key_file(settings.key_file, cipher, ids.raw)
    key = optional_location("key", "fields")
    if key is None:
        raise Misconfigured(settings="KEY_FILE or KEY_FIELDS")
    from shared.adapters.kms.client import kms_client
    from shared.adapters.kms.service import KmsKeyService

    return KmsKeyService(kms_client(), key)


@provides(uses=("key_reader", "key_service", "cipher", "clock"))
def key_ring(wired: Wired) -> KeyRing:
    """Keys at hand."""
    settings = read(KeySettings)
    return KeyRing(
        wired.resolve("key_reader"),
        wired.resolve("key_service"),
        wired.resolve("cipher"),
        wired.resolve("clock"),
        timedelta(seconds=settings.key_cache_seconds),
        settings.key_cache_count,
    )


@provides(uses=("key_ring", "key_store", "key_service", "cipher", "clock", "ids"))
def key_maker(wired: Wired) -> KeyMaker:
    """Gives people their keys."""
    names = ("key_ring", "key_store", "key_service", "cipher", "clock", "ids")
    return KeyMaker(*map(wired.resolve, names))


@provides(uses=("key_ring", "cipher"))
def opener(wired: Wired) -> Opener:
    """Opens fields."""
    return Opener(wired.resolve("key_ring"), wired.resolve("cipher"))


@provides(uses=("key_ring", "cipher", "key_maker", "ids"))
def sealer(wired: Wired) -> Sealer:
    """Seals and opens fields."""
    return Sealer(*map(wired.resolve, ("key_ring", "cipher", "key_maker", "ids")))


@provides(uses=("key_store", "key_service", "key_ring", "key_maker", "clock"))
def key_renewal(wired: Wired) -> KeyRenewal:
    """Wraps keys again."""
    return KeyRenewal(*map(wired.resolve, ("key_store", "key_service", "key_ring", "key_maker", "clock")))
