package dev.trifocal.datasets.folder;

import java.util.List;
import java.util.stream.Collectors;

/** Names the first items of a list, and counts the others: {@code a, b, c; and 4 more}. */
public final class AbbreviatedList {
  private static final int NAMED = 3;

  private AbbreviatedList() {}

  /** Returns the first three items, separated by commas, and the number of others. */
  public static String of(List<?> items) {
    return of(items, ", ");
  }

  /** Returns the first three items with this separator, and the number of others. */
  public static String of(List<?> items, String separator) {
    String first =
        items.stream().limit(NAMED).map(Object::toString).collect(Collectors.joining(separator));
    return items.size() > NAMED ? "%s; and %d more".formatted(first, items.size() - NAMED) : first;
  }
}
