"""Escalation paths over CodeBuild."""

from rolecall.policy.escalation.path import existing_workload, new_workload

PATHS = (
    new_workload(
        "codebuild-001",
        "codebuild.amazonaws.com",
        ("codebuild:CreateProject", "codebuild:StartBuild"),
        "builds with commands of its own in a project that has the role",
    ),
    existing_workload(
        "codebuild-002",
        "codebuild.amazonaws.com",
        ("codebuild:StartBuild",),
        "starts a build with a buildspec of its own",
        "a project with the role",
    ),
    existing_workload(
        "codebuild-003",
        "codebuild.amazonaws.com",
        ("codebuild:StartBuildBatch",),
        "starts a batch of builds with a buildspec of its own",
        "a project with the role",
    ),
    new_workload(
        "codebuild-004",
        "codebuild.amazonaws.com",
        ("codebuild:CreateProject", "codebuild:StartBuildBatch"),
        "builds a batch with commands of its own in a project that has the role",
    ),
)
