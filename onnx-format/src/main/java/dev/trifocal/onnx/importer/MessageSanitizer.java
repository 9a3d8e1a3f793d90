package dev.trifocal.onnx.importer;

/**
 * Replaces control characters in messages that quote names from files, such as terminal escape
 * sequences.
 */
final class MessageSanitizer {
  /** The length to which messages are truncated. */
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
