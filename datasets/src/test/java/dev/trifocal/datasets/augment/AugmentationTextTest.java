package dev.trifocal.datasets.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.ConfigurationException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AugmentationTextTest {
  @Test
  void words_stand_for_changes_with_or_without_an_amount() {
    assertThat(AugmentationText.parse("flip, rotate=20,crop,mixup=0.4"))
        .isEqualTo(
            new Augmentation(
                Optional.of(RandomResizedCrop.STANDARD),
                List.of(Flip.HALF, new Rotation(20)),
                Optional.of(new Mixup(0.4))));
    assertThat(AugmentationText.parse("jitter=0.1/0.2/0.3/0.05"))
        .isEqualTo(Augmentation.of(new ColorJitter(0.1, 0.2, 0.3, 0.05)));
    assertThat(AugmentationText.parse("none")).isEqualTo(Augmentation.NONE);
  }

  @Test
  void changes_keep_their_order_but_for_crop_and_mixup() {
    assertThat(AugmentationText.parse("cutout=0.5,crop=0.3,jitter=0/0/0.4/0.1,mixup=0.4,flip"))
        .isEqualTo(
            new Augmentation(
                Optional.of(RandomResizedCrop.atLeast(0.3)),
                List.of(new Cutout(0.5), new ColorJitter(0, 0, 0.4, 0.1), Flip.HALF),
                Optional.of(new Mixup(0.4))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "flop | 'flop' is not an augmentation (did you mean flip?); expected a comma-separated list"
            + " of crop, flip, rotate,",
        "flip, | '' is not an augmentation; expected a comma-separated list of",
        "flip=often | 'flip=often' must have a number after =",
        "flip=2 | flip must be within [0, 1], but is 2.0",
        "crop=0 | crop must be above 0 and at most 1, but is 0.0",
        "rotate=-3 | rotate must be within [0, 180], but is -3.0",
        "rotate=NaN | rotate must be within [0, 180], but is NaN",
        "jitter=0.1/0.2 | 'jitter=0.1/0.2' must have one number, or four",
        "jitter=0/0/0/0.6 | hue of jitter must be within [0, 0.5], but is 0.6",
        "flip,flip=0.2 | flip is specified twice",
        "crop,crop | crop is specified twice",
        "mixup=0 | mixup must be above 0, but is 0.0"
      })
  void what_is_wrong_is_said(String text, String message) {
    assertThatThrownBy(() -> AugmentationText.parse(text))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(message);
  }
}
