package dev.trifocal.datasets.shapes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.data.Batch;
import dev.trifocal.error.DataException;
import dev.trifocal.shape.Shape;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShapesDatasetTest {
  private static final int AREA = 64 * 64;

  @Test
  void the_same_seed_draws_the_same_scenes_on_every_platform() {
    assertThat(new ShapesDataset("train", 42, 40).digest())
        .isEqualTo("sha256:3b6621dcb71aa1a7195afe1397b44aae94fd5ec6f0a7c7292bf4a1f2733268ec");
  }

  @Test
  void seeds_and_parts_draw_different_scenes() {
    assertThat(
            IntStream.of(1, 2)
                .boxed()
                .flatMap(
                    seed ->
                        Stream.of("train", "test")
                            .map(part -> new ShapesDataset(part, seed, 4).digest())))
        .doesNotHaveDuplicates()
        .hasSize(4);
  }

  @Test
  void more_samples_leave_the_first_as_they_are() {
    int[] first = IntStream.range(0, 10).toArray();
    assertThat(new ShapesDataset("train", 3, 30).batch(first))
        .isEqualTo(new ShapesDataset("train", 3, 10).batch(first));
  }

  @Test
  void each_pixel_has_a_class_or_is_void() {
    ShapesDataset shapes = new ShapesDataset("train", 1, 200);
    assertThat(shapes.isSegmentation()).isTrue();
    assertThat(shapes.ignoreIndex()).hasValue(255);
    assertThat(shapes.classes())
        .containsExactly("background", "circle", "ring", "square", "triangle", "cross", "star");
    Batch all = all(shapes);
    assertThat(all.input().shape()).isEqualTo(Shape.of(200, 3, 64, 64));
    assertThat(all.label().shape()).isEqualTo(Shape.of(200, 64, 64));
    long[] counts = new long[256];
    for (long label : all.label().toLongs()) {
      counts[(int) label]++;
    }
    double pixels = 200.0 * AREA;
    assertThat(counts[0] / pixels).as("ground").isBetween(0.6, 0.8);
    for (int id = 1; id < 7; id++) {
      assertThat(counts[id] / pixels).as(shapes.classes().get(id)).isBetween(0.01, 0.08);
    }
    assertThat(counts[255] / pixels).as("void").isBetween(0.05, 0.12);
    assertThat(IntStream.range(7, 255).mapToLong(id -> counts[id]).sum()).isZero();
  }

  @Test
  void shapes_touch_the_ground_and_one_another_only_at_void_pixels() {
    long[] labels = all(new ShapesDataset("train", 5, 50)).label().toLongs();
    for (int i = 0; i < labels.length; i++) {
      boolean right = i % 64 < 63;
      boolean down = i % AREA < AREA - 64;
      for (int other : new int[] {right ? i + 1 : i, down ? i + 64 : i}) {
        boolean same = labels[i] == labels[other];
        assertThat(same || labels[i] == 255 || labels[other] == 255).as("pixel %d", i).isTrue();
      }
    }
  }

  @Test
  void impossible_sizes_and_indices_are_refused() {
    assertThatThrownBy(() -> new ShapesDataset("train", 1, 0))
        .isInstanceOf(DataException.class)
        .hasMessage("shapes/train cannot have 0 samples; choose 1 to 174,762");
    assertThatThrownBy(() -> new ShapesDataset("train", 1, 2).batch(new int[] {2}))
        .isInstanceOf(DataException.class)
        .hasMessage("shapes/train has no sample 2; it has 2 samples");
  }

  private static Batch all(ShapesDataset shapes) {
    return shapes.batch(IntStream.range(0, shapes.size()).toArray());
  }
}
