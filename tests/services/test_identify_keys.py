from dataclasses import replace

from rolecall.model.credentials import NEVER_USED, UNKNOWN_USE
from rolecall.services.identify_keys import ListedKey, identify_keys, told_apart
from tests.builders import KEY_ID, access_key, days_ago

OTHER_ID = "AKIAI44QH8DHBEXAMPLE"


def reported(number=1, **fields):
    return access_key(number=number, id=None, **fields)


def listed(days_old, id_=KEY_ID, *, active=True):
    return ListedKey(id_, active, days_ago(days_old))


def test_a_key_is_recognized_by_its_date_and_keeps_its_last_use():
    keys = identify_keys(
        [reported(days_old=100, used=3), reported(2, days_old=5)],
        [listed(5, OTHER_ID), listed(100)],
    )

    assert [(key.number, key.id) for key in keys] == [(1, KEY_ID), (2, OTHER_ID)]
    assert keys[0].last_use.at == days_ago(3)


def test_a_key_deactivated_since_the_report_is_inactive():
    [key] = identify_keys([reported(days_old=100)], [listed(100, active=False)])

    assert not key.is_active


def test_a_key_deleted_since_the_report_is_gone():
    keys = identify_keys([reported(days_old=100), reported(2, days_old=5)], [listed(5)])

    assert [(key.number, key.id) for key in keys] == [(2, KEY_ID)]


def test_a_key_newer_than_the_report_has_no_known_use():
    keys = identify_keys([reported(2, days_old=100)], [listed(100), listed(0, OTHER_ID)])

    assert [(key.number, key.id) for key in keys] == [(1, OTHER_ID), (2, KEY_ID)]
    assert keys[0].last_use == UNKNOWN_USE


def test_two_keys_of_the_same_second_keep_their_numbers_and_get_no_ids():
    keys = identify_keys(
        [reported(days_old=7), reported(2, days_old=7)], [listed(7), listed(7, OTHER_ID)]
    )

    assert [(key.number, key.id) for key in keys] == [(1, None), (2, None)]
    assert keys[0].occasion != keys[1].occasion


def test_the_twin_that_is_left_is_the_listed_one_and_its_use_is_not_known():
    twins = [reported(days_old=7, used=3), reported(2, days_old=7)]

    [key] = identify_keys(twins, [listed(7, OTHER_ID)])

    assert (key.id, key.last_use, key.has_elder_twin) == (OTHER_ID, UNKNOWN_USE, False)


def test_the_twin_that_is_left_keeps_the_use_that_both_had():
    twins = [reported(days_old=7), reported(2, days_old=7)]

    [key] = identify_keys(twins, [listed(7, active=False)])

    assert (key.is_active, key.last_use) == (False, NEVER_USED)


def test_as_many_twins_are_active_as_the_list_says():
    def active(*, before, now):
        twins = [reported(n, days_old=7, is_active=each) for n, each in enumerate(before, 1)]
        listing = [listed(7, active=each) for each in now]
        return [key.is_active for key in identify_keys(twins, listing)]

    assert active(before=(True, True), now=(False, False)) == [False, False]
    assert active(before=(True, True), now=(False, True)) == [True, False]
    assert active(before=(False, True), now=(True, False)) == [False, True]
    assert active(before=(False, False), now=(True, True)) == [True, True]


def test_the_second_of_two_twins_is_marked_and_a_lone_key_is_not():
    twins = told_apart([reported(days_old=7), reported(2, days_old=7)])
    [lone] = told_apart([replace(twins[1])])

    assert [key.has_elder_twin for key in twins] == [False, True]
    assert not lone.has_elder_twin
