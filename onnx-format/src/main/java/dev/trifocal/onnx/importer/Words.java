package dev.trifocal.onnx.importer;

/** Messages quote names from files, which can hold anything, orders to a terminal among them. */
interface Words {
  /** Long names and long lists of sizes are cut here. */
  int LONGEST = 1_000;

  static String plain(String message) {
    String printable = message.replaceAll("[\\p{Cntrl}\\p{Cf}\\uFFFD]", "?");
    return printable.length() <= LONGEST ? printable : printable.substring(0, LONGEST) + "...";
  }

  static Import plain(Import read) {
    return read instanceof NotImported not
        ? new NotImported(not.obstacles().stream().map(Words::plain).toList(), not.facts())
        : read;
  }
}
