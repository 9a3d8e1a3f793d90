package dev.trifocal.file;

/** Text from files as messages quote it: whoever made a file must not flood or steer a terminal. */
public final class QuotedText {
  private static final int LONGEST = 200;

  private QuotedText() {}

  /** Replaces control characters by question marks, and the end of a long text by an ellipsis. */
  public static String of(String text) {
    String start = text.substring(0, Math.min(LONGEST, text.length()));
    String printable = start.replaceAll("[\\p{Cntrl}\\p{Cf}\\uFFFD]", "?");
    return text.length() > LONGEST ? printable + "..." : printable;
  }
}
