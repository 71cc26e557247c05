"""Alongside: the open-source home of mentoring."""
