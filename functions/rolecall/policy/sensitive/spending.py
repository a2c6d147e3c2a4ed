"""Actions that enter into contracts or buy what is paid for months."""

from rolecall.policy.sensitive.sensitive_class import (
    PERMISSIONS_REFERENCE,
    Exceptional,
    SensitiveClass,
)

CLASS = SensitiveClass(
    id="spending",
    gains="buy and commit to payments",
    weight=5,
    exceptions=(
        Exceptional(
            3,
            "a domain costs little, and the one in use should be renewed",
            (
                "route53domains:RegisterDomain",
                "route53domains:RenewDomain",
            ),
        ),
        Exceptional(
            3, "to agree costs nothing, to use does", ("bedrock:CreateFoundationModelAgreement",)
        ),
        Exceptional(
            8,
            "a domain in other hands takes its mail and its web sites along",
            ("route53domains:TransferDomain",),
        ),
    ),
    actions=(
        "acm-pca:CreateCertificateAuthority",
        "aws-marketplace:AcceptAgreementRequest",
        "aws-marketplace:Subscribe",
        "bedrock:CreateFoundationModelAgreement",
        "bedrock:CreateProvisionedModelThroughput",
        "dynamodb:PurchaseReservedCapacityOfferings",
        "ec2:PurchaseCapacityBlock",
        "ec2:PurchaseHostReservation",
        "ec2:PurchaseReservedInstancesOffering",
        "ec2:PurchaseScheduledInstances",
        "elasticache:PurchaseReservedCacheNodesOffering",
        "es:PurchaseReservedInstanceOffering",
        "glacier:PurchaseProvisionedCapacity",
        "medialive:PurchaseOffering",
        "memorydb:PurchaseReservedNodesOffering",
        "outposts:CreateOrder",
        "rds:PurchaseReservedDBInstancesOffering",
        "redshift:PurchaseReservedNodeOffering",
        "route53domains:RegisterDomain",
        "route53domains:RenewDomain",
        "route53domains:TransferDomain",
        "savingsplans:CreateSavingsPlan",
        "shield:CreateSubscription",
        "snowball:CreateJob",
    ),
    sources=(
        PERMISSIONS_REFERENCE,
        "https://attack.mitre.org/techniques/T1496/",
        "https://docs.aws.amazon.com/marketplace/latest/buyerguide/buyer-iam-users-groups-policies.html",
    ),
)
