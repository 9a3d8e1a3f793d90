package dev.trifocal.apps.report;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A text table with left-aligned text columns and right-aligned number columns. */
public final class TextTable {
  private final List<Column> columns = new ArrayList<>();
  private final List<Object[]> rows = new ArrayList<>();

  public TextTable text(String heading) {
    return column(heading, HorizontalAlign.LEFT);
  }

  public TextTable number(String heading) {
    return column(heading, HorizontalAlign.RIGHT);
  }

  /** Adds a row with one cell per column. */
  public TextTable row(Object... cells) {
    rows.add(cells);
    return this;
  }

  @Override
  public String toString() {
    String table =
        AsciiTable.builder()
            .border(AsciiTable.NO_BORDERS)
            .lineSeparator("\n")
            .data(columns.toArray(Column[]::new), rows.toArray(Object[][]::new))
            .asString();
    // Cells are padded with a blank on both sides; strip the outer ones.
    return table
        .lines()
        .map(line -> line.substring(1).stripTrailing())
        .collect(Collectors.joining("\n"));
  }

  private TextTable column(String heading, HorizontalAlign align) {
    columns.add(
        new Column()
            .header(heading)
            .headerAlign(align)
            .dataAlign(align)
            .maxWidth(Integer.MAX_VALUE));
    return this;
  }
}
