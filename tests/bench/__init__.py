"""Measurements, not tests: each prints figures that compare two things in one run."""
