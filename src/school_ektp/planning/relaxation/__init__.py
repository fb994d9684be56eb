"""Relaxations: what no plan exceeds, without a solver."""
