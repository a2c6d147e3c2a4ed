"""Escalation paths over Data Pipeline."""

from rolecall.policy.escalation.path import CLOUDSPLAINING, new_workload

PATHS = (
    new_workload(
        "datapipeline-001",
        "ec2.amazonaws.com",
        (
            "datapipeline:CreatePipeline",
            "datapipeline:PutPipelineDefinition",
            "datapipeline:ActivatePipeline",
        ),
        "runs shell commands on an instance that a pipeline starts with the role",
    ),
    new_workload(
        "datapipeline-rewrite",
        "ec2.amazonaws.com",
        ("datapipeline:PutPipelineDefinition",),
        "rewrites a pipeline, whose next run starts an instance with the role",
        depends_on="an active pipeline",
        sources=(CLOUDSPLAINING,),
    ),
)
