"""IAM's answers about one account, complete or not at all."""

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError
from botocore.handlers import json_decode_policies

from rolecall.adapters.aws_errors import error_code
from rolecall.services.raw_account import CredentialReport
from rolecall.services.ports import Clock

if TYPE_CHECKING:
    from mypy_boto3_iam import IAMClient

# https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
_PAGE_ITEMS = 1000
# https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
_REPORT_RENEWAL = timedelta(hours=4)
_REPORT_DELAYS_SECONDS = (1, 2, 4, 8, 8, 8, 8, 8, 8)
_NO_REPORT = ("ReportNotPresent", "ReportExpired")
_REPORT_ON_ITS_WAY = ("ReportInProgress", *_NO_REPORT)
_KEY_LISTERS = 4
"""IAM's rate limits are the account's own: what we take, its workloads lack."""


class IncompleteAnswerError(RuntimeError):
    """IAM answered, but not with everything that was asked for."""


@dataclass(frozen=True, slots=True)
class IAMReader:
    """Reads the parts of a snapshot; every method raises what botocore raises."""

    client: "IAMClient"
    clock: Clock
    sleep: Callable[[float], None] = time.sleep

    def authorization_details(self) -> list[dict[str, Any]]:
        """Return all pages, documents as the text they came in.

        Raises IncompleteAnswerError when the pages do not come to an end of their own.
        """
        # Decoding documents is a third of the cost of a scan; each distinct text is decoded later.
        self.client.meta.events.unregister("after-call.iam", json_decode_policies)
        return list(_pages(self.client.get_account_authorization_details, MaxItems=_PAGE_ITEMS))

    def credential_report(self) -> CredentialReport:
        """Return the report, renewed if IAM makes a new one already.

        Raises IncompleteAnswerError when it is not ready within a minute.
        """
        try:
            report = self._existing_report()
            if self.clock() - report.generated_at <= _REPORT_RENEWAL:
                return report
        except ClientError as error:
            if error_code(error) not in _REPORT_ON_ITS_WAY:
                raise
        self.client.generate_credential_report()
        return self._awaited_report()

    def access_keys(self, user_names: Iterable[str]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """Yield each user with the metadata of all access keys; raise at the first failure."""
        with ThreadPoolExecutor(_KEY_LISTERS) as pool:
            try:
                names = list(user_names)
                yield from zip(names, pool.map(self._access_keys_of, names), strict=True)
            finally:
                pool.shutdown(cancel_futures=True)

    def _existing_report(self) -> CredentialReport:
        answer = self.client.get_credential_report()
        text = answer["Content"].decode("utf-8", "replace")
        return CredentialReport(text, answer["GeneratedTime"])

    def _awaited_report(self) -> CredentialReport:
        for delay in (0, *_REPORT_DELAYS_SECONDS):
            if delay:
                self.sleep(delay)
            try:
                return self._existing_report()
            except ClientError as error:
                if error_code(error) not in _REPORT_ON_ITS_WAY:
                    raise
        waited = sum(_REPORT_DELAYS_SECONDS)
        raise IncompleteAnswerError(f"the report was not ready after {waited} seconds")

    def _access_keys_of(self, user_name: str) -> list[dict[str, Any]]:
        try:
            pages = list(_pages(self.client.list_access_keys, UserName=user_name))
        except ClientError as error:
            if error_code(error) == "NoSuchEntity":
                return []  # the user is gone since the report, and the keys with it
            raise
        return [key for page in pages for key in page["AccessKeyMetadata"]]


def _pages(
    call: Callable[..., Any],
    **arguments: Any,  # noqa: ANN401 - those of the call
) -> Iterator[dict[str, Any]]:
    """Yield page after page; unlike boto3's paginators, take no missing marker for the end."""
    seen: set[str | None] = {None}
    page = call(**arguments)
    yield page
    while page.get("IsTruncated"):
        marker = page.get("Marker")
        if marker in seen:
            raise IncompleteAnswerError(
                "the answer says that there is more, without a new marker to ask for it"
            )
        seen.add(marker)
        page = call(**arguments, Marker=marker)
        yield page
