"""What can be wrong with a sealed text or a key."""

from shared.kernel.errors import DomainError, ErrorKind


class SealBroken(DomainError):
    """The text is not what was sealed at that place: changed, moved, or never sealed. It is never shown."""

    code = "seal_broken"


class PersonErased(DomainError):
    """The person this would belong to was erased; nothing new is kept of them."""

    kind = ErrorKind.CONFLICT
    code = "person_erased"
    en = "The person this belongs to was erased; nothing can be added."
    zh = "此内容所属的用户已被删除，无法再添加内容。"
