package dev.trifocal.datasets.npy;

import dev.trifocal.error.FileException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Parses the dictionary in a header, such as {@code {'descr': '<f4', 'fortran_order': False,
 * 'shape': (3, 4), }}. No other Python syntax is supported, and nothing is evaluated.
 */
final class NpyHeaderParser {
  private static final Set<String> KEYS = Set.of("descr", "fortran_order", "shape");

  private final Path file;
  private final String text;
  private final Set<String> seen = new HashSet<>();
  private String descriptor = "";
  private boolean fortranOrder;
  private List<Long> sizes = List.of();
  private int next;

  NpyHeaderParser(Path file, String text) {
    this.file = file;
    this.text = text;
  }

  NpyHeader parse() {
    dictionary();
    if (!seen.equals(KEYS)) {
      throw bad("descr, fortran_order and shape are required");
    }
    if (fortranOrder) {
      throw new FileException(
          file
              + ": is in Fortran order; save it in C order:"
              + " numpy.save(file, numpy.ascontiguousarray(x))");
    }
    return new NpyHeader(type(), order(), sizes);
  }

  private void dictionary() {
    expect('{');
    while (!skip('}')) {
      entry(string());
      if (!skip(',')) {
        expect('}');
        break;
      }
    }
    if (!text.substring(next).isBlank()) {
      throw bad("text follows the dictionary");
    }
  }

  private void entry(String key) {
    if (!seen.add(key)) {
      throw bad("key '" + key + "' is repeated");
    }
    expect(':');
    switch (key) {
      case "descr" -> descriptor = descriptor();
      case "fortran_order" -> fortranOrder = truth();
      case "shape" -> sizes = tuple();
      default -> throw bad("key '" + key + "' is unknown");
    }
  }

  private String descriptor() {
    if (skip('[')) {
      throw new FileException(
          file + ": has structured elements; save each field as a separate file");
    }
    return string();
  }

  private NpyType type() {
    boolean ordered = !descriptor.isEmpty() && "<>|=".indexOf(descriptor.charAt(0)) >= 0;
    return NpyType.find(ordered ? descriptor.substring(1) : descriptor)
        .orElseThrow(
            () ->
                new FileException(
                    "%s: has elements of NumPy type '%s'; bool, int8 to int64, uint8 to uint64"
                            .formatted(file, descriptor)
                        + " and float16 to float64 are supported (numpy: x.astype(...))"));
  }

  private ByteOrder order() {
    return descriptor.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  private String string() {
    char quote = peek();
    if (quote != '\'' && quote != '"') {
      throw bad("expected a string at " + next);
    }
    int end = text.indexOf(quote, next + 1);
    if (end < 0) {
      throw bad("a string is not terminated");
    }
    String result = text.substring(next + 1, end);
    next = end + 1;
    return result;
  }

  private boolean truth() {
    peek();
    if (text.startsWith("True", next)) {
      next += 4;
      return true;
    }
    if (text.startsWith("False", next)) {
      next += 5;
      return false;
    }
    throw bad("expected True or False at " + next);
  }

  private List<Long> tuple() {
    List<Long> sizes = new ArrayList<>();
    expect('(');
    while (!skip(')')) {
      sizes.add(number());
      // Python 2 wrote long sizes as 60000L.
      skip('L');
      if (!skip(',')) {
        expect(')');
        break;
      }
    }
    return sizes;
  }

  private long number() {
    peek();
    int start = next;
    while (next < text.length() && text.charAt(next) >= '0' && text.charAt(next) <= '9') {
      next++;
    }
    if (start == next || next - start > 18) {
      throw bad("expected a size at " + start);
    }
    return Long.parseLong(text.substring(start, next));
  }

  private void expect(char wanted) {
    if (!skip(wanted)) {
      throw bad("expected '" + wanted + "' at " + next);
    }
  }

  private boolean skip(char wanted) {
    boolean found = peek() == wanted;
    next += found ? 1 : 0;
    return found;
  }

  private char peek() {
    while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
    return next < text.length() ? text.charAt(next) : '\0';
  }

  private FileException bad(String reason) {
    return new FileException(
        "%s: the header of this NumPy .npy file is damaged: %s".formatted(file, reason));
  }
}
