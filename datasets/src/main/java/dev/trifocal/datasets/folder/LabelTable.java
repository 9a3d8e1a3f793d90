package dev.trifocal.datasets.folder;

import dev.trifocal.error.DataException;
import dev.trifocal.error.FileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A CSV file that names the labels of images: a header, then one row per image. The columns beside
 * the image's file are either one column per label with 0 or 1, or a single column with labels
 * separated by {@code |}, {@code ;} or {@code ,}. A column {@code split} assigns images to train,
 * val or test. Columns are separated by commas, semicolons or tabs.
 *
 * @param rows the rows in the order of the file, by the name of the image
 * @param labels all labels, sorted
 */
record LabelTable(Map<String, Row> rows, List<String> labels) {
  private static final Set<String> FILE_COLUMNS =
      Set.of("file", "filename", "filepath", "image", "imagename", "imagepath", "imageid", "path");
  private static final Set<String> SPLIT_COLUMNS = Set.of("split", "subset", "partition");
  private static final Set<String> YES = Set.of("1", "1.0", "true", "yes");
  private static final Set<String> NO = Set.of("", "0", "0.0", "-1", "false", "no");
  private static final List<String> SEPARATORS = List.of("|", ";", ",");

  /**
   * The labels of one image.
   *
   * @param split the name of the split in lower case, if the table has such a column
   */
  record Row(Set<String> labels, Optional<String> split) {}

  /**
   * Reads a table.
   *
   * @throws FileException if the file cannot be read as text
   * @throws DataException if it is not such a table; the message names the row
   */
  static LabelTable read(Path file) {
    List<String[]> lines = CsvRows.read(file);
    if (lines.size() < 2) {
      throw new DataException(
          file + " has no rows; expected a header, then one row per image: file,labels");
    }
    return new Reader(file, lines).table();
  }

  /**
   * Returns a label that seems to be several, separated by blanks: each of its words occurs in
   * another label.
   */
  Optional<String> labelOfSeveral() {
    Map<String, Long> uses =
        labels.stream()
            .flatMap(label -> words(label).stream())
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    return labels.stream()
        .filter(label -> words(label).size() > 1)
        .filter(label -> words(label).stream().allMatch(word -> uses.get(word) > 1))
        .findFirst();
  }

  private static Set<String> words(String label) {
    return Arrays.stream(label.split("\\s+")).collect(Collectors.toSet());
  }

  /** Interprets the cells of one file; the first line is the header. */
  private record Reader(Path file, List<String[]> lines) {
    LabelTable table() {
      requireHeader();
      int image = column(FILE_COLUMNS).orElse(0);
      Optional<Integer> split = column(SPLIT_COLUMNS);
      List<Integer> others =
          IntStream.range(0, header().length)
              .filter(column -> column != image && !split.equals(Optional.of(column)))
              .boxed()
              .toList();
      if (others.isEmpty()) {
        throw new DataException(
            file + " has no column with labels; expected, for example: file,labels");
      }
      boolean listed = others.size() == 1 && !isBinary(others.get(0));
      String separator = listed ? separator(others.get(0)) : "";
      Map<String, Row> rows = new LinkedHashMap<>();
      for (int line = 1; line < lines.size(); line++) {
        requireWidth(line);
        String name = cell(line, image);
        Set<String> labels =
            listed ? split(cell(line, others.get(0)), separator) : marked(line, others);
        int at = line;
        Row row = new Row(labels, split.map(column -> cell(at, column).toLowerCase(Locale.ROOT)));
        Row before = rows.putIfAbsent(name, row);
        if (before != null) {
          if (!listed) {
            throw new DataException(
                "%s, row %d: %s has a row already; keep one of them"
                    .formatted(file, line + 1, name));
          }
          Set<String> all = new TreeSet<>(before.labels());
          all.addAll(labels);
          rows.put(name, new Row(all, before.split()));
        }
      }
      Set<String> labels = new TreeSet<>();
      rows.values().forEach(row -> labels.addAll(row.labels()));
      if (!listed) {
        others.forEach(column -> labels.add(header()[column]));
      }
      return new LabelTable(rows, List.copyOf(labels));
    }

    private void requireHeader() {
      Arrays.stream(header())
          .filter(ImageFiles::hasImageExtension)
          .findFirst()
          .ifPresent(
              image -> {
                throw new DataException(
                    "%s has no header: its first row is that of %s; put a row with the names of the columns above it, such as file,labels"
                        .formatted(file, image));
              });
    }

    private String[] header() {
      return lines.get(0);
    }

    private Optional<Integer> column(Set<String> names) {
      return IntStream.range(0, header().length)
          .filter(i -> names.contains(header()[i].toLowerCase(Locale.ROOT).replaceAll("[ _-]", "")))
          .boxed()
          .findFirst();
    }

    private void requireWidth(int line) {
      if (lines.get(line).length != header().length) {
        throw new DataException(
            "%s, row %d has %d cells, but the header has %d; quote cells that contain the separator"
                .formatted(file, line + 1, lines.get(line).length, header().length));
      }
    }

    private String cell(int line, int column) {
      String[] cells = lines.get(line);
      return column < cells.length ? cells[column] : "";
    }

    private boolean isBinary(int column) {
      return IntStream.range(1, lines.size())
          .mapToObj(line -> cell(line, column).toLowerCase(Locale.ROOT))
          .allMatch(value -> YES.contains(value) || NO.contains(value));
    }

    /** Returns the separator that occurs in the column. */
    private String separator(int column) {
      return SEPARATORS.stream()
          .filter(
              one ->
                  IntStream.range(1, lines.size())
                      .anyMatch(line -> cell(line, column).contains(one)))
          .findFirst()
          .orElse(SEPARATORS.get(0));
    }

    private static Set<String> split(String cell, String separator) {
      Set<String> labels = new TreeSet<>();
      Arrays.stream(cell.split(Pattern.quote(separator)))
          .map(String::strip)
          .filter(label -> !label.isEmpty())
          .forEach(labels::add);
      return labels;
    }

    private Set<String> marked(int line, List<Integer> columns) {
      Set<String> labels = new TreeSet<>();
      List<String> wrong = new ArrayList<>();
      for (int column : columns) {
        String value = cell(line, column).toLowerCase(Locale.ROOT);
        if (YES.contains(value)) {
          labels.add(header()[column]);
        } else if (!NO.contains(value)) {
          wrong.add("'%s' in column %s".formatted(cell(line, column), header()[column]));
        }
      }
      if (!wrong.isEmpty()) {
        throw new DataException(
            "%s, row %d has %s; expected 0 or 1 in one column per label, or a single column with all labels separated by |"
                .formatted(file, line + 1, wrong.get(0)));
      }
      return labels;
    }
  }
}
