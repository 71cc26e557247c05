"""Groups: who is to be mentored together, or to mentor each other, and whether those who are asked say yes.

Owns: groups while they are put together and asked. Does not own: who fits whom, or the mentorship a group becomes.
"""
