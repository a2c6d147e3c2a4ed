"""Who can become whom, by name.

The API that this module keeps:

- `graph_of(account) -> AccessGraph`: of one snapshot, built once (memoized in the account).
- `AccessGraph.of(accounts, crown_jewels=()) -> AccessGraph`: of several accounts together.
- `graph.is_administrator(arn) -> bool`
- `graph.to_administrator(arn) -> Chain | None`: the surest and then shortest chain; None for
  administrators and for those who cannot become one.
- `graph.chain(start, goal) -> Chain | None`: from a principal to another or to a crown jewel.
- `graph.paths_to(goal) -> Iterator[Chain]`: everybody's chain to one principal.
- `graph.who_becomes(arn) -> Iterator[str]`, `graph.becomes(arn) -> Iterator[Step]`: direct steps.
- `graph.others_raised_by(arn) -> Step | None`: whom it can make an administrator but not become.
- `graph.blocked(arn) -> Blocked | None`: the chain that only a boundary, SCP or RCP takes away.
- `told(chain) -> list[str]`: the steps in words; `drawn(chain) -> str`: as SVG.
"""
