"""Reports: reads that several surfaces share, such as the coordinator's queue and a cohort's funnel.

Owns: figures and lists put together from several packages. Does not own: any table, and it changes nothing.
"""
