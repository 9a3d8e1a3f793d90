package dev.trifocal.datasets.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads the orientation from EXIF data, which is a TIFF file without an image. */
final class Exif {
  static final int ORIENTATION = 0x0112;
  static final int ENTRY = 12;

  private Exif() {}

  /** Returns the orientation; upright if the data is missing or malformed. */
  static Orientation orientation(byte[] file, int from, int end) {
    ByteBuffer tiff = ByteBuffer.wrap(file, from, end - from).slice();
    if (tiff.remaining() < 8) {
      return Orientation.UPRIGHT;
    }
    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = tiff.getInt(4);
    if (directory < 0 || directory > tiff.limit() - 2) {
      return Orientation.UPRIGHT;
    }
    int entries = tiff.getShort(directory) & 0xFFFF;
    for (int i = 0; i < entries && directory + 2 + ENTRY * (i + 1) <= tiff.limit(); i++) {
      int at = directory + 2 + ENTRY * i;
      if ((tiff.getShort(at) & 0xFFFF) == ORIENTATION) {
        return Orientation.of(tiff.getShort(at + 8));
      }
    }
    return Orientation.UPRIGHT;
  }
}
