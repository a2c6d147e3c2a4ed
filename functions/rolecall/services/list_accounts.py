"""The first step of a run: who is there to be audited."""

from dataclasses import dataclass

from rolecall.services.ports import Coverage, Directory


@dataclass(frozen=True, slots=True)
class ListAccounts:
    """The use case: list the organization, and remember it for the audits of its accounts."""

    directory: Directory
    coverage: Coverage

    def run(self) -> list[str]:
        """Return the ids of all active accounts, sorted; raise when not all could be listed."""
        organization = self.directory.organization()
        self.coverage.save_organization(organization)
        return sorted(organization.account_ids)
