package dev.trifocal.explain;

/**
 * Colours from dark violet by red and orange to light yellow, which grow lighter with the level, so
 * that they are told apart without colour vision as well.
 */
final class ColorScale {
  private ColorScale() {}

  /**
   * Returns one channel of a colour, from 0 to 255.
   *
   * @param level in [0, 1]
   * @param channel 0 for red, 1 for green, 2 for blue
   */
  static double at(double level, int channel) {
    return switch (channel) {
      case 0 -> between(level, 40, 130, 220, 250, 255);
      case 1 -> between(level, 10, 25, 65, 150, 250);
      default -> between(level, 90, 120, 60, 20, 150);
    };
  }

  private static double between(double level, double... stops) {
    double place = level * (stops.length - 1);
    int first = Math.min((int) place, stops.length - 2);
    double share = place - first;
    return (1 - share) * stops[first] + share * stops[first + 1];
  }
}
