"""Tables over pages."""

from loaders.formats.layout import Grid
from loaders.formats.source import CellText


def test_a_row_that_a_page_broke_is_made_whole() -> None:
    above = [CellText(0, 0, "序号"), CellText(0, 1, "任务"), CellText(1, 0, "1"), CellText(1, 1, "推行网上")]
    below = [CellText(0, 1, "办理。"), CellText(1, 0, "2"), CellText(1, 1, "压缩时间。")]
    whole = Grid(0, 9, above, 2).on(1).continued(Grid(0, 9, below, 2).on(2))
    assert [(cell.row, cell.column, cell.text, cell.page) for cell in whole.cells] == [
        (0, 0, "序号", 1), (0, 1, "任务", 1), (1, 0, "1", 1), (1, 1, "推行网上办理。", 1), (2, 0, "2", 2), (2, 1, "压缩时间。", 2),
    ]  # fmt: skip


def test_a_row_with_a_number_of_its_own_is_another_row() -> None:
    above = [CellText(0, 0, "序号"), CellText(0, 1, "任务"), CellText(1, 0, "1"), CellText(1, 1, "推行网办。")]
    whole = Grid(0, 9, above, 2).continued(Grid(0, 9, [CellText(0, 0, "2"), CellText(0, 1, "压缩时间。")], 2))
    assert [cell.text for cell in whole.cells if cell.row == 2] == ["2", "压缩时间。"]
