"""Escalation paths over Lambda."""

from rolecall.policy.escalation.path import PROWLER, existing_workload, new_workload

PATHS = (
    new_workload(
        "lambda-001",
        "lambda.amazonaws.com",
        ("lambda:CreateFunction", "lambda:InvokeFunction"),
        "invokes a new function that has the role",
    ),
    new_workload(
        "lambda-002",
        "lambda.amazonaws.com",
        ("lambda:CreateFunction", "lambda:CreateEventSourceMapping"),
        "has a stream or queue invoke a new function that has the role",
    ),
    existing_workload(
        "lambda-003",
        "lambda.amazonaws.com",
        ("lambda:UpdateFunctionCode",),
        "gives a function other code and waits for it to be invoked",
        "a function with the role that something invokes",
    ),
    existing_workload(
        "lambda-004",
        "lambda.amazonaws.com",
        ("lambda:UpdateFunctionCode", "lambda:InvokeFunction"),
        "gives a function other code and invokes it",
        "a function with the role",
    ),
    existing_workload(
        "lambda-005",
        "lambda.amazonaws.com",
        ("lambda:UpdateFunctionCode", "lambda:AddPermission"),
        "gives a function other code and lets itself invoke it",
        "a function with the role",
    ),
    new_workload(
        "lambda-006",
        "lambda.amazonaws.com",
        ("lambda:CreateFunction", "lambda:AddPermission"),
        "lets itself invoke a new function that has the role",
    ),
    existing_workload(
        "lambda-layer",
        "lambda.amazonaws.com",
        ("lambda:UpdateFunctionConfiguration", "lambda:GetLayerVersion"),
        "slips a layer of its own under a function",
        "a function with the role that something invokes",
        sources=(PROWLER,),
    ),
    new_workload(
        "lambda-function-url",
        "lambda.amazonaws.com",
        ("lambda:CreateFunction", "lambda:CreateFunctionUrlConfig"),
        "opens an address at which a new function that has the role can be called",
        sources=("https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html",),
    ),
)
