package dev.trifocal.datasets.folder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.trifocal.error.FileException;
import dev.trifocal.file.FileFailure;
import dev.trifocal.file.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Reads the rows of CSV files with a header. */
public final class CsvRows {
  private CsvRows() {}

  /**
   * Returns the cells of all rows without blanks around them, the header first; empty lines are
   * skipped. Cells are separated by commas, semicolons or tabs, whichever the header has.
   *
   * @throws FileException if the file cannot be read, or is not CSV
   */
  public static List<String[]> read(Path file) {
    String text = TextFile.read(file, "a CSV file with a header");
    String header = text.lines().findFirst().orElse("");
    char delimiter =
        header.contains(",")
            ? ','
            : header.contains(";") ? ';' : header.contains("\t") ? '\t' : ',';
    CsvMapper mapper =
        CsvMapper.csvBuilder()
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .enable(CsvParser.Feature.TRIM_SPACES)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .build();
    CsvSchema schema = CsvSchema.emptySchema().withColumnSeparator(delimiter);
    try (MappingIterator<String[]> rows =
        mapper.readerFor(String[].class).with(schema).readValues(text)) {
      return rows.readAll();
    } catch (JsonProcessingException e) {
      throw new FileException("%s is not CSV: %s".formatted(file, e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw FileFailure.reading(file, e);
    }
  }
}
