"""The order in which cases are released, compiled (MODEL §5.1, §5.2)."""

from __future__ import annotations

import numpy as np

from workbench.compiled import bare_kernel, inlined


@inlined
def rank_before(row, a, b, survey, tie):
    """Rank: does case a go before case b, by their leads' survey times, then by hash?"""
    return survey[row, a] < survey[row, b] or (survey[row, a] == survey[row, b] and tie[a] < tie[b])


@inlined
def sort_nearly(row, line, count, ordered, time, survey, tie):
    """Insertion sort of the cases ordered[line, :count] by (time, rank): for what is nearly in order."""
    for i in range(1, count):
        case = ordered[line, i]
        value = time[row, case]
        j = i
        while j > 0:
            other = ordered[line, j - 1]
            if time[row, other] < value:
                break
            if time[row, other] == value and rank_before(row, other, case, survey, tie):
                break
            ordered[line, j] = other
            j -= 1
        ordered[line, j] = case


@bare_kernel
def order_arrivals(rows, service, draws, rules, space, arrivals, arriving):
    """Cases by (release, rank), up to the horizon: arrivals[row, : arriving[row]] for each of `rows` replications.

    Most are released on one of the two opening days, in order of rank. So a counting sort, of
    which the buckets are survey times on an opening day and releases on others, nearly does it: two or three
    buckets a case. Insertion does the rest.
    """
    tie = service.tie
    early, second, horizon = rules.first_opening, rules.last_opening, rules.horizon
    survey, release = draws.survey, draws.release
    bucket_of, bucket_end = space.bucket_of, space.bucket_end
    cases = tie.size
    scale = cases / second if second > 0.0 else 0.0
    later = 0.5 * cases / (horizon - second) if horizon > second else 0.0
    # Where the buckets begin of those between the opening days, on the second, after it, and beyond the horizon.
    between = np.int64(early * scale) + 1
    on_second = between + np.int64((second - early) * scale) + 1
    after = on_second + np.int64(second * scale) + 1
    beyond = after + np.int64(0.5 * cases) + 1
    for row in range(rows):
        for bucket in range(beyond + 2):
            bucket_end[bucket] = 0
        for case in range(cases):
            time, surveyed = release[row, case], survey[row, case]
            early_one, second_one = time <= early, time <= second
            by_survey = early_one or time == second
            begin = 0 if early_one else (between if time < second else (on_second if second_one else after))
            since = surveyed if by_survey else (time - early if second_one else time - second)
            bucket = begin + np.int64(since * (scale if second_one else later))
            bucket_of[case] = bucket if time < horizon else beyond
        for case in range(cases):
            bucket_end[bucket_of[case] + 1] += 1
        for bucket in range(1, beyond + 1):
            bucket_end[bucket] += bucket_end[bucket - 1]
        count = bucket_end[beyond]
        for case in range(cases):
            bucket = bucket_of[case]
            arrivals[row, bucket_end[bucket]] = case
            bucket_end[bucket] += 1
        sort_nearly(row, row, count, arrivals, release, survey, tie)
        arriving[row] = count
