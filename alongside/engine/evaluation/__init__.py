"""How a matching turned out: fairness between groups, what equality costs, whether scores foretold anything.

It changes no matching.
"""
