"""What happens to the data of people, for the ledger. What a row says is personal; that it changed is not."""

from pamong.people.events.batches import (
    BatchApplied,
    BatchDiscarded,
    BatchRefused,
    BatchUndone,
    RecallDropped,
    TwinDecided,
)
from pamong.people.events.persons import (
    DataAccepted,
    DataProposed,
    DataRefused,
    DataWithdrawn,
    ErasureDecided,
    ErasureProposed,
    EvidenceAdded,
    ItemChecked,
    PersonCreated,
    QualityJudged,
    RowsStored,
    UserLinked,
    UserUnlinked,
)

__all__ = [
    "BatchApplied",
    "BatchDiscarded",
    "BatchRefused",
    "BatchUndone",
    "DataAccepted",
    "DataProposed",
    "DataRefused",
    "DataWithdrawn",
    "ErasureDecided",
    "ErasureProposed",
    "EvidenceAdded",
    "ItemChecked",
    "PersonCreated",
    "QualityJudged",
    "RecallDropped",
    "RowsStored",
    "TwinDecided",
    "UserLinked",
    "UserUnlinked",
]
