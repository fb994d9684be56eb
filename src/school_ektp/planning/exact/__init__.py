"""
Proof: how good a plan can be at best, by linear and integer programming (extra ``exact``).

Nothing heavier than the core is imported before a proof is asked for.
"""

from school_ektp.planning.exact.proof import Proof, Verdict, prove

__all__ = ["Proof", "Verdict", "prove"]
