"""Small good inputs, of which the fuzzer makes bad ones; all written for these tests."""

from __future__ import annotations

import gzip
import io
import json
from functools import cache

TEXT = (
    "Germany fined Telegram 5.1 million euros ($5.5 million) on 17 October 2022 for the lack of a way to complain. "
    "Russia banned the messenger in April 2018; it had refused to hand its keys to the security service, FSB. "
    "“No plans to ban it,” said Jane Doe of the regulator of Exampleland on Monday, three days ago."
)
HTML = (
    "<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Fine &amp; ban</title>"
    '<meta property="article:published_time" content="2022-10-17T08:00:00Z"><script type="application/ld+json">'
    '{"@type": "NewsArticle", "datePublished": "2022-10-17"}</script></head><body><nav><a href=/>Home</a></nav>'
    f"<article><h1>Fined</h1><p>{TEXT}</p><p>{TEXT[::-1]}</p><p>{TEXT}</p></article></body></html>"
)
MARKDOWN = (
    f'---\ntitle: "A fine: again"\nurl: https://news.example/1\npublished_date: 2022-10-17\nauthor: [A, B]\n---\n'
    f'# Fined\n\n> {TEXT}\n\n- **one** [two](http://a.example/ "t") ![i](x.png)\n\n{TEXT}\n'
)
RECORD = {"id": "r1", "text": TEXT, "title": "Fined", "url": "https://news.example/1", "published": "2022-10-17"}
JSON_LINES = "".join(json.dumps({**RECORD, "id": f"r{number}"}) + "\n" for number in range(3))
TABLE = f'id,text,date,title\n1,"{TEXT}",2022-10-17,Fined\n2,"Another. {TEXT}",17 Oct 2022,"Banned, ""again"""\n'
WARC = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://news.example/1\r\nWARC-Date: 2022-10-17T08:00:00Z\r\n"
    b"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
    b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
)
FEED = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>News</title><link>http://news.example/</link>'
    f"<item><title>Fined &amp; banned</title><link>http://news.example/1</link><guid>1</guid><description>{TEXT}"
    "</description><pubDate>Mon, 17 Oct 2022 08:00:00 GMT</pubDate></item></channel></rss>"
)
MONEY = (
    "5.1 million euros",
    "$1,234,567.89",
    "EUR 5 bn, up from 4",
    "a fine of 400,000 (£300k) or 4% of sales",
    "five hundred thousand rubles",
    "between 1.5 and 2 million dollars",
    "₹1.2 crore, 3 lakh rupees, JPY 20,000",
)
DATES = (
    "on 17 October 2022",
    "last Monday, three weeks ago",
    "in April 2018 and the spring of 2019",
    "2022-10-17T08:00:00Z",
    "10/17/22; 17.10.2022",
    "BRUSSELS, Oct 17 (Agency) - The",
    "by the end of next year, in two days",
)


def make_warc() -> bytes:
    """Make an archive of one page."""
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + HTML.encode()
    return WARC % (len(page), page)


def make_pdf() -> bytes:
    """Make a PDF of one page with a line of text."""
    content = f"BT /F1 12 Tf 20 700 Td ({TEXT[:90]}) Tj ET".encode()
    bodies = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start)


@cache
def make_workbook() -> bytes:
    """Make a workbook of one table."""
    import openpyxl

    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in (("id", "day", "controller", "fine"), (1, "2022-10-17", "Telegram", 5_100_000), (2, None, "=1+1", "x")):
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def pack(data: bytes) -> bytes:
    """Compress, always to the same bytes."""
    return gzip.compress(data, mtime=0)
