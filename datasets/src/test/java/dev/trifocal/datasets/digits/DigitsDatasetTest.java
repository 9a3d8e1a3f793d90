package dev.trifocal.datasets.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.data.Batch;
import dev.trifocal.error.DataException;
import dev.trifocal.shape.Shape;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DigitsDatasetTest {
  @Test
  void the_same_seed_draws_the_same_digits_on_every_platform() {
    assertThat(new DigitsDataset("train", 42, 500).digest())
        .isEqualTo("sha256:9ff66b4301977ca94ea0ebc4281778e927e7ed365ae8c52df7903aef135e65ab");
  }

  @Test
  void seeds_and_parts_draw_different_digits() {
    assertThat(
            IntStream.of(1, 2)
                .boxed()
                .flatMap(
                    seed ->
                        Stream.of("train", "test")
                            .map(part -> new DigitsDataset(part, seed, 20).digest())))
        .doesNotHaveDuplicates()
        .hasSize(4);
  }

  @Test
  void more_samples_leave_the_first_as_they_are() {
    int[] first = IntStream.range(0, 50).toArray();

    assertThat(new DigitsDataset("train", 3, 300).batch(first))
        .isEqualTo(new DigitsDataset("train", 3, 50).batch(first));
  }

  @Test
  void all_classes_are_about_equally_frequent() {
    long[] counts = new long[10];
    for (long label : all(new DigitsDataset("train", 1, 2000)).label().toLongs()) {
      counts[(int) label]++;
    }

    for (long count : counts) {
      assertThat(count).isBetween(150L, 250L);
    }
  }

  @Test
  void every_picture_has_light_paper_and_some_ink() {
    DigitsDataset digits = new DigitsDataset("train", 7, 1000);
    assertThat(digits.sampleShape()).isEqualTo(Shape.of(1, 28, 28));
    float[] pixels = all(digits).input().toFloats();

    for (int sample = 0; sample < 1000; sample++) {
      int ink = 0;
      for (int i = 0; i < 784; i++) {
        float pixel = pixels[sample * 784 + i];
        assertThat(pixel).isBetween(0f, 1f);
        ink += pixel > 0.5 ? 1 : 0;
      }
      assertThat(ink).as("dark pixels of sample %d", sample).isBetween(8, 350);
    }
  }

  @Test
  void impossible_sizes_are_refused() {
    assertThatThrownBy(() -> new DigitsDataset("train", 1, 0))
        .isInstanceOf(DataException.class)
        .hasMessage("digits/train cannot have 0 samples; choose 1 to 2,739,137");
    assertThatThrownBy(() -> new DigitsDataset("train", 1, 3_000_000))
        .isInstanceOf(DataException.class);
  }

  private static Batch all(DigitsDataset digits) {
    return digits.batch(IntStream.range(0, digits.size()).toArray());
  }
}
