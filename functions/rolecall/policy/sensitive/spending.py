"""Actions that enter into contracts or buy what is paid for months."""

from rolecall.policy.sensitive.sensitive_class import PERMISSIONS_REFERENCE, SensitiveClass

CLASS = SensitiveClass(
    id="spending",
    gains="buy and commit to payments",
    weight=5,
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
