"""What is known of an issuer of tokens."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rolecall.model.federation.subjects import Reading, Subject, Width, is_open


def as_it_is(text: str) -> Subject:
    """Read a subject of which nothing more is known than whether it is one."""
    if not is_open(text):
        return Subject(Width.ONE, f"the subject {text}")
    if not text.strip("*?"):
        return Subject(Width.EVERYBODY, "any subject")
    return Subject(Width.PROJECT, f"any subject like {text}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """An issuer of tokens: where it is, and how its tokens say who bears them."""

    name: str
    hosts: tuple[str, ...]
    """Patterns of the provider's name: its address without `https://`."""
    source: str
    """The page that describes the claims."""
    anybody: str
    """Who gets a token of this issuer, when nothing limits it further."""
    width: Width = Width.EVERYBODY
    """How many that are: an issuer of one customer only has that customer's tokens."""
    read: Reading = as_it_is
    claims: Mapping[str, Reading] = field(default_factory=dict)
    """Further claims that limit as the subject does, and how to read them."""
    details: Mapping[str, Width] = field(default_factory=dict)
    """Claims that pick one out of a subject, with the widest subject that they do it in."""
    has_client_ids: bool = True
    """Whether IAM keeps a list of audiences beside the trust policy, which is then never empty."""

    def subject(self, claim: str, text: str) -> Subject:
        """Say who bears a token with that claim; never more than get tokens at all."""
        found = (self.read if claim == "sub" else self.claims[claim])(text)
        return found if found.width <= self.width else Subject(self.width, self.anybody)
