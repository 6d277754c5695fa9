"""`leaddesk review`: how quickly enquiries were answered."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping

from leaddesk.cli.arguments import as_of_option, describe
from leaddesk.cli.call import Call
from leaddesk.cli.people import counted, span_words
from leaddesk.cli.show import Record
from leaddesk.cli.times import day, optional_moment
from leaddesk.rules.capture.clean import one_line
from leaddesk.words.errors import Usage
from leaddesk.words.review import Mistake
from leaddesk.words.views import Review

_TITLES = {
    Mistake.ONE_TRY: "Gave up after one try",
    Mistake.SLOW_FOR_POLISH: "Slow for polish",
    Mistake.ONE_CHANNEL: "One channel only",
    Mistake.NO_SOURCE: "Source unknown or ignored",
    Mistake.NO_STOP: "No stopping point",
}
_LISTED = 12


def review_words(words: ArgumentParser) -> None:
    describe(
        words,
        "First response times of the enquiries received on these days; everybody counts, the unanswered too.",
        "leaddesk review --from 2026-11-01 --to 2026-11-30",
    )
    words.add_argument("--from", dest="start", metavar="DATE", help="the first day")
    words.add_argument("--to", dest="end", metavar="DATE", help="the last day, inclusive")
    as_of_option(words)
    words.set_defaults(act=show_review)


def show_review(call: Call) -> int:
    start, end = day(call.args.start), day(call.args.end)
    if start is not None and end is not None and start > end:
        raise Usage("The first day comes after the last.")
    as_of = optional_moment(call.args.as_of, call.clock)
    with call.desk() as desk:
        review = desk.figures.review(start, end, as_of)
    call.out.record(review_record(review), "\n".join(review_page(review)))
    return 0


def review_record(review: Review) -> Record:
    """The figures as the contract names them."""
    return {
        "enquiries": review.enquiries,
        "answered": review.answered,
        "never": review.never,
        "waiting": review.waiting,
        "median_s": review.median,
        "answered_median_s": review.answered_median,
        "p90_s": review.p90,
        "censored_median_s": review.censored_median,
        "within": {
            "5min": review.within_5min,
            "30min": review.within_30min,
            "1h": review.within_1h,
            "24h": review.within_24h,
        },
        "open_hours": {"median_s": review.open_hours_median, "p90_s": review.open_hours_p90},
        "by_source": [
            {
                "source": each.source,
                "enquiries": each.enquiries,
                "answered": each.answered,
                "median_s": each.median,
                "won": each.won,
            }
            for each in review.by_source
        ],
        "mistakes": None if review.mistakes is None else _mistakes(review.mistakes),
    }


def _mistakes(found: Mapping[Mistake, tuple[int, ...]]) -> Record:
    return {mistake.value: list(found.get(mistake, ())) for mistake in Mistake}


def review_page(review: Review) -> Iterator[str]:
    """The figures in lines for people."""
    if not review.enquiries:
        yield "No enquiries in this time."
        return
    median = "not yet" if review.median is None else span_words(review.median)
    standing = f"answered {review.answered}, waiting {review.waiting}, never {review.never}"
    yield f"Enquiries {review.enquiries}: {standing}"
    yield f"First response: median {median}; of those answered {span_words(review.answered_median)}"
    if review.open_hours_p90 is not None:
        told = "not yet" if review.open_hours_median is None else span_words(review.open_hours_median)
        most = span_words(review.open_hours_p90)
        yield f"In opening hours: median {told}; nine in ten of those answered {most}"
    yield (
        f"Within 5 min {review.within_5min}, 30 min {review.within_30min}, 1 h {review.within_1h},"
        f" 24 h {review.within_24h}"
    )
    for each in review.by_source:
        told = "not yet" if each.median is None else span_words(each.median)
        came = f"{counted(each.enquiries, 'enquiry'):>14}  {each.answered:>4} answered"
        yield f"  {one_line(each.source, 40):<40}  {came}  median {told}  {each.won} won"
    yield from _mistake_lines(review.mistakes or {})


def _mistake_lines(found: Mapping[Mistake, tuple[int, ...]]) -> Iterator[str]:
    """The mistakes that were made, with the leads that they can be mended with."""
    for mistake, title in _TITLES.items():
        leads = found.get(mistake, ())
        if leads:
            more = f" and {len(leads) - _LISTED} more" if len(leads) > _LISTED else ""
            yield f"{title}: {counted(len(leads), 'lead')} ({', '.join(map(str, leads[:_LISTED]))}{more})"


COMMANDS: Mapping[str, Callable[[ArgumentParser], None]] = {"review": review_words}
