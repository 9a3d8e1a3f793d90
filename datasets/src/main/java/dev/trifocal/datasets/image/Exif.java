package dev.trifocal.datasets.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Reads the orientation from EXIF data, which is a TIFF file without an image. */
final class Exif {
  static final int ORIENTATION = 0x0112;
  static final int ENTRY = 12;

  /** Precedes the TIFF data in JPEG files, and sometimes elsewhere. */
  private static final String NAME = "Exif\0\0";

  private Exif() {}

  /** Returns the orientation; upright if the data is missing or malformed. */
  static Orientation orientation(byte[] file, int from, int end) {
    return find(file, from, end).orElse(Orientation.UPRIGHT);
  }

  /** Returns the orientation; empty if the data is missing or malformed. */
  static Optional<Orientation> find(byte[] file, int from, int end) {
    int start = from;
    byte[] name = NAME.getBytes(StandardCharsets.US_ASCII);
    while (end - start >= name.length
        && Arrays.equals(file, start, start + name.length, name, 0, name.length)) {
      start += name.length;
    }
    ByteBuffer tiff = ByteBuffer.wrap(file, start, end - start).slice();
    if (tiff.remaining() < 8) {
      return Optional.empty();
    }
    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = tiff.getInt(4);
    if (directory < 0 || directory > tiff.limit() - 2) {
      return Optional.empty();
    }
    int entries = tiff.getShort(directory) & 0xFFFF;
    for (int i = 0; i < entries && directory + 2 + ENTRY * (i + 1) <= tiff.limit(); i++) {
      int at = directory + 2 + ENTRY * i;
      if ((tiff.getShort(at) & 0xFFFF) == ORIENTATION) {
        return Optional.of(Orientation.of(tiff.getShort(at + 8)));
      }
    }
    return Optional.empty();
  }
}
