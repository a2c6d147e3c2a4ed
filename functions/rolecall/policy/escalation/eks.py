"""Escalation paths over EKS."""

from rolecall.policy.escalation.path import new_workload

PATHS = (
    new_workload(
        "eks-pod-identity",
        "pods.eks.amazonaws.com",
        ("eks:CreatePodIdentityAssociation",),
        "gives the role to pods",
        depends_on="a cluster in which the actor runs pods",
        sources=("https://docs.aws.amazon.com/eks/latest/userguide/pod-id-association.html",),
    ),
)
