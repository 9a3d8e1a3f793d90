package dev.trifocal.image;

/** The pictures of {@code golden_pictures.py}. */
final class NoiseImages {
  private NoiseImages() {}

  static Image image(int height, int width, int channels) {
    byte[] values = new byte[height * width * channels];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) ((int) (i * 2654435761L) >>> 24);
    }
    return Image.of(height, width, channels, values);
  }
}
