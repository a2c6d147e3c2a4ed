"""Distributed maps that hand their items to their children in batches.

https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itembatcher.html
"""

# ruff: noqa: SLF001 - the overlay is made of MiniStack's own internals

from demo.embedded_aws.emulator import Untyped, replaces, stepfunctions


@replaces(stepfunctions, "_run_distributed_map")
def _run_in_batches(original: Untyped, state: Untyped, *run: Untyped) -> Untyped:
    batcher = state.get("ItemBatcher")
    if batcher is None:
        return original(state, *run)
    given, effective, iterator, execution, context = run
    items = stepfunctions._resolve_path_or_ctx(state.get("ItemsPath", "$"), effective, context)
    size = int(batcher["MaxItemsPerBatch"])
    batches = [{"Items": items[at : at + size]} for at in range(0, len(items), size)]
    if "BatchInput" in batcher:
        shared = stepfunctions._resolve_params_obj(batcher["BatchInput"], effective, context)
        batches = [{**batch, "BatchInput": shared} for batch in batches]
    return original(
        {**state, "ItemsPath": "$.batches"},
        given,
        {"batches": batches},
        iterator,
        execution,
        context,
    )
