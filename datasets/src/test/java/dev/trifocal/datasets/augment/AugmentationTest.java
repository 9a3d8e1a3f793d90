package dev.trifocal.datasets.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trifocal.image.CropBox;
import dev.trifocal.image.Image;
import dev.trifocal.image.ImagePreprocessor;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.random.RandomStream;
import dev.trifocal.shape.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AugmentationTest {
  private static final ImagePreprocessor PREPARATION =
      new ImagePreprocessor(Preprocessing.UNIT, Shape.of(3, 9, 14));
  private static final RandomStream STREAM = RandomStream.of(3);
  private static final int DRAWS = 4000;

  @ParameterizedTest
  @ValueSource(
      strings = {"crop", "flip", "rotate", "translate", "jitter=0.4/0.4/0.4/0.1", "cutout"})
  void a_change_is_a_pure_function_that_keeps_the_size_and_does_change_something(String text) {
    Augmentation augmentation = AugmentationText.parse(text);
    Image image = TorchvisionTest.image();

    long different =
        IntStream.range(0, 20)
            .filter(
                i -> {
                  Image once = augmentation.apply(image, PREPARATION, STREAM.at(i));
                  Image again = augmentation.apply(image, PREPARATION, STREAM.at(i));
                  assertThat(again.toBytes()).isEqualTo(once.toBytes());
                  assertThat(once.height()).isEqualTo(9);
                  assertThat(once.width()).isEqualTo(14);
                  return !Arrays.equals(once.toBytes(), image.toBytes());
                })
            .count();

    assertThat(different).isBetween(5L, 20L);
  }

  @Test
  void gray_pictures_can_be_changed_too() {
    Image gray = TorchvisionTest.image().gray();
    ImagePreprocessor preprocessor = new ImagePreprocessor(Preprocessing.UNIT, Shape.of(1, 9, 14));
    Augmentation all = AugmentationText.parse("crop,flip,rotate,translate,jitter,cutout");

    assertThat(all.apply(gray, preprocessor, STREAM).channels()).isEqualTo(1);
  }

  @Test
  void one_change_more_leaves_the_draws_of_the_others_as_they_were() {
    Image image = TorchvisionTest.image();
    RandomStream flipped =
        IntStream.range(0, 20)
            .mapToObj(STREAM::at)
            .filter(s -> s.at(Flip.NAME).uniform(0, 0, 1) < 0.5)
            .findFirst()
            .orElseThrow();
    Image turned = AugmentationText.parse("rotate").apply(image, PREPARATION, flipped);

    assertThat(AugmentationText.parse("rotate,flip").apply(image, PREPARATION, flipped).toBytes())
        .isEqualTo(turned.flip().toBytes());
  }

  @Test
  void parts_are_within_the_picture_and_of_the_sizes_and_proportions_that_are_asked_for() {
    double area = 0;
    for (int i = 0; i < DRAWS; i++) {
      CropBox box = RandomResizedCrop.STANDARD.box(300, 400, STREAM.at(i));
      double ratio = (double) box.width() / box.height();
      double share = (double) box.width() * box.height() / (300 * 400);
      assertThat(ratio).isBetween(0.74, 1.35);
      assertThat(share).isBetween(0.078, 1.0);
      assertThat(box.top() + box.height()).isLessThanOrEqualTo(300);
      assertThat(box.left() + box.width()).isLessThanOrEqualTo(400);
      area += share / DRAWS;
    }
    // The mean of 20,000 draws of torchvision's get_params.
    assertThat(area).isCloseTo(0.432, within(0.01));
  }

  @Test
  void a_picture_that_no_part_fits_gives_the_largest_of_the_allowed_proportions() {
    assertThat(RandomResizedCrop.atLeast(1).box(10, 200, STREAM))
        .isEqualTo(new CropBox(0, 93, 10, 13));
    assertThat(RandomResizedCrop.atLeast(1).box(200, 10, STREAM))
        .isEqualTo(new CropBox(93, 0, 13, 10));
    assertThat(RandomResizedCrop.STANDARD.middle(20, 20)).isEqualTo(new CropBox(0, 0, 20, 20));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.2, 1, 3})
  void shares_of_mixup_follow_a_beta_distribution(double alpha) {
    double[] shares =
        IntStream.range(0, DRAWS)
            .mapToDouble(i -> new Mixup(alpha).pair(10, STREAM.at(i)).share())
            .toArray();
    double mean = IntStream.range(0, DRAWS).mapToDouble(i -> shares[i]).average().orElseThrow();
    double variance =
        IntStream.range(0, DRAWS)
            .mapToDouble(i -> (shares[i] - mean) * (shares[i] - mean))
            .average()
            .orElseThrow();

    assertThat(mean).isCloseTo(0.5, within(0.03));
    assertThat(variance).isCloseTo(1 / (4 * (2 * alpha + 1)), within(0.01));
    assertThat(Arrays.stream(shares)).allMatch(share -> share >= 0 && share <= 1);
  }

  @Test
  void cutout_paints_a_square_of_its_size_unless_it_is_partly_outside() {
    Image white = Image.of(20, 30, 1, white(600));
    int largest = 0;
    for (int i = 0; i < 100; i++) {
      int gray = 0;
      for (byte value : new Cutout(0.5).apply(white, STREAM.at(i)).toBytes()) {
        gray += value == (byte) 128 ? 1 : 0;
      }
      largest = Math.max(largest, gray);
      assertThat(gray).isBetween(1, 100);
    }
    assertThat(largest).isEqualTo(100);
  }

  private static byte[] white(int size) {
    byte[] values = new byte[size];
    Arrays.fill(values, (byte) 255);
    return values;
  }
}
