"""What criteria and rules mean, and the small forms in which they hold what they know of a cohort.

It gives the points of any pair, and looks at no pair by itself.
"""
