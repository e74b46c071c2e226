"""What a ticket refuses."""

from shared.kernel.errors import DomainError, ErrorKind


class TransitionNotAllowed(DomainError):
    """The machine has no such step."""

    kind = ErrorKind.CONFLICT
    code = "transition_not_allowed"
    en = "A ticket that is {source} cannot become {target}. Possible: {possible}."
    zh = "处于 {source} 状态的工单不能变为 {target}。可选：{possible}。"


class TicketClosed(DomainError):
    """A closed ticket never changes again."""

    kind = ErrorKind.CONFLICT
    code = "ticket_closed"
    en = "This ticket is closed and can no longer be changed. Open a new ticket instead."
    zh = "该工单已关闭，无法再修改。请新建工单。"


class AlreadyAssigned(DomainError):
    """Someone else has the ticket, or it is not with whom the caller thought."""

    kind = ErrorKind.CONFLICT
    code = "already_assigned"
    en = "The ticket is now with {holder}. Name what you see in expected_assignee_id to take it over."
    zh = "该工单现由 {holder} 负责。如需接手，请在 expected_assignee_id 中写明您看到的负责人。"


class NotAssignable(DomainError):
    """Tickets go to staff only."""

    kind = ErrorKind.INVALID
    code = "not_assignable"
    pointer = "/assignee_id"
    en = "This user does not exist or does not answer tickets. Name an agent or an admin."
    zh = "该用户不存在或不处理工单，请指定客服或管理员。"


class UnknownRequester(DomainError):
    """A ticket needs an existing customer."""

    kind = ErrorKind.INVALID
    code = "unknown_user"
    pointer = "/user_id"
    en = "There is no user with this id. Register the customer first."
    zh = "没有该用户，请先注册该客户。"


class StaleView(DomainError):
    """The customer wrote after what the agent saw."""

    kind = ErrorKind.CONFLICT
    code = "stale_view"
    en = "The customer has written since: entry {last_customer_seq} is newer than {after_seq}. Read it before replying."
    zh = "客户在此之后又发了消息：第 {last_customer_seq} 条比第 {after_seq} 条新。请先阅读再回复。"


class WrongMessageType(DomainError):
    """The message type does not fit the writer."""

    kind = ErrorKind.FORBIDDEN
    code = "wrong_message_type"
    en = "You cannot write a message of this type. Customers write `user`, staff write `agent`."
    zh = "您不能发送此类型的消息。客户使用 user，客服使用 agent。"


class WrongAuthor(DomainError):
    """A message is written as the ticket's requester or as oneself."""

    kind = ErrorKind.FORBIDDEN
    code = "wrong_author"
    en = "Write as the ticket's own requester (type user, with their user_id) or as yourself (type agent)."
    zh = "只能以工单提交人的身份（类型 user，并提供其 user_id）或以您自己的身份（类型 agent）发送消息。"


class AttachmentNotReady(DomainError):
    """Not on this ticket, not found clean yet, in another message, or somebody else's."""

    kind = ErrorKind.INVALID
    code = "attachment_not_ready"
    pointer = "/attachments"
    en = "An attachment is not ready: it must be on this ticket, found clean, yours, and in no other message."
    zh = "附件尚不可用：附件须属于该工单、已通过检查、由您上传且未被其他消息使用。"


class TurnPassed(DomainError):
    """The turn was answered, overtaken by a newer message, or taken by a person; nothing is written."""

    kind = ErrorKind.CONFLICT
    code = "turn_passed"


class VersionConflict(DomainError):
    """The ticket changed between read and write; the use case reads again."""

    kind = ErrorKind.CONFLICT
    code = "version_conflict"


class NumberTaken(DomainError):
    """The random ticket number exists; the use case draws another."""

    kind = ErrorKind.CONFLICT
    code = "number_taken"


class AlreadyDone(DomainError):
    """A request with this key had its effect before; the use case tells that result again."""

    kind = ErrorKind.CONFLICT
    code = "already_done"

    def __init__(self, ticket_id: str, seq: int) -> None:
        super().__init__()
        self.ticket_id = ticket_id
        self.seq = seq
