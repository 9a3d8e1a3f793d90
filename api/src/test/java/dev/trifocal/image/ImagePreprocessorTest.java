package dev.trifocal.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.trifocal.error.DataException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A picture on its way to a network")
class ImagePreprocessorTest {
  private static final Preprocessing SMALL = Preprocessing.TORCHVISION.shorterSide(5);

  /** Red of torchvision's {@code resize(x, 5, antialias=True)}, in floats, and so on. */
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

  @Test
  void becomesPlanesOfUnitValuesInRows() {
    Image row = Image.of(1, 3, 3, new byte[] {-1, 0, 51, 0, (byte) 204, 0, 0, 0, -1});
    Tensor tensor = new ImagePreprocessor(Preprocessing.UNIT, Shape.of(3, 1, 3)).tensor(row);
    assertThat(tensor.shape()).isEqualTo(Shape.of(1, 3, 1, 3));
    assertThat(tensor.toFloats()).containsExactly(1, 0, 0, 0, 0.8f, 0, 0.2f, 0, 1);
  }

  @Test
  void isGrayOrColouredAsTheNetworkReadsIt() {
    Image gray = Image.of(1, 2, 1, new byte[] {51, (byte) 204});
    assertThat(new ImagePreprocessor(Preprocessing.UNIT, Shape.of(3, 1, 2)).tensor(gray).toFloats())
        .containsExactly(0.2f, 0.8f, 0.2f, 0.8f, 0.2f, 0.8f);
    assertThat(
            new ImagePreprocessor(Preprocessing.UNIT, Shape.of(1, 1, 2))
                .tensor(gray.rgb())
                .toFloats())
        .containsExactly(0.2f, 0.8f);
  }

  /** torchvision 0.14 in floats; bytes between the steps stray by a rounding of each. */
  @Test
  void isScaledCutAndNormalisedAsTorchvisionDoes() {
    float[] values = new ImagePreprocessor(SMALL, Shape.of(3, 4, 3)).tensor(striped()).toFloats();
    assertThat(Arrays.copyOf(values, 12)).containsExactly(RED, within((float) (1 / 255.0 / 0.229)));
  }

  @Test
  void hasItsColoursTheOtherWayRoundForCaffe() {
    Preprocessing plain =
        new Preprocessing(5, Preprocessing.Order.RGB, 1, List.of(0.0), List.of(1.0));
    Shape sample = Shape.of(3, 4, 3);
    float[] rgb = new ImagePreprocessor(plain, sample).tensor(striped()).toFloats();
    float[] bgr =
        new ImagePreprocessor(Preprocessing.CAFFE.shorterSide(5), sample)
            .tensor(striped())
            .toFloats();
    assertThat(bgr[0]).isEqualTo(rgb[24] - 104);
    assertThat(bgr[12]).isEqualTo(rgb[12] - 117);
    assertThat(bgr[24]).isEqualTo(rgb[0] - 123);
  }

  @Test
  void mustSuitTheNetwork() {
    assertThatThrownBy(() -> new ImagePreprocessor(SMALL, Shape.of(3, 6, 3)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "images are resized to a shorter side of 5 pixels, but the model takes 6x3; run it on tensors instead");
    assertThatThrownBy(() -> new ImagePreprocessor(SMALL, Shape.of(2, 4, 4)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "images have 1 or 3 channels, but the model takes [2, 4, 4]; run it on tensors instead");
  }

  /** Seven rows of ten; green and blue are half and a quarter of red. */
  private static Image striped() {
    byte[] values = new byte[210];
    for (int i = 0; i < values.length; i++) {
      int y = i / 30;
      int x = i / 3 % 10;
      int red = (y * 37 + x * 53 + y * x % 7 * 11) % 256;
      values[i] = (byte) Math.rint(red / (double) (1 << i % 3));
    }
    return Image.of(7, 10, 3, values);
  }
}
