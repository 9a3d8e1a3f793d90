package dev.trifocal.datasets.segmentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.datasets.augment.Augmentation;
import dev.trifocal.datasets.augment.AugmentationText;
import dev.trifocal.image.Image;
import dev.trifocal.image.ImagePreprocessor;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.random.RandomStream;
import dev.trifocal.shape.Shape;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mask stays with its image, whatever moves it. */
class SegmentationAugmentationTest {
  private static final int SIZE = 48;
  private static final int LIGHT = 200;
  private static final int DARK = 60;
  private static final ImagePreprocessor PREPROCESSOR =
      new ImagePreprocessor(Preprocessing.UNIT, Shape.of(1, SIZE, SIZE));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "flip=1",
        "crop=0.3",
        "rotate=45",
        "translate=0.3",
        "scale=0.5",
        "elastic=0.1",
        "cutout=0.5",
        "crop=0.5,flip,rotate=20,scale=0.3,elastic=0.05,cutout=0.2"
      })
  void mask_and_image_move_alike(String text) {
    Augmentation augmentation = AugmentationText.parse(text);
    boolean moved = false;
    for (int sample = 0; sample < 20; sample++) {
      RandomStream stream = Augmentation.stream(42, 1).at(sample);
      Image image = augmentation.apply(picture(LIGHT, DARK), PREPROCESSOR, stream);
      Image mask = augmentation.applyToMask(picture(1, 0), MaskSource.VOID, PREPROCESSOR, stream);
      moved |= !Arrays.equals(mask.toBytes(), picture(1, 0).toBytes());
      int wrong = 0;
      for (int pixel = 0; pixel < SIZE * SIZE; pixel++) {
        int level = image.at(pixel / SIZE, pixel % SIZE, 0);
        int id = mask.at(pixel / SIZE, pixel % SIZE, 0);
        // Interpolated pixels at the border of a shape may be nearer to the other class.
        boolean right = id == 1 ? level > DARK + 20 : id == 0 ? level < LIGHT - 20 : true;
        wrong += right ? 0 : 1;
      }
      assertThat(wrong).as("sample %d", sample).isLessThan(10);
    }
    assertThat(moved).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rotate=45", "translate=0.3", "cutout=0.5"})
  void what_shows_nothing_of_the_image_is_void(String text) {
    Augmentation augmentation = AugmentationText.parse(text);
    Image white = uniform(LIGHT);
    Image ones = uniform(1);
    for (int sample = 0; sample < 10; sample++) {
      RandomStream stream = Augmentation.stream(7, 1).at(sample);
      Image image = augmentation.apply(white, PREPROCESSOR, stream);
      Image mask = augmentation.applyToMask(ones, MaskSource.VOID, PREPROCESSOR, stream);
      for (int pixel = 0; pixel < SIZE * SIZE; pixel++) {
        boolean covered = image.at(pixel / SIZE, pixel % SIZE, 0) != LIGHT;
        assertThat(mask.at(pixel / SIZE, pixel % SIZE, 0)).isEqualTo(covered ? MaskSource.VOID : 1);
      }
    }
  }

  /** A triangle off the middle, unlike itself when flipped or turned. */
  private static Image picture(int inside, int outside) {
    byte[] values = new byte[SIZE * SIZE];
    for (int pixel = 0; pixel < values.length; pixel++) {
      int y = pixel / SIZE;
      int x = pixel % SIZE;
      values[pixel] = (byte) (x > 8 && y > 5 && x + 2 * y < 70 ? inside : outside);
    }
    return Image.of(SIZE, SIZE, 1, values);
  }

  private static Image uniform(int level) {
    byte[] values = new byte[SIZE * SIZE];
    Arrays.fill(values, (byte) level);
    return Image.of(SIZE, SIZE, 1, values);
  }
}
