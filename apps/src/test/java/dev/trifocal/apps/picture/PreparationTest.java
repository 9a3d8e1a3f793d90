package dev.trifocal.apps.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.trifocal.error.DataException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.zoo.Preprocessing;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Expected values are those of torchvision 0.14: {@code resize(x, 5, antialias=True)}, {@code
 * center_crop(x, [4, 3])}, {@code normalize} with ImageNet's mean and deviation.
 */
@DisplayName("A picture on its way to a network of the zoo")
class PreparationTest {
  private static final Preprocessing SMALL = Preprocessing.TORCHVISION.shorterSide(5);
  private static final float[] RED = {
    0.737142f,
    -0.462511f,
    -0.601719f,
    -0.100989f,
    -0.845915f,
    0.664899f,
    -1.011022f,
    0.048377f,
    1.21605f,
    -0.314281f,
    1.235694f,
    0.312521f
  };
  private static final float[] BLUE = {
    -1.078603f,
    -1.386144f,
    -1.416504f,
    -1.292251f,
    -1.483941f,
    -1.096907f,
    -1.524044f,
    -1.25384f,
    -0.956956f,
    -1.346163f,
    -0.944604f,
    -1.183928f
  };

  @Test
  void isScaledCutAndNormalisedAsTorchvisionDoes() {
    float[] values = prepared(SMALL);
    assertThat(List.of(part(values, 0), part(values, 2)))
        .satisfiesExactly(
            red -> assertThat(red).containsExactly(RED, within(1e-4f)),
            blue -> assertThat(blue).containsExactly(BLUE, within(1e-4f)));
  }

  @Test
  void hasItsColoursTheOtherWayRoundForCaffe() {
    Preprocessing caffe = Preprocessing.CAFFE.shorterSide(5);
    Preprocessing plain =
        new Preprocessing(5, Preprocessing.Order.RGB, 1, List.of(0.0), List.of(1.0));
    float[] rgb = prepared(plain);
    float[] bgr = prepared(caffe);
    assertThat(bgr[0]).isCloseTo(rgb[24] - 104, within(1e-3f));
    assertThat(bgr[12]).isCloseTo(rgb[12] - 117, within(1e-3f));
    assertThat(bgr[24]).isCloseTo(rgb[0] - 123, within(1e-3f));
  }

  @Test
  void mustNotBeSmallerThanTheInput() {
    assertThatThrownBy(() -> picture().tensor(Shape.of(3, 6, 3), Picture.Tone.AS_IS, SMALL))
        .isInstanceOf(DataException.class)
        .hasMessage("pictures are scaled to 5 pixels, but the model reads 6x3; use trifocal run");
  }

  private static float[] prepared(Preprocessing preprocessing) {
    Tensor tensor = picture().tensor(Shape.of(3, 4, 3), Picture.Tone.AS_IS, preprocessing);
    return tensor.toFloats();
  }

  private static float[] part(float[] values, int channel) {
    return java.util.Arrays.copyOfRange(values, 12 * channel, 12 * channel + 12);
  }

  /** Seven rows of ten; green and blue are half and a quarter of red. */
  private static Picture picture() {
    return new Picture(List.of(plane(1), plane(0.5), plane(0.25)));
  }

  private static Plane plane(double share) {
    float[] values = new float[70];
    IntStream.range(0, 70)
        .forEach(
            i -> {
              int y = i / 10;
              int x = i % 10;
              double value = (y * 37 + x * 53 + y * x % 7 * 11) % 256 * share;
              values[i] = (float) (Math.rint(value) / 255);
            });
    return new Plane(7, 10, values);
  }
}
