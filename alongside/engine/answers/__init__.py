"""What a coordinator asks: match, explain, why not, what if, shortlists, rematch, whom to recruit.

It leaves finding to `solving` and `limits`, and the meaning of points to `measuring`.
"""
