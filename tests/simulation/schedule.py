"""What a run is made of, small enough to stand on one line: a seed, how many people, which of its faults."""

from dataclasses import dataclass, replace
from random import Random


@dataclass(frozen=True)
class Schedule:
    """Its text stands in seeds.txt and on the command line: `1234`, `1234:c1.a1.m2`, `1234:c1.a1.m2:k3,17`."""

    seed: int
    customers: int
    agents: int
    messages: int
    kept: frozenset[int] | None = None
    """The numbers of the faults that are let through; None for all."""

    @classmethod
    def of(cls, seed: int) -> "Schedule":
        """The whole schedule of a seed."""
        random = Random(f"{seed}/shape")
        return cls(seed, random.choice((1, 1, 2, 2, 3)), random.choice((0, 1, 1, 2, 2)), random.choice((2, 3, 4)))

    @classmethod
    def parse(cls, text: str) -> "Schedule":
        """From its text."""
        seed, _, rest = text.strip().partition(":")
        whole = cls.of(int(seed))
        shape, _, kept = rest.partition(":")
        if shape:
            customers, agents, messages = (int(part[1:]) for part in shape.split("."))
            whole = replace(whole, customers=customers, agents=agents, messages=messages)
        if kept:
            whole = replace(whole, kept=frozenset(int(n) for n in kept[1:].split(",") if n))
        return whole

    @property
    def text(self) -> str:
        """As short as it can be said."""
        if self == Schedule.of(self.seed):
            return str(self.seed)
        shape = f"{self.seed}:c{self.customers}.a{self.agents}.m{self.messages}"
        return shape if self.kept is None else f"{shape}:k{','.join(map(str, sorted(self.kept)))}"
