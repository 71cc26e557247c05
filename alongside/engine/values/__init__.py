"""The values that go into a matching and come out of it: people, problems, settings, results, and their JSON.

It knows nothing of how they are compared or chosen.
"""
