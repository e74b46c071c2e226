"""Files on tickets."""

from shared.attachments.ports import AttachmentReader, AttachmentStore, Files, Scanner
from shared.attachments.service import Announcing, Inspecting, Showing
from shared.bootstrap.platform import endpoint, table
from shared.bootstrap.registry import Wired, provides
from shared.config import FileSettings, location, optional_location, read
from shared.kernel.ports import Clock
from shared.sealing.attachments import OpenedAttachments, SealedAttachments
from shared.topology import grants


def _files(clock: Clock) -> Files:
    """The bucket, or with FILES_DIR a directory whose files the container itself takes and serves."""
    settings = read(FileSettings)
    if settings.files_dir is not None:
        from shared.adapters.filestore.files import DirectoryFiles

        return DirectoryFiles(settings.files_dir, settings.files_key(), settings.files_url, clock)
    from shared.adapters.s3.files import S3Files

    return S3Files(location("bucket", "files"), clock, endpoint())


@provides(*grants.FILES_INDEX, uses=("clock",))
def files_to_index(wired: Wired) -> Files:
    """Where index files are kept."""
    return _files(wired.resolve("clock"))


@provides(*grants.FILES_LOAD, uses=("clock",))
def files_to_load(wired: Wired) -> Files | None:
    """Where index files are read from; None in a deployment that keeps no files."""
    if read(FileSettings).files_dir is None and optional_location("bucket", "files") is None:
        return None
    return _files(wired.resolve("clock"))


@provides(*grants.FILES_UPLOAD, uses=("clock",))
def files_to_upload(wired: Wired) -> Files:
    """Where files come in."""
    return _files(wired.resolve("clock"))


@provides(*grants.FILES_KEEP, uses=("clock",))
def files_to_keep(wired: Wired) -> Files:
    """Where they are looked at and kept."""
    return _files(wired.resolve("clock"))


@provides(*grants.FILES_SHOW, uses=("clock",))
def files_to_show(wired: Wired) -> Files:
    """Where they are shown from."""
    return _files(wired.resolve("clock"))


@provides(*grants.FILES_FORGET, uses=("clock",))
def files_to_forget(wired: Wired) -> Files:
    """Where they are deleted from."""
    return _files(wired.resolve("clock"))


@provides(*grants.read("tickets"), uses=("transport",))
def attachment_rows(wired: Wired) -> AttachmentReader:
    """Records to read, their names sealed."""
    from shared.adapters.dynamodb.attachments import DynamoAttachmentReader

    return table(DynamoAttachmentReader, wired, "tickets")


@provides(*grants.read("tickets"), *grants.write("tickets"), uses=("transport",))
def attachment_row_store(wired: Wired) -> AttachmentStore:
    """Records to read and write, their names sealed."""
    from shared.adapters.dynamodb.attachments import DynamoAttachments

    return table(DynamoAttachments, wired, "tickets")


@provides(uses=("attachment_rows", "opener"))
def attachment_reader(wired: Wired) -> AttachmentReader:
    """Records to read."""
    return OpenedAttachments(wired.resolve("attachment_rows"), wired.resolve("opener"))


@provides(uses=("attachment_row_store", "sealer"))
def attachment_store(wired: Wired) -> AttachmentStore:
    """Records to read and write."""
    return SealedAttachments(wired.resolve("attachment_row_store"), wired.resolve("sealer"))


@provides()
def scanner(wired: Wired) -> Scanner:
    """What every deployment has."""
    from shared.attachments.scanning import BasicScanner

    return BasicScanner()


@provides(uses=("ticket_reader", "attachment_store", "files_to_upload", "clock", "ids"))
def announcing(wired: Wired) -> Announcing:
    """Begins uploads."""
    names = ("ticket_reader", "attachment_store", "files_to_upload", "clock", "ids")
    return Announcing(*[*map(wired.resolve, names), read(FileSettings).attachment_max_bytes])


@provides(uses=("attachment_store", "files_to_keep", "scanner"))
def inspecting(wired: Wired) -> Inspecting:
    """Looks at what was uploaded."""
    return Inspecting(*map(wired.resolve, ("attachment_store", "files_to_keep", "scanner")))


@provides(uses=("ticket_reader", "attachment_reader", "files_to_show"))
def showing(wired: Wired) -> Showing:
    """Shows what was found clean."""
    return Showing(*map(wired.resolve, ("ticket_reader", "attachment_reader", "files_to_show")))
