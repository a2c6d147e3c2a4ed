"""Escalation paths over SageMaker AI."""

from rolecall.policy.escalation.path import existing_workload, new_workload

PATHS = (
    new_workload(
        "sagemaker-001",
        "sagemaker.amazonaws.com",
        ("sagemaker:CreateNotebookInstance",),
        "starts a notebook instance that has the role, and opens it",
    ),
    new_workload(
        "sagemaker-002",
        "sagemaker.amazonaws.com",
        ("sagemaker:CreateTrainingJob",),
        "runs a training job in a container of its own that has the role",
    ),
    new_workload(
        "sagemaker-003",
        "sagemaker.amazonaws.com",
        ("sagemaker:CreateProcessingJob",),
        "runs a processing job in a container of its own that has the role",
    ),
    existing_workload(
        "sagemaker-004",
        "sagemaker.amazonaws.com",
        ("sagemaker:CreatePresignedNotebookInstanceUrl",),
        "opens a notebook instance",
        "a notebook instance with the role",
    ),
    existing_workload(
        "sagemaker-005",
        "sagemaker.amazonaws.com",
        (
            "sagemaker:CreateNotebookInstanceLifecycleConfig",
            "sagemaker:StopNotebookInstance",
            "sagemaker:UpdateNotebookInstance",
            "sagemaker:StartNotebookInstance",
        ),
        "has a notebook instance run its script when it starts again",
        "a notebook instance with the role",
    ),
    existing_workload(
        "sagemaker-studio",
        "sagemaker.amazonaws.com",
        ("sagemaker:CreatePresignedDomainUrl",),
        "opens the Studio space of somebody else",
        "a domain whose profiles have the role",
        sources=(
            "https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreatePresignedDomainUrl.html",
        ),
    ),
)
