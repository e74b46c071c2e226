"""Other systems: each entry reached the receiver, under one id however often, and the log knows it."""

from shared.webhooks.events import type_of
from tests.simulation.hooks import SECRET
from tests.simulation.stored import all_entries
from tests.simulation.world import World


def check_webhooks(world: World) -> None:
    """7 and 13: everything arrived once by id, nothing else did, and no secret lies about."""
    hooks = world.hooks
    if not hooks.on:
        return
    wanted = {entry.id for entry in all_entries(world) if type_of(entry) in hooks.subscribed}
    got = hooks.receiver.got
    for entry_id in wanted:
        if len(got.get(entry_id, ())) != 1:
            world.journal.violated("7 each entry reaches the receiver under one id", f"{entry_id} {got.get(entry_id)}")
    if set(got) - wanted:
        world.journal.violated("7 a receiver hears of nothing that is not", str(set(got) - wanted))
    told = {each.id: each.status for each in hooks.kept._held.values()}
    if told != dict.fromkeys((name for names in got.values() for name in names), "delivered"):
        world.journal.violated("7 the log tells what was delivered", f"{told} {dict(got)}")
    if SECRET.removeprefix("whsec_") in repr(vars(hooks.kept_endpoints)):
        world.journal.violated("13 no secret in the clear", hooks.id)
