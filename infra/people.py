"""The list of people that a deployer provides, checked before it is deployed."""

from pathlib import Path

from infra import config_values as values
from rolecall.model.organization import People
from rolecall.model.people_list import PeopleError, read_people_list
from rolecall.model.settings import SettingsError

_KEY = "people.list"


def read_people(section: values.Section, folder: Path) -> People | None:
    """Read the list that the section names, relative to the folder; None where it names none.

    Raises SettingsError naming the key, the file and what is wrong with it.
    """
    name = values.read_text({"list": "", **section}, _KEY)
    if not name:
        return None
    path = folder / name
    try:
        people = read_people_list(path.read_text(encoding="utf-8"), path.name)
    except OSError as error:
        raise SettingsError(f"{_KEY}: {path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise SettingsError(f"{_KEY}: {path} is not UTF-8; save it so") from None
    except PeopleError as error:
        raise SettingsError(f"{_KEY}: {path}: {error}") from error
    if not people.people:
        raise SettingsError(f"{_KEY}: {path} names nobody; everybody would be missing")
    return people
