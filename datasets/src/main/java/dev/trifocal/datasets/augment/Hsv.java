package dev.trifocal.datasets.augment;

/** A colour as hue, saturation and value, each from 0 to 255, in Pillow's arithmetic. */
record Hsv(int hue, int saturation, int value) {
  private static final float FULL = 255;

  /** Converts the RGB values at an index. */
  static Hsv of(byte[] rgb, int at) {
    int red = rgb[at] & 0xFF;
    int green = rgb[at + 1] & 0xFF;
    int blue = rgb[at + 2] & 0xFF;
    int most = Math.max(red, Math.max(green, blue));
    int least = Math.min(red, Math.min(green, blue));
    if (most == least) {
      return new Hsv(0, 0, most);
    }
    float range = most - least;
    float fromRed = (most - red) / range;
    float fromGreen = (most - green) / range;
    float fromBlue = (most - blue) / range;
    float sixths;
    if (red == most) {
      sixths = fromBlue - fromGreen;
    } else if (green == most) {
      sixths = (float) (2.0 + fromRed - fromBlue);
    } else {
      sixths = (float) (4.0 + fromGreen - fromRed);
    }
    float turn = (float) ((sixths / 6.0 + 1.0) % 1.0);
    return new Hsv((int) (turn * 255.0), (int) (range / most * 255.0), most);
  }

  /** Returns the colour with its hue shifted, modulo 256. */
  Hsv turned(int shift) {
    return new Hsv(hue + shift & 0xFF, saturation, value);
  }

  /** Stores the colour as RGB values. */
  void put(byte[] rgb, int at) {
    if (saturation == 0) {
      put(rgb, at, value, value, value);
      return;
    }
    double sixths = hue * 6.0 / FULL;
    int sector = (int) Math.floor(sixths);
    float rest = (float) (sixths - sector);
    float share = saturation / FULL;
    int low = (int) Math.round(value * (1.0 - share));
    int falling = (int) Math.round(value * (1.0 - share * rest));
    int rising = (int) Math.round(value * (1.0 - share * (1.0 - rest)));
    switch (sector % 6) {
      case 0 -> put(rgb, at, value, rising, low);
      case 1 -> put(rgb, at, falling, value, low);
      case 2 -> put(rgb, at, low, value, rising);
      case 3 -> put(rgb, at, low, falling, value);
      case 4 -> put(rgb, at, rising, low, value);
      default -> put(rgb, at, value, low, falling);
    }
  }

  private static void put(byte[] rgb, int at, int red, int green, int blue) {
    rgb[at] = (byte) red;
    rgb[at + 1] = (byte) green;
    rgb[at + 2] = (byte) blue;
  }
}
