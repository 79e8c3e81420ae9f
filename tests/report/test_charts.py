from __future__ import annotations

from lxml import etree

from kg.report.charts import draw_bars, draw_columns, draw_matrix, format_number

SVG = "{http://www.w3.org/2000/svg}"


def parse(markup: str) -> etree._Element:
    """Parse a chart as XML, which stands for its being well formed."""
    return etree.fromstring(str(markup).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def test_bars_are_as_long_as_their_values() -> None:
    """A bar of half the value is half as long, and each says its label and value."""
    chart = parse(draw_bars("Who", ["A", "B"], [10, 5], unit="actions"))
    one, other = chart.findall(f"{SVG}rect")
    assert float(one.get("width")) == 2 * float(other.get("width"))
    assert one.find(f"{SVG}title").text == "A: 10 actions"
    assert chart.get("aria-label") == "Who" and chart.get("role") == "img"


def test_columns_stack_their_series() -> None:
    """The parts of a column stand on one another: the top of one is the foot of the next."""
    chart = parse(draw_columns("When", ["2023", "2024"], [("words", [1, 2]), ("coercion", [3, 2])], unit="actions"))
    rects = chart.findall(f"{SVG}rect")
    assert len(rects) == 4
    low, high = rects[0], rects[1]
    assert float(high.get("y")) + float(high.get("height")) == float(low.get("y"))
    assert float(high.get("height")) == 3 * float(low.get("height"))


def test_charts_escape_names() -> None:
    """A name that holds markup stays text, in labels, titles and matrices."""
    evil = '"><script>alert(1)</script>&'
    for chart in (
        draw_bars(evil, [evil], [1], unit=evil),
        draw_columns(evil, [evil], [(evil, [1])], unit=evil),
        draw_matrix(evil, [evil], {(evil, evil): (1.0, evil)}),
    ):
        assert "<script" not in chart
        assert parse(chart).get("aria-label") == evil


def test_charts_of_nothing_are_drawn() -> None:
    """No bars, columns or cells, or all of them 0, is no error."""
    assert parse(draw_bars("t", [], [])).findall(f"{SVG}rect") == []
    assert parse(draw_columns("t", ["a"], [("s", [0])])).findall(f"{SVG}rect") == []
    assert parse(draw_matrix("t", [], {})) is not None


def test_numbers_are_short() -> None:
    """Millions and billions are short, small numbers keep three digits."""
    assert [format_number(n) for n in (0, 12, 1234, 5_100_000, 2.42e9, 0.053171, 1.5)] == [
        "0", "12", "1,234", "5.1 m", "2.42 bn", "0.0532", "1.5",
    ]  # fmt: skip
