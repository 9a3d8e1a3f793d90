package dev.trifocal.file;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A content that users pass by mistake in place of another one, recognised by the first bytes of
 * the file.
 */
public enum FileContent {
  GIT_LFS_POINTER("a Git LFS pointer", "version https://git-lfs"),
  WEB_PAGE("a web page", "<!doctype html", "<html"),
  ZIP("a ZIP archive", "PK\u0003\u0004"),
  GZIP("a file compressed with gzip", "\u001f\u008b"),
  HDF5("an HDF5 file, as Keras writes it", "\u0089HDF\r\n"),
  PICKLE("a Python pickle", "\u0080\u0002", "\u0080\u0003", "\u0080\u0004", "\u0080\u0005"),
  TENSORFLOW_LITE("a TensorFlow Lite file", "????TFL3"),
  JSON("a JSON file", "{"),
  PDF("a PDF document", "%PDF-"),
  AVIF("an AVIF image", "????ftypavif", "????ftypavis"),
  HEIC("an HEIC image", "????ftyphei", "????ftyphev", "????ftypmif1", "????ftypmsf1"),
  JPEG_XL("a JPEG XL image", "\u00FF\n", "\0\0\0\fJXL ");

  /** The number of first bytes to pass to {@link #of}. */
  public static final int BYTES = 64;

  private static final char ANY = '?';

  private final String title;
  private final List<String> starts;

  FileContent(String title, String... starts) {
    this.title = title;
    this.starts = List.of(starts);
  }

  /**
   * Returns the content of a file; empty if it is not known.
   *
   * @param start its first bytes, {@value #BYTES} of them if there are as many
   */
  public static Optional<FileContent> of(byte[] start) {
    return Arrays.stream(values()).filter(content -> content.begins(start)).findFirst();
  }

  /** Returns whether bytes begin with the text, in which a question mark stands for any byte. */
  public static boolean begins(byte[] bytes, String start) {
    byte[] expected = start.getBytes(StandardCharsets.ISO_8859_1);
    boolean same = bytes.length >= expected.length;
    for (int i = 0; same && i < expected.length; i++) {
      same = expected[i] == ANY || bytes[i] == expected[i];
    }
    return same;
  }

  /** Returns the name of the content with its article, such as {@code a ZIP archive}. */
  public String title() {
    return title;
  }

  /**
   * Returns how to get the wanted file where this is what a server sends instead of it; empty for
   * files of another format.
   */
  public Optional<String> cure() {
    return switch (this) {
      case GIT_LFS_POINTER -> Optional.of("fetch it with git lfs pull, or download it again");
      case WEB_PAGE -> Optional.of("download the file itself");
      default -> Optional.empty();
    };
  }

  private boolean begins(byte[] bytes) {
    byte[] compared = this == WEB_PAGE ? markup(bytes) : bytes;
    return starts.stream().anyMatch(start -> begins(compared, start));
  }

  /** Returns the first bytes in lower case, without white space in front. */
  private static byte[] markup(byte[] bytes) {
    return new String(bytes, 0, Math.min(BYTES, bytes.length), StandardCharsets.ISO_8859_1)
        .stripLeading()
        .toLowerCase(Locale.ROOT)
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
