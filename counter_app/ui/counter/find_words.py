"""States in the clerk's words, wherever the counter names them. Pure."""

from __future__ import annotations

from typing import Final

from counter_app.errors import mark

TICKET_STATES: Final = {
    "waiting": mark("waiting"),
    "called": mark("called"),
    "serving": mark("being served"),
    "held": mark("held"),
    "no_show": mark("missed"),
    "served": mark("served"),
    "gave_up": mark("gave up"),
    "carried_over": mark("carried over"),
    "void": mark("void"),
}

PAPER_KINDS: Final = {
    "ticket": mark("Queue ticket"),
    "papers-receipt": mark("Receipt of papers"),
    "acceptance": mark("Notice of acceptance"),
    "once-only-notice": mark("Once-only notice"),
    "correction-notice": mark("Notice of corrections"),
    "correction-receipt": mark("Receipt of corrections"),
    "no-permit-needed": mark("Notice that no permit is needed"),
    "refusal": mark("Decision not to accept"),
    "result": mark("Notice of the result"),
    "denial": mark("Decision of denial"),
    "lack-notice": mark("Notice of lacks"),
    "lack-promise": mark("Promise of lacks"),
    "return-list": mark("List of returned materials"),
    "hand-over": mark("Hand-over slip"),
    "day-total": mark("Day's close"),
    "guide": mark("Guide"),
    "guide-slip": mark("Guide slip"),
    "form": mark("Application form"),
    "copy-stamp": mark("Copies agree with originals"),
    "end-notice": mark("Notice of an end"),
    "amendment": mark("What became of a result"),
    "delivery": mark("Proof of delivery"),
    "letter": mark("Letter to the applicant"),
    "fee-notice": mark("Notice of fees"),
    "fee-receipt": mark("Fee receipt"),
    "fee-back": mark("Voucher for money given back"),
    "settlement": mark("Cashier's day"),
    "copy-notice": mark("Copy-notice"),
    "plan": mark("Plan of the matter"),
    "archive-contents": mark("Contents of the file"),
}
DECISIONS: Final = {
    "received": mark("papers received"),
    "accepted": mark("accepted"),
    "accepted-lacking": mark("accepted, a paper to follow"),
    "notice": mark("notice is out"),
    "corrections": mark("brought again"),
    "no-permit": mark("no permit needed"),
    "refused": mark("not accepted"),
    "granted": mark("granted"),
    "denied": mark("denied"),
    "promised": mark("promised"),
    "returned": mark("returned"),
    "handed-over": mark("handed over to another hall"),
    "day-closed": mark("day closed"),
    "ended": mark("ended"),
    "asked": mark("a department is asked"),
    "planned": mark("plan of the matter"),
    "amended": mark("result amended"),
    "delivered": mark("result handed over"),
    "told": mark("told by letter"),
    "fee-due": mark("a fee is due"),
    "paid": mark("paid"),
    "given-back": mark("money given back"),
    "settled": mark("settled"),
    "filed": mark("filed"),
}
