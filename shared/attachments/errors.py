"""What attachments refuse."""

from shared.kernel.errors import DomainError, ErrorKind


class TypeNotAllowed(DomainError):
    """Not one of the types we show to people."""

    kind = ErrorKind.INVALID
    code = "type_not_allowed"
    pointer = "/content_type"
    en = "Files of this type are not accepted. Send an image, audio, video, PDF, office document or plain text."
    zh = "不接受此类型的文件。请发送图片、音频、视频、PDF、办公文档或纯文本。"


class FileTooLarge(DomainError):
    """Over the deployment's limit."""

    kind = ErrorKind.INVALID
    code = "file_too_large"
    pointer = "/size"
    en = "The file is too large: at most {most} bytes are accepted."
    zh = "文件过大，最多允许 {most} 字节。"


class TooManyWaiting(DomainError):
    """Announced, and in no message yet."""

    kind = ErrorKind.CONFLICT
    code = "too_many_attachments"
    en = "There are {most} files on this ticket that are in no message yet. Send or forget those first."
    zh = "该工单已有 {most} 个尚未随消息发送的文件，请先发送它们。"


class NotUploaded(DomainError):
    """The file is not there yet."""

    kind = ErrorKind.CONFLICT
    code = "not_uploaded"
    en = "The file has not been uploaded yet. Upload it with the form you were given, then try again."
    zh = "文件尚未上传，请先使用所提供的表单上传后再试。"
