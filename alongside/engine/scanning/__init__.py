"""Looking at every pair there is: forms as arrays, the compiled loops over them, and what pairs are worth.

It chooses no pairs, only the best few of each mentee.
"""
