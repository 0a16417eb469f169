"""Receipt printers: a line, its questions and answers, and the honest end of each job.

`opening.open_printer` gives a `ReceiptPrinter` for a URL. `talk` asks and listens, `replies` tells
the answers apart, `job` carries one paper to its end, `flush` clears what an earlier one left,
`spans` knows where a question may stand between bytes. What is on the paper is not known here.
"""
