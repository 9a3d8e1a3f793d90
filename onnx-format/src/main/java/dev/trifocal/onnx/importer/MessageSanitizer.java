package dev.trifocal.onnx.importer;

/** Messages quote names from files, which can hold anything, orders to a terminal among them. */
final class MessageSanitizer {
  /** Long names and long lists of sizes are cut here. */
  static final int LONGEST = 1_000;

  private MessageSanitizer() {}

  static String plain(String message) {
    String printable = message.replaceAll("[\\p{Cntrl}\\p{Cf}\\uFFFD]", "?");
    return printable.length() <= LONGEST ? printable : printable.substring(0, LONGEST) + "...";
  }

  static ImportResult plain(ImportResult read) {
    return read instanceof ImportFailure not
        ? new ImportFailure(
            not.obstacles().stream().map(MessageSanitizer::plain).toList(), not.facts())
        : read;
  }
}
