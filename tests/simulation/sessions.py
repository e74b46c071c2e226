"""Promise 15: a family of refresh tokens never serves two holders of one token."""

from collections import Counter

from tests.simulation.world import World


def check_sessions(world: World) -> None:
    """No token is exchanged twice, and after a reuse was noticed the family is over."""
    exchanges = world.journal.exchanges
    served = Counter(record.token for record in exchanges if record.fresh)
    if any(count > 1 for count in served.values()):
        world.journal.violated("15 a refresh token is good once", str(served.most_common(1)))
    for noticed in exchanges:
        if noticed.refused == "refresh_token_reused" and noticed.ended is not None:
            later = [
                record
                for record in exchanges
                if record.session == noticed.session and record.started > noticed.ended and record.fresh
            ]
            if later:
                world.journal.violated("15 a reused token ends its family", noticed.session)
