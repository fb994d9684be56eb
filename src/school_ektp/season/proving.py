"""A plan proved optimal, or how far at most it is from the best."""

from __future__ import annotations

from concurrent.futures import Executor
from typing import Generic

import attrs

from school_ektp.model.language import Lang, check_lang, number
from school_ektp.model.messages import PROOFS
from school_ektp.planning.exact import Proof
from school_ektp.planning.exact import prove as prove_solution
from school_ektp.season.executor import check_executor
from school_ektp.season.planned import P, evolved


@attrs.frozen(kw_only=True)
class ProvedPlan(Generic[P]):
    """
    A plan and what is proved about it.

    Attributes:
        plan: The plan given, or a better one found on the way, with the tightened bound.
        proof: Verdict, bounds by priority class, gap.
    """

    plan: P
    proof: Proof

    def text(self, lang: Lang = "id") -> str:
        """Return the verdict in one sentence."""
        said = check_lang(lang)
        return PROOFS[self.proof.verdict.name.lower()][said].format(
            recorded=number(self.proof.score.pupils, said),
            bound=number(self.proof.bound, said),
            team_days=number(-self.proof.score.team_days, said),
        )


def prove(
    plan: P, *, seconds: float = 60.0, seed: int = 0, executor: Executor | None = None
) -> ProvedPlan[P]:
    """
    Return whether a plan is optimal, or a bound and the gap left after *seconds*.

    Args:
        plan: The plan.
        seconds: Time limit by the clock.
        seed: Seed of the search for a better plan.
        executor: Tightens the bound beside the search for a better plan, then joins that search;
            one after the other when None.

    Raises:
        InvalidFieldError: The executor forks its processes.
        MissingExtraError: The extra ``exact`` is not installed.
    """
    check_executor(executor)
    proof = prove_solution(
        plan.problem, plan.solution, seconds=seconds, seed=seed, executor=executor
    )
    bound = min(plan.bound, proof.bound)
    better = evolved(plan, {"solution": proof.solution, "bound": bound})
    return ProvedPlan(plan=better, proof=proof)
