"""Escalation paths over Bedrock AgentCore."""

from rolecall.policy.escalation.path import PROWLER, existing_workload, new_workload

PATHS = (
    new_workload(
        "bedrock-001",
        "bedrock-agentcore.amazonaws.com",
        (
            "bedrock-agentcore:CreateCodeInterpreter",
            "bedrock-agentcore:StartCodeInterpreterSession",
            "bedrock-agentcore:InvokeCodeInterpreter",
        ),
        "runs code in a new code interpreter that has the role",
    ),
    existing_workload(
        "bedrock-002",
        "bedrock-agentcore.amazonaws.com",
        (
            "bedrock-agentcore:StartCodeInterpreterSession",
            "bedrock-agentcore:InvokeCodeInterpreter",
        ),
        "runs code in a code interpreter that has the role",
        "a code interpreter with the role",
    ),
    existing_workload(
        "agentcore-runtime-command",
        "bedrock-agentcore.amazonaws.com",
        ("bedrock-agentcore:InvokeAgentRuntimeCommand",),
        "runs shell commands beside an agent",
        "an agent runtime with the role",
        sources=(PROWLER,),
    ),
    new_workload(
        "agentcore-new-runtime",
        "bedrock-agentcore.amazonaws.com",
        ("bedrock-agentcore:CreateAgentRuntime", "bedrock-agentcore:InvokeAgentRuntimeCommand"),
        "runs shell commands in a new agent runtime that has the role",
        sources=(PROWLER,),
    ),
    new_workload(
        "agentcore-new-harness",
        "bedrock-agentcore.amazonaws.com",
        ("bedrock-agentcore:CreateHarness", "bedrock-agentcore:InvokeAgentRuntimeCommand"),
        "runs shell commands in the runtime of a new harness that has the role",
        sources=(PROWLER,),
    ),
    new_workload(
        "agentcore-new-browser",
        "bedrock-agentcore.amazonaws.com",
        (
            "bedrock-agentcore:CreateBrowser",
            "bedrock-agentcore:StartBrowserSession",
            "bedrock-agentcore:ConnectBrowserAutomationStream",
        ),
        "drives a new browser that has the role to its metadata service",
        sources=(PROWLER,),
    ),
    existing_workload(
        "agentcore-browser-session",
        "bedrock-agentcore.amazonaws.com",
        (
            "bedrock-agentcore:StartBrowserSession",
            "bedrock-agentcore:ConnectBrowserAutomationStream",
        ),
        "drives a browser to its metadata service",
        "a custom browser with the role",
        sources=(PROWLER,),
    ),
)
