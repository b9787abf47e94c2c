"""Tests; each folder says what kind of proof its tests give."""
