"""Alarms on metric math from templates: they exist, and watch the first metric of the formula."""

from typing import Any

from demo.embedded_aws.emulator import Untyped, provisioners, replaces


@replaces(provisioners, "_cw_metric_alarm_record")
def _record(original: Untyped, name: str, properties: dict[str, Any]) -> Untyped:
    queries = properties.get("Metrics")
    if not queries:
        return original(name, properties)
    stat = next(query["MetricStat"] for query in queries if "MetricStat" in query)
    plain = {key: value for key, value in properties.items() if key != "Metrics"}
    measured = {**stat["Metric"], "Period": stat["Period"], "Statistic": stat["Stat"]}
    return original(name, {**plain, **measured})
