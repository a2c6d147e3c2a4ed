"""Tokens of GitHub Actions.

A repository chooses which claims its subject is made of. Only those that GitHub itself fills name
anybody for certain: a workflow, an environment or a branch can be called like anyone else's.
"""

import re
from dataclasses import replace

from rolecall.model.federation.issuer import Issuer
from rolecall.model.federation.subjects import Subject, Width, is_open

_SOURCE = "https://docs.github.com/en/actions/reference/security/oidc"
_EVENTS = {
    "ref:refs/heads/": "branch",
    "ref:refs/tags/": "tag",
    "environment:": "environment",
    "job_workflow_ref:": "reusable workflow",
}
_OWNED = ("repository_owner:", "repository_owner_id:", "enterprise:", "enterprise_id:")
_CLAIM = re.compile(r"[a-z_]+")
"""What every subject starts with: `repo`, or the claim that a repository chose to put there."""


def _read(text: str) -> Subject:
    start = text.partition(":")[0]
    if not is_open(start) and not _CLAIM.fullmatch(start):
        return Subject(Width.NOBODY, f"nobody, because no subject of GitHub starts with {start}")
    return _started(text)


def _started(text: str) -> Subject:
    if text.startswith(("repo:", "repository:")):
        return _repository(text.partition(":")[2])
    if text.startswith("repository_id:"):
        first, _, rest = text.partition(":")[2].partition(":")
        return _within(f"repository number {first}", rest, is_whole=not is_open(first))
    if text.startswith(_OWNED) and not is_open(text.split(":")[1]):
        rest = text.partition(":")[2].partition(":")[2]
        words = f"any repository of {text.split(':')[1]}"
        exact = ":job_workflow_ref:" in f":{rest}" and not is_open(rest)
        return Subject(Width.ONE if exact else Width.ORGANIZATION, words)
    if text.startswith("job_workflow_ref:"):
        return _workflow(text.partition(":")[2])
    if not text.strip("*?"):
        return Subject(Width.EVERYBODY, "any branch of any repository on GitHub")
    return Subject(
        Width.EVERYBODY,
        f"whoever has a repository, workflow, environment or branch of a name that fits {text}",
    )


def _repository(text: str) -> Subject:
    path, colon, event = text.partition(":")
    owner, slash, name = path.partition("/")
    if is_open(owner) or not slash:
        like = f" whose name is like {owner}" if owner.strip("*?") else ""
        return Subject(Width.EVERYBODY, f"any repository of any owner on GitHub{like}")
    if is_open(name):
        like = f" like {name}" if name.strip("*?") else ""
        return Subject(
            Width.ORGANIZATION, f"any branch of any repository{like} of organization {owner}"
        )
    return _within(f"repository {path}", event, is_whole=bool(colon))


def _within(repository: str, event: str, *, is_whole: bool) -> Subject:
    if not is_whole:
        return Subject(Width.ORGANIZATION, f"any {repository}")
    if event == "pull_request":
        return Subject(Width.PROJECT, f"any pull request of {repository}")
    for start, noun in _EVENTS.items():
        if event.startswith(start):
            name = event.removeprefix(start)
            if not is_open(name):
                return Subject(Width.ONE, f"{noun} {name} of {repository}")
            like = f" like {name}" if name.strip("*?") else ""
            return Subject(Width.PROJECT, f"any {noun}{like} of {repository}")
    if is_open(event):
        return Subject(Width.PROJECT, f"any branch, tag or pull request of {repository}")
    return Subject(Width.ONE, f"{event} of {repository}")


def _workflow(text: str) -> Subject:
    owner, slash, rest = text.partition("/")
    if is_open(owner) or not slash:
        return Subject(Width.EVERYBODY, "workflows of any owner on GitHub")
    if is_open(rest.partition("/")[0]):
        return Subject(Width.ORGANIZATION, f"any workflow of organization {owner}")
    # Any repository that may call a workflow runs it under the workflow's name: of a public one
    # that is everybody, but it is the workflow that says what runs.
    width = Width.ORGANIZATION if is_open(text) else Width.PROJECT
    return Subject(width, f"whatever repository calls the workflow {text}")


def _called(text: str) -> Subject:
    path, slash, name = text.partition("/")
    is_whole = bool(slash) and not is_open(path) and not is_open(name)
    return _repository(f"{text}:*" if is_whole else text)


def _owner(text: str) -> Subject:
    width = Width.EVERYBODY if is_open(text) else Width.ORGANIZATION
    return Subject(width, f"any repository of {text}")


def _number(text: str) -> Subject:
    width = Width.EVERYBODY if is_open(text) else Width.PROJECT
    return Subject(width, f"any branch of repository number {text}")


GITHUB = Issuer(
    name="GitHub Actions",
    hosts=("token.actions.githubusercontent.com",),
    source=_SOURCE,
    anybody="any branch of any repository on GitHub",
    read=_read,
    # STS reads some of GitHub's own claims since January 2026:
    # https://aws.amazon.com/about-aws/whats-new/2026/01/aws-sts-supports-validation-identity-provider-claims/
    claims={
        "repository": _called,
        "repository_id": _number,
        "repository_owner": _owner,
        "repository_owner_id": _owner,
        "enterprise_id": _owner,
        "job_workflow_ref": _workflow,
    },
    details={
        "ref": Width.PROJECT,
        "environment": Width.PROJECT,
        "job_workflow_ref": Width.ORGANIZATION,
    },
)
GITHUB_ENTERPRISE = replace(
    GITHUB,
    hosts=("token.actions.githubusercontent.com/*", "token.actions.*.ghe.com"),
    anybody="any branch of any repository of the enterprise",
    width=Width.ORGANIZATION,
)
"""An enterprise may have an issuer of its own, which signs for nobody else."""
