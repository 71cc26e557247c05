"""360-degree reviews: whom a mentee asks about their own way of working, and what those say, all together.

Owns: who was asked, what was answered, what may be shown of it. Does not own: the questions, which are questionnaires.
"""
