"""IAM's answers about one account, complete or not at all."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError
from botocore.handlers import json_decode_policies

from rolecall.adapters.aws_errors import error_code
from rolecall.adapters.iam_pages import IncompleteAnswerError, pages
from rolecall.services.ports import Clock
from rolecall.services.raw_account import CredentialReport

if TYPE_CHECKING:
    from mypy_boto3_iam import IAMClient

# https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
_PAGE_ITEMS = 1000
# https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
_REPORT_RENEWAL = timedelta(hours=4)
_REPORT_DELAYS_SECONDS = (1, 2, 4, 8, 8, 8, 8, 8, 8)
_NO_REPORT = ("ReportNotPresent", "ReportExpired")
_REPORT_ON_ITS_WAY = ("ReportInProgress", *_NO_REPORT)


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
        return list(pages(self.client.get_account_authorization_details, MaxItems=_PAGE_ITEMS))

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
