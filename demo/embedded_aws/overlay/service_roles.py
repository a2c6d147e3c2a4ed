"""The roles that services act with: a service may do what its role allows, as on AWS."""

# ruff: noqa: SLF001 - the overlay is made of MiniStack's own internals

import contextvars

from demo.embedded_aws.emulator import Untyped, evaluator, iam, replaces, responses, stepfunctions

_state_machine: contextvars.ContextVar[str] = contextvars.ContextVar("state_machine")


def request(
    role_arn: str, action: str, resource: str, context: dict[str, str] | None = None
) -> Untyped:
    """Describe a call that a service makes with a role, for MiniStack's evaluator."""
    return evaluator.EvalContext(
        principal_arn=role_arn,
        principal_type="AssumedRole",
        principal_account=role_arn.split(":")[4],
        action=action,
        resource_arn=resource,
        region=responses.get_region(),
        service_context={"aws:tagkeys": None, **(context or {})},
    )


def allows(
    role_arn: str, action: str, resource: str, context: dict[str, str] | None = None
) -> bool:
    """Whether the policies of a role, within its boundary, allow an action on a resource."""
    if not role_arn:
        return False
    account, name = role_arn.split(":")[4], role_arn.rsplit("/", 1)[-1]
    with responses.request_scope(account, responses.get_region()):
        policies = evaluator._gather_role_policies(name, account)
        limits = evaluator._permissions_boundary(iam._roles, name, account)
        asked = request(role_arn, action, resource, context)
        decision = evaluator.evaluate(asked, policies, *limits)
    return bool(decision.decision == "Allow")


@replaces(stepfunctions, "_execute_task")
def _remember_state_machine(
    original: Untyped, state: Untyped, given: Untyped, execution: Untyped, ctx: Untyped
) -> Untyped:
    # The children of a distributed map run as `stateMachine:name/label`.
    token = _state_machine.set(execution["stateMachineArn"].partition("/")[0])
    try:
        return original(state, given, execution, ctx)
    finally:
        _state_machine.reset(token)


@replaces(stepfunctions, "_call_lambda")
def _call_lambda_with_role(original: Untyped, function: str, event: Untyped) -> Untyped:
    arn = function
    if not function.startswith("arn:"):
        region, account = responses.get_region(), responses.get_account_id()
        arn = f"arn:aws:lambda:{region}:{account}:function:{function}"
    _check(_state_machine.get(), "lambda:InvokeFunction", arn)
    return original(function, event)


@replaces(stepfunctions, "_run_distributed_map")
def _run_map_with_role(
    original: Untyped, state: Untyped, given: Untyped, effective: Untyped, *rest: Untyped
) -> Untyped:
    machine = rest[1]["stateMachineArn"]
    _check(machine, "states:StartExecution", machine)
    return original(state, given, effective, *rest)


def _check(machine_arn: str, action: str, resource: str) -> None:
    role = stepfunctions._state_machines[machine_arn]["roleArn"]
    if not allows(role, action, resource):
        raise stepfunctions._ExecutionError(
            "States.AccessDeniedException",
            f"{role} is not authorized to perform: {action} on resource: {resource}",
        )
