package dev.trifocal.apps.report;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.shape.Shape;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Formats and parses shapes such as {@code 3x200x300}. */
public final class ShapeText {
  private ShapeText() {}

  public static String text(Shape shape) {
    return shape.sizes().stream().map(String::valueOf).collect(Collectors.joining("x"));
  }

  /**
   * Parses the shape of an image. * * @throws ConfigurationException if the text is not three
   * positive numbers separated by x
   */
  public static Shape image(String text) {
    if (!text.matches("[1-9]\\d{0,5}x[1-9]\\d{0,5}x[1-9]\\d{0,5}")) {
      throw new ConfigurationException(
          "'%s' is not an image shape; expected channels, height and width, such as 3x200x300"
              .formatted(text));
    }
    return Shape.of(Arrays.stream(text.split("x")).mapToInt(Integer::parseInt).toArray());
  }
}
