package dev.trifocal.datasets.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The chunks of a WebP file: a name, a length, the data, and a padding byte if it is odd. */
final class WebpChunks {
  private static final int FIRST = 12;
  private static final int HEADER = 8;

  /** The flag of a colour profile in extended files. */
  private static final int PROFILE = 0x20;

  /** The number of bytes that the reader may look ahead, rounded up. */
  private static final int AHEAD = 64;

  private WebpChunks() {}

  /**
   * Returns the bytes of a file, a few zeros, and then an exception. The reader looks ahead, and if
   * it finds an end, decodes bits that do not exist for as many pixels as the file claims.
   */
  static InputStream stream(byte[] file) {
    InputStream end =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the data ends too early");
          }

          @Override
          public int read(byte[] bytes, int from, int count) throws IOException {
            return read();
          }
        };
    InputStream ahead = new ByteArrayInputStream(new byte[AHEAD]);
    return new SequenceInputStream(
        new ByteArrayInputStream(file), new SequenceInputStream(ahead, end));
  }

  /**
   * Returns the file without the flag of a colour profile. The reader would apply the profile, but
   * networks are trained on images without colour management.
   */
  static byte[] withoutProfile(byte[] file) {
    boolean extended =
        file.length > FIRST + HEADER
            && new String(file, FIRST, 4, StandardCharsets.ISO_8859_1).equals("VP8X");
    if (!extended || (file[FIRST + HEADER] & PROFILE) == 0) {
      return file;
    }
    byte[] result = file.clone();
    result[FIRST + HEADER] &= ~PROFILE;
    return result;
  }

  /** Returns true if the file has the length that it declares. */
  static boolean isWhole(byte[] file) {
    long rest = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(4) & 0xFFFFFFFFL;
    return rest + HEADER <= file.length;
  }

  /** Returns the EXIF orientation; upright if there is none. */
  static Orientation orientation(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    long at = FIRST;
    while (at + HEADER <= file.length) {
      int data = (int) at + HEADER;
      long length = bytes.getInt((int) at + 4) & 0xFFFFFFFFL;
      String name = new String(file, (int) at, 4, StandardCharsets.ISO_8859_1);
      if (name.equals("EXIF")) {
        return Exif.orientation(file, data, (int) Math.min(file.length, data + length));
      }
      at = data + length + length % 2;
    }
    return Orientation.UPRIGHT;
  }
}
