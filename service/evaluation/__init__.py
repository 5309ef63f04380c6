"""Measures, comparison and reports: what got better, what got worse, and is it chance?"""
