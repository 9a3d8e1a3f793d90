package dev.trifocal.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.image.Preprocessing;
import dev.trifocal.shape.Shape;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImageSettingsTest {
  private static final Shape SAMPLE = Shape.of(3, 160, 200);

  @Test
  void what_a_model_has_settled_is_written_down_and_read_again() {
    ImageSettings settled = ImageSettings.USUAL.settled(SAMPLE, Preprocessing.CAFFE);

    Settings settings = read(Map.of()).images(settled);
    Settings again = read(SettingsText.values(settings));

    assertThat(again.images()).isEqualTo(settled);
    assertThat(again.images().isSettled()).isTrue();
    assertThat(again.images().preprocessing(SAMPLE)).isEqualTo(Preprocessing.CAFFE);
    assertThat(again.images().sample(Shape.of(1, 2, 3))).isEqualTo(SAMPLE);
  }

  @Test
  void data_that_is_no_pictures_leaves_values_from_0_to_1() {
    assertThat(ImageSettings.USUAL.isSettled()).isFalse();
    assertThat(ImageSettings.USUAL.preprocessing(SAMPLE)).isEqualTo(Preprocessing.UNIT);
    assertThat(ImageSettings.USUAL.sample(SAMPLE)).isEqualTo(SAMPLE);
  }

  @Test
  void only_what_is_said_of_the_preparation_becomes_a_flag() {
    assertThat(SettingsText.values(PreprocessingSettings.NONE)).isEmpty();
    assertThat(SettingsText.values(read(Map.of("mean", "1,2,3")).images().preprocessing()))
        .isEqualTo(Map.of("mean", "1.0,2.0,3.0"));
  }

  private static Settings read(Map<String, String> flags) {
    return new SettingsSources(Optional.empty(), Map.of(), flags).read();
  }
}
