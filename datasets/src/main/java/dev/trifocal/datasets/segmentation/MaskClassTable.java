package dev.trifocal.datasets.segmentation;

import dev.trifocal.datasets.folder.CsvRows;
import dev.trifocal.error.DataException;
import dev.trifocal.error.FileException;
import dev.trifocal.file.TextFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Reads the classes of masks from a file: a CSV file with a header and the columns {@code name} and
 * {@code value}, or {@code name,r,g,b}, or {@code name,color} with colours as {@code #rrggbb}; or a
 * text file with one name per line, whose classes are numbered from 0. Classes named {@code void}
 * or {@code ignore} belong to no class.
 */
final class MaskClassTable {
  /** The files that a folder may name its classes in. */
  static final List<String> NAMES = List.of("classes.csv", "class_dict.csv", "classes.txt");

  private static final List<String> NAME = List.of("name", "class", "class_name", "label");
  private static final List<String> VALUE = List.of("value", "id", "index", "number");
  private static final List<String> COLOUR = List.of("color", "colour", "hex");
  private static final List<List<String>> CHANNELS =
      List.of(List.of("r", "red"), List.of("g", "green"), List.of("b", "blue"));
  private static final Set<String> VOID = Set.of("void", "ignore");
  private static final String FORMS = "name,value or name,r,g,b or name,color (#rrggbb)";
  private static final int MOST = 255;

  private final Path file;
  private final List<String[]> rows;
  private final List<String> names = new ArrayList<>();
  private final Map<Integer, Integer> numbers = new TreeMap<>();
  private final Map<Integer, Integer> colours = new TreeMap<>();

  private MaskClassTable(Path file, List<String[]> rows) {
    this.file = file;
    this.rows = rows;
  }

  /**
   * Reads the classes.
   *
   * @throws FileException if the file cannot be read
   * @throws DataException if it does not list classes in this way
   */
  static MaskClasses read(Path file) {
    if (file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".txt")) {
      List<String> names =
          TextFile.read(file, "one class name per line")
              .strip()
              .lines()
              .map(String::strip)
              .toList();
      requireNames(file, names);
      return MaskClasses.numbered(names, file.toString());
    }
    return new MaskClassTable(file, CsvRows.read(file)).classes();
  }

  private MaskClasses classes() {
    if (rows.isEmpty()) {
      throw new DataException(
          file + " is empty; expected a header such as name,value or name,r,g,b");
    }
    int name =
        column(NAME)
            .orElseThrow(() -> new DataException(file + " has no column name; expected " + FORMS));
    OptionalInt value = column(VALUE);
    boolean coloured =
        column(COLOUR).isPresent()
            || CHANNELS.stream().allMatch(channel -> column(channel).isPresent());
    if (value.isEmpty() && !coloured) {
      throw new DataException(
          "%s has no column with values or colours; expected %s".formatted(file, FORMS));
    }
    for (int line = 1; line < rows.size(); line++) {
      int id = VOID.contains(cell(line, name).toLowerCase(Locale.ROOT)) ? MOST : names.size();
      if (id != MOST) {
        names.add(cell(line, name));
      }
      if (value.isPresent()) {
        put(numbers, number(line, value.getAsInt(), Character.MAX_VALUE), id, line);
      }
      if (coloured) {
        put(colours, colour(line), id, line);
      }
    }
    requireNames(file, names);
    if (!numbers.isEmpty()) {
      numbers.putIfAbsent(MaskSource.VOID, MaskSource.VOID);
    }
    return new MaskClasses(names, numbers, colours, file.toString());
  }

  private static void requireNames(Path file, List<String> names) {
    if (names.size() < 2 || names.size() > MaskClasses.MOST) {
      throw new DataException(
          "%s lists %d classes besides void; expected 2 to %d"
              .formatted(file, names.size(), MaskClasses.MOST));
    }
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (name.isEmpty() || !seen.add(name)) {
        throw new DataException(
            name.isEmpty()
                ? file + " has a class without a name"
                : "%s lists the class '%s' twice; give each class one row".formatted(file, name));
      }
    }
  }

  private void put(Map<Integer, Integer> ids, int key, int id, int line) {
    if (ids.putIfAbsent(key, id) != null) {
      throw new DataException(
          "%s: line %d has the value or colour of an earlier class".formatted(file, line + 1));
    }
  }

  private int colour(int line) {
    OptionalInt hex = column(COLOUR);
    if (hex.isEmpty()) {
      return CHANNELS.stream()
          .mapToInt(channel -> number(line, column(channel).orElseThrow(), MOST))
          .reduce(0, (colour, level) -> colour << 8 | level);
    }
    String text = cell(line, hex.getAsInt());
    if (!text.matches("#?[0-9a-fA-F]{6}")) {
      throw new DataException(
          "%s: line %d has the colour '%s'; expected #rrggbb".formatted(file, line + 1, text));
    }
    return Integer.parseInt(text.replace("#", ""), 16);
  }

  private int number(int line, int column, int most) {
    String text = cell(line, column);
    if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > most) {
      throw new DataException(
          "%s: line %d has '%s' in the column %s; expected a whole number from 0 to %d"
              .formatted(file, line + 1, text, rows.get(0)[column], most));
    }
    return Integer.parseInt(text);
  }

  private String cell(int line, int column) {
    String[] cells = rows.get(line);
    if (column >= cells.length) {
      throw new DataException(
          "%s: line %d has %d of %d columns"
              .formatted(file, line + 1, cells.length, rows.get(0).length));
    }
    return cells[column];
  }

  private OptionalInt column(List<String> names) {
    List<String> header =
        Arrays.stream(rows.get(0)).map(cell -> cell.strip().toLowerCase(Locale.ROOT)).toList();
    return IntStream.range(0, header.size()).filter(i -> names.contains(header.get(i))).findFirst();
  }

  /** Returns the file of a folder that lists its classes. */
  static Optional<Path> in(Path folder) {
    return NAMES.stream().map(folder::resolve).filter(Files::isRegularFile).findFirst();
  }
}
