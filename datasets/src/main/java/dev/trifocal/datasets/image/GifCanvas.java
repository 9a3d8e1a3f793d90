package dev.trifocal.datasets.image;

import dev.trifocal.image.Image;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * The canvas of a GIF file and the position of its first frame. As in Pillow, the area around the
 * frame is transparent, which becomes white, or has the first colour of the palette; the background
 * colour of the file is ignored.
 *
 * @param height height of the canvas, at least that of the frame
 * @param top first row of the frame
 * @param red red component of the colour around the frame
 */
record GifCanvas(int height, int width, int top, int left, int red, int green, int blue) {
  private static final int HEADER = 13;
  private static final int EXTENSION = 0x21;
  private static final int FRAME = 0x2C;
  private static final int CONTROL = 0xF9;
  private static final int WHITE = 255;

  /** Returns the canvas of a file; empty if it has no frame. */
  static Optional<GifCanvas> of(byte[] file) {
    try {
      return Optional.of(read(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN)));
    } catch (IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  private static GifCanvas read(ByteBuffer file) {
    int palette = paletteBytes(file.get(10));
    int colours = palette == 0 ? 0 : HEADER;
    boolean transparent = false;
    int at = HEADER + palette;
    while (file.get(at) == EXTENSION) {
      if ((file.get(at + 1) & 0xFF) == CONTROL && file.get(at + 2) >= 4) {
        transparent = (file.get(at + 3) & 1) == 1;
      }
      at += 2;
      while (file.get(at) != 0) {
        at += 1 + (file.get(at) & 0xFF);
      }
      at++;
    }
    if (file.get(at) != FRAME) {
      throw new IndexOutOfBoundsException(at);
    }
    if (paletteBytes(file.get(at + 9)) > 0) {
      colours = at + 10;
    }
    int left = file.getShort(at + 1) & 0xFFFF;
    int top = file.getShort(at + 3) & 0xFFFF;
    int width = Math.max(file.getShort(6) & 0xFFFF, left + (file.getShort(at + 5) & 0xFFFF));
    int height = Math.max(file.getShort(8) & 0xFFFF, top + (file.getShort(at + 7) & 0xFFFF));
    int[] around = new int[3];
    for (int c = 0; c < around.length; c++) {
      around[c] = transparent ? WHITE : colours == 0 ? 0 : file.get(colours + c) & 0xFF;
    }
    return new GifCanvas(height, width, top, left, around[0], around[1], around[2]);
  }

  /** Returns the canvas with the first frame. */
  Image with(Image frame) {
    if (frame.height() == height && frame.width() == width) {
      return frame;
    }
    byte[] result = new byte[3 * height * width];
    if (red == green && green == blue) {
      Arrays.fill(result, (byte) red);
    } else {
      for (int i = 0; i < result.length; i += 3) {
        result[i] = (byte) red;
        result[i + 1] = (byte) green;
        result[i + 2] = (byte) blue;
      }
    }
    byte[] values = frame.toBytes();
    int row = 3 * frame.width();
    for (int y = 0; y < frame.height(); y++) {
      System.arraycopy(values, y * row, result, 3 * ((top + y) * width + left), row);
    }
    return Image.of(height, width, 3, result);
  }

  private static int paletteBytes(byte flags) {
    return (flags & 0x80) == 0 ? 0 : 3 * (2 << (flags & 7));
  }
}
