package dev.trifocal.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassFrequenciesTest {
  @Test
  void pixels_of_no_class_do_not_count() {
    ClassFrequencies.Counter counter = new ClassFrequencies.Counter(3);
    counter.add(0, 0, 0, 1, 255, 255);
    counter.add(0, 2, 2, 2);
    assertThat(counter.frequencies())
        .isEqualTo(new ClassFrequencies(List.of(4L, 1L, 3L), List.of(8L, 4L, 4L)));
  }

  @Test
  void samples_of_a_classifier_count_once() {
    Dataset data =
        Dataset.of(
                Tensor.of(Shape.of(4, 1), 0f, 0f, 0f, 0f), Tensor.of(Shape.of(4), 1L, 0L, 1L, 1L))
            .classes(List.of("no", "yes"));
    assertThat(data.classFrequencies().labels()).containsExactly(1L, 3L);
  }

  @Test
  void every_pixel_counts_in_segmentation() {
    Dataset data = new PixelClasses("pixels", 2, List.of("sky", "road"));
    ClassFrequencies found = data.classFrequencies();
    long[] labels = data.batch(new int[] {0, 1}).label().toLongs();
    assertThat(data.size()).isEqualTo(2);
    for (int id = 0; id < 2; id++) {
      long expected = 0;
      for (long label : labels) {
        expected += label == id ? 1 : 0;
      }
      assertThat(found.labels().get(id)).isEqualTo(expected);
    }
  }
}
