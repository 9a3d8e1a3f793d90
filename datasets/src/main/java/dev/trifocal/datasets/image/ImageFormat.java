package dev.trifocal.datasets.image;

import java.util.Arrays;
import java.util.Optional;

/** The supported formats of image files, recognised by their first bytes. */
enum ImageFormat {
  JPEG(0xFF, 0xD8, 0xFF),
  PNG(0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A),
  GIF('G', 'I', 'F', '8'),
  BMP('B', 'M');

  private final int[] start;

  ImageFormat(int... start) {
    this.start = start;
  }

  static Optional<ImageFormat> of(byte[] bytes) {
    return Arrays.stream(values()).filter(format -> format.begins(bytes)).findFirst();
  }

  private boolean begins(byte[] bytes) {
    for (int i = 0; i < start.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xFF) != start[i]) {
        return false;
      }
    }
    return true;
  }
}
