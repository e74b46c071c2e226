"""Views of erasures."""

from typing import Literal

from pydantic import Field

from shared.privacy.models import Certificate, Erasure
from shared.web.fields import Time
from shared.web.replies import View


class CertificateView(View):
    """A compact JWS that says what was erased and when, and the public key to check it with."""

    jws: str
    key: dict[str, str]

    @classmethod
    def of(cls, certificate: Certificate) -> "CertificateView":
        """The view of a certificate."""
        return cls(jws=certificate.jws, key=certificate.key)


class ErasureView(View):
    """How far an erasure is. From `effective_at` on nothing of the person can be read by anyone."""

    id: str = Field(examples=["era_01kb1x2y3z4a5b6c7d8e9f0g1h"])
    user_id: str
    stage: Literal["requested", "destroyed", "done"]
    requested_by: str
    requested_at: Time
    destroyed_at: Time | None
    effective_at: Time | None
    completed_at: Time | None
    key_sha256: str | None
    scrubbed: dict[str, int]
    certificate: CertificateView | None

    @classmethod
    def of(cls, erasure: Erasure) -> "ErasureView":
        """The view of an erasure."""
        return cls(
            id=erasure.id,
            user_id=erasure.user_id,
            stage=erasure.stage,
            requested_by=erasure.requested_by,
            requested_at=erasure.requested_at,
            destroyed_at=erasure.destroyed_at,
            effective_at=erasure.effective_at,
            completed_at=erasure.completed_at,
            key_sha256=erasure.key_sha256,
            scrubbed=erasure.scrubbed,
            certificate=CertificateView.of(erasure.certificate) if erasure.certificate else None,
        )
