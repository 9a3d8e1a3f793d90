package dev.trifocal.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.trifocal.data.Batch;
import dev.trifocal.data.Dataset;
import dev.trifocal.data.Splits;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArraySourceTest {
  @TempDir Path folder;

  private ArrayFolder data;

  @BeforeEach
  void forty_samples_lie_in_the_folder() {
    data = new ArrayFolder(folder);
    data.write("x", ArrayFolder.floats(40, 0));
    data.write("y", ArrayFolder.labels(40));
  }

  @Test
  void a_tenth_each_is_drawn_for_validation_and_test() {
    Splits splits = data.open(1);

    assertThat(splits.validation().orElseThrow().size()).isEqualTo(4);
    assertThat(splits.test().orElseThrow().size()).isEqualTo(4);
    assertThat(
            Stream.of(
                    splits.train(), splits.validation().orElseThrow(), splits.test().orElseThrow())
                .flatMapToInt(part -> IntStream.of(samples(part)))
                .sorted())
        .containsExactlyElementsOf(IntStream.range(0, 40).boxed().toList());
  }

  @Test
  void the_seed_draws_the_parts() {
    assertThat(data.open(1).test().orElseThrow().digest())
        .isEqualTo(data.open(1).test().orElseThrow().digest())
        .isNotEqualTo(data.open(2).test().orElseThrow().digest());
  }

  @Test
  void samples_keep_their_labels() {
    Batch batch = all(data.open(1).train());

    for (int row = 0; row < 32; row++) {
      int sample = (int) batch.input().floats().get(row * 6) / 6;
      assertThat(batch.label().toLongs()[row]).isEqualTo(sample % 3);
      assertThat(batch.input().floats().get(row * 6 + 5)).isEqualTo(6 * sample + 5);
    }
  }

  @Test
  void validation_and_test_may_have_files_of_their_own() {
    data.write("x_val", ArrayFolder.floats(5, 1000));
    data.write("y_val", ArrayFolder.labels(5));
    data.write("x_test", ArrayFolder.floats(2, 2000));
    data.write("y_test", ArrayFolder.labels(2));

    Splits splits = data.open(1);

    assertThat(samples(splits.train())).containsExactly(IntStream.range(0, 40).toArray());
    assertThat(samples(splits.validation().orElseThrow()))
        .containsExactly(1000, 1001, 1002, 1003, 1004);
    assertThat(samples(splits.test().orElseThrow())).containsExactly(2000, 2001);
    assertThat(splits.validation().orElseThrow().name()).endsWith("/validation");
  }

  @Test
  void where_only_the_test_files_are_there_validation_is_drawn() {
    data.write("x_test", ArrayFolder.floats(2, 2000));
    data.write("y_test", ArrayFolder.labels(2));

    Splits splits = data.open(1);

    assertThat(splits.train().size()).isEqualTo(36);
    assertThat(splits.validation().orElseThrow().size()).isEqualTo(4);
    assertThat(samples(splits.test().orElseThrow())).containsExactly(2000, 2001);
  }

  @Test
  void bytes_are_served_between_zero_and_one() {
    data.write(
        "x",
        Tensor.make(
            ArrayFolder.SAMPLE.batch(40),
            DataType.UINT8,
            bytes -> IntStream.range(0, 240).forEach(i -> bytes.put((byte) i))));

    float[] pixels = all(data.open(1).train()).input().toFloats();

    for (float pixel : pixels) {
      assertThat(pixel).isBetween(0f, 1f);
    }
    assertThat(pixels[1] - pixels[0]).isCloseTo(1 / 255f, offset(1e-6f));
    assertThat(data.open(1).train().sampleShape()).isEqualTo(ArrayFolder.SAMPLE);
  }

  @Test
  void labels_may_have_any_width() {
    String digest = data.open(1).train().digest();
    data.write(
        "y",
        Tensor.make(
            Shape.of(40),
            DataType.UINT8,
            bytes -> IntStream.range(0, 40).forEach(i -> bytes.put((byte) (i % 3)))));
    assertThat(data.open(1).train().digest()).isEqualTo(digest);
    data.write(
        "y",
        Tensor.make(
            Shape.of(40),
            DataType.INT32,
            bytes -> IntStream.range(0, 40).forEach(i -> bytes.putInt(i % 3))));
    assertThat(data.open(1).train().digest()).isEqualTo(digest);
  }

  @Test
  void targets_are_no_classes() {
    data.write(
        "y", Tensor.floats(Shape.of(40, 2), f -> IntStream.range(0, 80).forEach(i -> f.put(i))));

    Dataset train = data.open(1).train();
    Batch batch = train.batch(new int[] {3});

    assertThat(train.classes()).isEmpty();
    assertThat(batch.label().shape()).isEqualTo(Shape.of(1, 2));
    assertThat(batch.label().toFloats()[0] / 2).isEqualTo(batch.input().toFloats()[0] / 6);
  }

  @Test
  void classes_count_to_the_largest_label_of_any_part() {
    data.write("x_test", ArrayFolder.floats(1, 0));
    data.write("y_test", Tensor.of(Shape.of(1), 4L));

    assertThat(data.open(1).train().classes()).containsExactly("0", "1", "2", "3", "4");
  }

  @Test
  void a_file_may_name_the_classes() throws IOException {
    Files.writeString(folder.resolve("classes.txt"), "ant\nbee\ncat\ndog\n");

    assertThat(data.open(1).train().classes()).containsExactly("ant", "bee", "cat", "dog");
  }

  private static int[] samples(Dataset dataset) {
    float[] pixels = all(dataset).input().toFloats();
    return IntStream.range(0, dataset.size()).map(row -> (int) pixels[row * 6] / 6).toArray();
  }

  private static Batch all(Dataset dataset) {
    return dataset.batch(IntStream.range(0, dataset.size()).toArray());
  }
}
