package dev.trifocal.apps.report;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.shape.Shape;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Shapes as people write them: {@code 3x200x300}. */
public final class ShapeText {
  private ShapeText() {}

  public static String text(Shape shape) {
    return shape.sizes().stream().map(String::valueOf).collect(Collectors.joining("x"));
  }

  /**
   * @throws ConfigurationException if the text is not three positive numbers with x between them
   */
  public static Shape image(String text) {
    if (!text.matches("[1-9]\\d{0,5}x[1-9]\\d{0,5}x[1-9]\\d{0,5}")) {
      throw new ConfigurationException(
          "'%s' is not the shape of an image; write channels, height and width: 3x200x300"
              .formatted(text));
    }
    return Shape.of(Arrays.stream(text.split("x")).mapToInt(Integer::parseInt).toArray());
  }
}
