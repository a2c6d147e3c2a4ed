"""What was deployed can be removed without a trace."""

from demo.organization import HUB, PRODUCTION


def test_deleting_the_stacks_leaves_nothing(world):
    world.deployment.destroy("RolecallManagement", world.organization.management)

    world.deployment.destroy("RolecallHub", world.organization.hub)

    assert _traces(world, HUB) == []
    assert _traces(world, PRODUCTION) == []
    assert _traces(world, world.organization.management.id) == []


def _traces(world, account_id):
    """Everything in the account whose name says that it is ours."""

    def ask(service, call, key, **parameters):
        return getattr(world.member(service, account_id), call)(**parameters).get(key, [])

    found = [
        *ask("dynamodb", "list_tables", "TableNames"),
        *ask("sqs", "list_queues", "QueueUrls"),
        *ask("sns", "list_topics", "Topics"),
        *ask("lambda", "list_functions", "Functions"),
        *ask("lambda", "list_event_source_mappings", "EventSourceMappings"),
        *ask("events", "list_rules", "Rules"),
        *ask("events", "list_event_buses", "EventBuses"),
        *ask("scheduler", "list_schedules", "Schedules"),
        *ask("stepfunctions", "list_state_machines", "stateMachines"),
        *ask("logs", "describe_log_groups", "logGroups"),
        *ask("cloudwatch", "describe_alarms", "MetricAlarms"),
        *ask("cloudwatch", "list_dashboards", "DashboardEntries"),
        *ask("kms", "list_aliases", "Aliases"),
        *(
            role
            for page in world.member("iam", account_id).get_paginator("list_roles").paginate()
            for role in page["Roles"]
        ),
    ]
    return [each for each in found if "rolecall" in str(each).lower()]
