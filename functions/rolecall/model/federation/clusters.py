"""Tokens of Kubernetes clusters, which name service accounts."""

from rolecall.model.federation.issuer import Issuer
from rolecall.model.federation.subjects import Subject, Width, is_open

_START = "system:serviceaccount:"


def _read(text: str) -> Subject:
    if not text.startswith(_START):
        return Subject(Width.ORGANIZATION, "any service account of the cluster")
    namespace, _, name = text.removeprefix(_START).partition(":")
    if is_open(namespace):
        return Subject(Width.ORGANIZATION, "any service account of the cluster")
    if is_open(name):
        return Subject(Width.PROJECT, f"any service account of namespace {namespace}")
    return Subject(Width.ONE, f"service account {name} of namespace {namespace}")


def _cluster(name: str, source: str, *hosts: str) -> Issuer:
    return Issuer(
        name=name,
        hosts=hosts,
        source=source,
        anybody="any service account of the cluster",
        width=Width.ORGANIZATION,
        read=_read,
    )


CLUSTERS = (
    _cluster(
        "Amazon EKS",
        "https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html",
        "oidc.eks.*.amazonaws.com/id/*",
        "oidc.eks.*.amazonaws.com.cn/id/*",
        "oidc-eks.*.api.aws/id/*",
    ),
    _cluster(
        "Google Kubernetes Engine",
        "https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity",
        "container.googleapis.com/v1/projects/*",
    ),
    _cluster(
        "Azure Kubernetes Service",
        "https://learn.microsoft.com/en-us/azure/aks/use-oidc-issuer",
        "*.oic.prod-aks.azure.com/*",
    ),
)
