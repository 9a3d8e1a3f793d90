package dev.trifocal.datasets.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.DataException;
import dev.trifocal.image.Image;
import dev.trifocal.image.ImagePreprocessor;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.random.RandomStream;
import dev.trifocal.shape.Shape;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class CustomChangeTest {
  private static final ImagePreprocessor PREPARATION =
      new ImagePreprocessor(Preprocessing.UNIT, Shape.of(3, 9, 14));

  /** As a user would write it: values from a limit on are turned around. */
  record Solarize(int lowest) implements RandomTransform {
    @Override
    public String name() {
      return "solarize";
    }

    @Override
    public Image apply(Image image, RandomStream stream) {
      int limit = lowest + stream.below(0, 256 - lowest);
      byte[] values = image.toBytes();
      for (int i = 0; i < values.length; i++) {
        values[i] = (byte) ((values[i] & 0xFF) >= limit ? ~values[i] : values[i]);
      }
      return Image.of(image.height(), image.width(), image.channels(), values);
    }
  }

  /** Whatever a test needs. */
  record Any(String name, UnaryOperator<Image> change) implements RandomTransform {
    @Override
    public Image apply(Image image, RandomStream stream) {
      return change.apply(image);
    }
  }

  private static Image apply(RandomTransform... changes) {
    return Augmentation.of(changes)
        .apply(TorchvisionTest.image(), PREPARATION, RandomStream.of(3).at(1));
  }

  @Test
  void it_draws_from_a_stream_of_its_own() {
    byte[] own = new Solarize(100).apply(TorchvisionTest.image(), stream()).toBytes();
    assertThat(apply(new Solarize(100)).toBytes())
        .isEqualTo(own)
        .isNotEqualTo(TorchvisionTest.image().toBytes());
    assertThat(apply(new Any("same", image -> image), new Solarize(100)).toBytes()).isEqualTo(own);
  }

  private static RandomStream stream() {
    return RandomStream.of(3).at(1).at("solarize");
  }

  @Test
  void the_words_for_provenance_name_it_with_its_amounts() {
    assertThat(Augmentation.of(new Flip(0.5), new Solarize(100)).words())
        .isEqualTo("Flip[probability=0.5], Solarize[lowest=100]");
    assertThat(Augmentation.NONE.words()).isEqualTo("none");
  }

  @Test
  void a_name_that_is_taken_is_refused() {
    for (String name : new String[] {"flip", "crop", "mixup", " "}) {
      assertThatThrownBy(() -> Augmentation.of(new Any(name, image -> image)))
          .isInstanceOf(ConfigurationException.class)
          .hasMessage(
              "%s is named '%s', but the names crop, flip, rotate, translate, scale, elastic, jitter, cutout, mixup"
                  + " are reserved; choose another name",
              Any.class.getName(), name);
    }
    assertThatThrownBy(() -> Augmentation.of(new Solarize(1), new Solarize(2)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("solarize is specified twice");
  }

  @Test
  void one_that_throws_or_changes_the_size_is_named() {
    assertThatThrownBy(
            () ->
                apply(
                    new Any(
                        "broken",
                        image -> {
                          throw new IllegalStateException("no lens");
                        })))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "augmentation 'broken' (%s) failed: java.lang.IllegalStateException: no lens",
            Any.class.getName());
    assertThatThrownBy(() -> apply(new Any("small", image -> image.resize(4, 5))))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "augmentation 'small' (%s) returned an image of [3, 4, 5] for one of [3, 9, 14]; it"
                + " must keep channels, height and width",
            Any.class.getName());
  }
}
