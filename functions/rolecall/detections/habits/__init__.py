"""Somebody acts as never before."""
