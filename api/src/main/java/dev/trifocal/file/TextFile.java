package dev.trifocal.file;

import dev.trifocal.error.FileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads text that users write: UTF-8 with or without a byte order mark, or UTF-16 with one, as
 * Windows editors and PowerShell save it.
 */
public final class TextFile {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private TextFile() {}

  /**
   * Reads a whole file.
   *
   * @param expected what the file should contain, such as {@code one class name per line}; used in
   *     messages
   * @return the text without a byte order mark
   * @throws FileException if the file cannot be read or has another encoding; the message names the
   *     line
   */
  public static String read(Path file, String expected) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw FileFailure.reading(file, e);
    }
    Charset charset = charset(bytes);
    ByteBuffer remaining = ByteBuffer.wrap(bytes);
    try {
      // A new decoder stops at malformed input and leaves the position there.
      String text = charset.newDecoder().decode(remaining).toString();
      return text.indexOf(BYTE_ORDER_MARK) == 0 ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new FileException(
          "%s is not %s text: line %d has other bytes; expected %s, saved as UTF-8"
              .formatted(file, charset, line(bytes, remaining.position(), charset), expected),
          e);
    }
  }

  private static Charset charset(byte[] bytes) {
    int mark = bytes.length < 2 ? 0 : (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF;
    boolean wide = mark == BYTE_ORDER_MARK || mark == Character.reverseBytes(BYTE_ORDER_MARK);
    return wide ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
  }

  private static long line(byte[] bytes, int end, Charset charset) {
    return 1 + new String(bytes, 0, end, charset).chars().filter(c -> c == '\n').count();
  }
}
