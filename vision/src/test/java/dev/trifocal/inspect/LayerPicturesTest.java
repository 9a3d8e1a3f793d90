package dev.trifocal.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.DataException;
import dev.trifocal.image.Image;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import org.junit.jupiter.api.Test;

class LayerPicturesTest {
  /** The white around the pictures of a contact sheet. */
  private static final int GAP = 4;

  @Test
  void feature_maps_share_one_scale_and_keep_their_pixels() {
    float[] values = new float[2 * 5 * 2 * 3];
    int second = values.length / 2;
    values[second] = -1;
    values[second + 1] = 3;
    values[second + 2] = Float.NaN;
    // The first sample does not count.
    values[0] = 100;
    Image sheet = LayerPictures.featureMaps(Tensor.of(Shape.of(2, 5, 2, 3), values), 1);

    // Three columns and two rows of squares of 96 pixels, with maps of 64 x 96 in the middle.
    assertThat(sheet.width()).isEqualTo(GAP + 3 * (96 + GAP));
    assertThat(sheet.height()).isEqualTo(GAP + 2 * (96 + GAP));
    int top = GAP + 16;
    assertThat(sheet.at(top, GAP, 0)).as("least").isZero();
    assertThat(sheet.at(top + 31, GAP + 31, 0)).as("the whole pixel").isZero();
    assertThat(sheet.at(top, GAP + 32, 0)).as("largest").isEqualTo(255);
    assertThat(sheet.at(top, GAP + 64, 0)).as("NaN").isZero();
    assertThat(sheet.at(top + 32, GAP, 0)).as("0 between -1 and 3").isEqualTo(64);
    assertThat(sheet.at(top, GAP + 96 + GAP, 0)).as("another channel").isEqualTo(64);
    assertThat(sheet.at(GAP, GAP, 0)).as("beside a map").isEqualTo(255);
  }

  @Test
  void kernels_are_gray_where_they_are_zero() {
    float[] values = new float[2 * 3 * 1 * 2];
    values[0] = 0.5f;
    values[2] = -0.25f;
    Image sheet = LayerPictures.kernels(Tensor.of(Shape.of(2, 3, 1, 2), values));

    int top = GAP + 24;
    assertThat(sheet.at(top, GAP, 0)).as("red").isEqualTo(255);
    assertThat(sheet.at(top, GAP, 1)).as("green").isEqualTo(64);
    assertThat(sheet.at(top, GAP, 2)).as("blue").isEqualTo(128);
    assertThat(sheet.at(top, GAP + 48, 0)).as("second column").isEqualTo(128);
    assertThat(sheet.at(top, GAP + 96 + GAP, 0)).as("second kernel").isEqualTo(128);
  }

  @Test
  void kernels_of_zeros_are_gray() {
    Image sheet = LayerPictures.kernels(Tensor.floats(Shape.of(1, 1, 3, 3), buffer -> {}));
    assertThat(sheet.at(GAP, GAP, 0)).isEqualTo(128);
  }

  @Test
  void large_maps_are_reduced() {
    Image sheet = LayerPictures.featureMaps(Tensor.floats(Shape.of(1, 2, 300, 600), b -> {}), 0);
    assertThat(sheet.width()).isEqualTo(GAP + 2 * (256 + GAP));
    assertThat(sheet.height()).isEqualTo(GAP + 256 + GAP);
  }

  @Test
  void constant_values_are_black() {
    Image sheet = LayerPictures.featureMaps(Tensor.floats(Shape.of(1, 1, 2, 2), b -> {}), 0);
    assertThat(sheet.at(GAP, GAP, 0)).isZero();
  }

  @Test
  void other_shapes_are_refused() {
    Tensor vector = Tensor.floats(Shape.of(1, 10), buffer -> {});
    assertThatThrownBy(() -> LayerPictures.featureMaps(vector, 0))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("[N, C, H, W]");
    Tensor one = Tensor.floats(Shape.of(1, 2, 3, 3), buffer -> {});
    assertThatThrownBy(() -> LayerPictures.featureMaps(one, 1))
        .isInstanceOf(DataException.class)
        .hasMessage("the value has the shape [1, 2, 3, 3], which has no sample 1");
    Tensor deep = Tensor.floats(Shape.of(4, 2, 3, 3), buffer -> {});
    assertThat(LayerPictures.areDrawable(deep.shape())).isFalse();
    assertThatThrownBy(() -> LayerPictures.kernels(deep))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("[O, 3, kH, kW]");
  }
}
