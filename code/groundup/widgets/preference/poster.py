"""The still picture of the explorable: for print, and where there is no JavaScript."""

from __future__ import annotations

from collections.abc import Sequence

from groundup.transformers.fine_tuning import optimal_policy, relative_entropy

from ..kit.table import table

FEW, MANY = 0.1, 10.0  # the β beside the one of the explorable


def poster(
    names: Sequence[str],
    reference: Sequence[float],
    rewards: Sequence[float],
    beta: float,
) -> str:
    """Return a table: each answer's probability in the reference and for three β."""
    betas = sorted({FEW, beta, MANY})
    policies = [optimal_policy(reference, rewards, each) for each in betas]
    told = "; ".join(
        f"β = {each:g}: {relative_entropy(policy, reference):.2f}"
        for each, policy in zip(betas, policies, strict=True)
    )
    columns = [*(f"β = {each:g}" for each in betas), "reference"]
    rows = [
        (f"{text}, reward {reward:g}", [*(float(p[i]) for p in policies), reference[i]])
        for i, (text, reward) in enumerate(zip(names, rewards, strict=True))
    ]
    caption = f"Where preferences lead. KL to the reference, in nats: {told}."
    return table(caption, columns, rows)
