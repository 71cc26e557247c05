"""Enquiries: what visitors ask an organisation or the network, each with a clock until somebody has answered.

Owns: the enquiry, where it is, what was answered, what is doubtful in it. Does not own: listings, or the application it
may become.
"""
