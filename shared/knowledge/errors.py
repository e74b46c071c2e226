"""What an article refuses."""

from shared.kernel.errors import DomainError, ErrorKind


class SlugTaken(DomainError):
    """Another article has this address."""

    kind = ErrorKind.CONFLICT
    code = "slug_taken"
    en = "There is an article with this slug in this language already. Change that one, or choose another slug."
    zh = "该语言下已有使用此 slug 的文章。请修改那篇文章，或换一个 slug。"


class ArticleArchived(DomainError):
    """An archived article is not published or imported into; somebody has to take it out first."""

    kind = ErrorKind.CONFLICT
    code = "article_archived"
    en = "This article is archived. Save it with PUT to make it a draft again, then publish it."
    zh = "该文章已归档。请先用 PUT 保存使其恢复为草稿，然后再发布。"


class VersionTaken(DomainError):
    """Somebody else made this version; the use case reads again."""

    kind = ErrorKind.CONFLICT
    code = "version_taken"


class AlreadyCreated(DomainError):
    """A request with this key created its article before; the use case tells that result again."""

    kind = ErrorKind.CONFLICT
    code = "already_created"

    def __init__(self, article_id: str) -> None:
        super().__init__()
        self.article_id = article_id
