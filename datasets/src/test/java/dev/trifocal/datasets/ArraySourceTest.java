package dev.trifocal.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.trifocal.data.Batch;
import dev.trifocal.data.Dataset;
import dev.trifocal.data.Splits;
import dev.trifocal.datasets.npy.Npy;
import dev.trifocal.error.DataException;
import dev.trifocal.error.FileException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sample n has the pixels 6 n to 6 n + 5 and the label n mod 3. */
class ArraySourceTest {
  private static final Shape SAMPLE = Shape.of(1, 2, 3);

  @TempDir Path folder;

  @BeforeEach
  void forty_samples_lie_in_the_folder() {
    write("x", floats(40, 0));
    write("y", labels(40));
  }

  @Test
  void a_tenth_each_is_drawn_for_validation_and_test() {
    Splits splits = open(1);

    assertThat(splits.validation().size()).isEqualTo(4);
    assertThat(splits.test().size()).isEqualTo(4);
    assertThat(
            Stream.of(splits.train(), splits.validation(), splits.test())
                .flatMapToInt(part -> IntStream.of(samples(part)))
                .sorted())
        .containsExactlyElementsOf(IntStream.range(0, 40).boxed().toList());
  }

  @Test
  void the_seed_draws_the_parts() {
    assertThat(open(1).test().digest())
        .isEqualTo(open(1).test().digest())
        .isNotEqualTo(open(2).test().digest());
  }

  @Test
  void samples_keep_their_labels() {
    Batch batch = all(open(1).train());

    for (int row = 0; row < 32; row++) {
      int sample = (int) batch.inputs().floats().get(row * 6) / 6;
      assertThat(batch.labels().toLongs()[row]).isEqualTo(sample % 3);
      assertThat(batch.inputs().floats().get(row * 6 + 5)).isEqualTo(6 * sample + 5);
    }
  }

  @Test
  void validation_and_test_may_have_files_of_their_own() {
    write("x_val", floats(5, 1000));
    write("y_val", labels(5));
    write("x_test", floats(2, 2000));
    write("y_test", labels(2));

    Splits splits = open(1);

    assertThat(samples(splits.train())).containsExactly(IntStream.range(0, 40).toArray());
    assertThat(samples(splits.validation())).containsExactly(1000, 1001, 1002, 1003, 1004);
    assertThat(samples(splits.test())).containsExactly(2000, 2001);
    assertThat(splits.validation().name()).endsWith("/validation");
  }

  @Test
  void where_only_the_test_files_are_there_validation_is_drawn() {
    write("x_test", floats(2, 2000));
    write("y_test", labels(2));

    Splits splits = open(1);

    assertThat(splits.train().size()).isEqualTo(36);
    assertThat(splits.validation().size()).isEqualTo(4);
    assertThat(samples(splits.test())).containsExactly(2000, 2001);
  }

  @Test
  void bytes_are_served_between_zero_and_one() {
    write(
        "x",
        Tensor.make(
            SAMPLE.batch(40),
            DataType.UINT8,
            bytes -> IntStream.range(0, 240).forEach(i -> bytes.put((byte) i))));

    float[] pixels = all(open(1).train()).inputs().toFloats();

    for (float pixel : pixels) {
      assertThat(pixel).isBetween(0f, 1f);
    }
    assertThat(pixels[1] - pixels[0]).isCloseTo(1 / 255f, offset(1e-6f));
    assertThat(open(1).train().sampleShape()).isEqualTo(SAMPLE);
  }

  @Test
  void labels_may_have_any_width() {
    String digest = open(1).train().digest();
    write(
        "y",
        Tensor.make(
            Shape.of(40),
            DataType.UINT8,
            bytes -> IntStream.range(0, 40).forEach(i -> bytes.put((byte) (i % 3)))));
    assertThat(open(1).train().digest()).isEqualTo(digest);
    write(
        "y",
        Tensor.make(
            Shape.of(40),
            DataType.INT32,
            bytes -> IntStream.range(0, 40).forEach(i -> bytes.putInt(i % 3))));
    assertThat(open(1).train().digest()).isEqualTo(digest);
  }

  @Test
  void targets_are_no_classes() {
    write("y", Tensor.floats(Shape.of(40, 2), f -> IntStream.range(0, 80).forEach(i -> f.put(i))));

    Dataset train = open(1).train();
    Batch batch = train.batch(new int[] {3});

    assertThat(train.classes()).isEmpty();
    assertThat(batch.labels().shape()).isEqualTo(Shape.of(1, 2));
    assertThat(batch.labels().toFloats()[0] / 2).isEqualTo(batch.inputs().toFloats()[0] / 6);
  }

  @Test
  void classes_count_to_the_largest_label_of_any_part() {
    write("x_test", floats(1, 0));
    write("y_test", Tensor.of(Shape.of(1), 4L));

    assertThat(open(1).train().classes()).containsExactly("0", "1", "2", "3", "4");
  }

  @Test
  void a_file_may_name_the_classes() throws IOException {
    Files.writeString(folder.resolve("classes.txt"), "ant\nbee\ncat\ndog\n");

    assertThat(open(1).train().classes()).containsExactly("ant", "bee", "cat", "dog");
  }

  @Test
  void a_label_without_a_name_is_told() throws IOException {
    Files.writeString(folder.resolve("classes.txt"), "ant\nbee\n");

    refuses(path("y") + ": label 2 of sample 2 is not a class; classes are 0..1");
  }

  @Test
  void a_bad_list_of_classes_is_told_with_its_line() throws IOException {
    Files.writeString(folder.resolve("classes.txt"), "ant\nbee\nant\n");

    assertThatThrownBy(() -> open(1))
        .isInstanceOf(FileException.class)
        .hasMessage(
            folder.resolve("classes.txt")
                + ": line 3 repeats ant; every line is the name of one class");
  }

  @Test
  void a_negative_label_is_told() {
    long[] labels = LongStream.range(0, 40).map(i -> i == 17 ? -1 : 0).toArray();
    write("y", Tensor.of(Shape.of(40), labels));

    refuses(path("y") + ": label -1 of sample 17 is not a class; classes count from 0");
  }

  @Test
  void an_absurd_label_is_told_before_it_costs_memory() {
    long[] labels = new long[40];
    labels[39] = Long.MAX_VALUE;
    write("y", Tensor.of(Shape.of(40), labels));

    refuses(
        path("y")
            + ": label 9223372036854775807 of sample 39 is not a class; classes count from 0");
  }

  @Test
  void other_counts_of_samples_and_labels_are_told() {
    write("y", labels(39));

    refuses(path("x") + " has 40 samples, but " + path("y") + " has 39 labels");
  }

  @Test
  void pictures_with_channels_last_are_told_with_the_cure() {
    write("x", Tensor.floats(Shape.of(40, 8, 8, 3), f -> {}));

    refuses(
        path("x")
            + ": samples must be [N, C, H, W], but [40, 8, 8, 3] looks like [N, H, W, C]"
            + " (numpy: x.transpose(0, 3, 1, 2))");
  }

  @Test
  void pictures_without_channels_are_told() {
    write("x", Tensor.floats(Shape.of(40, 2, 3), f -> {}));

    refuses(
        path("x") + ": samples must be [N, C, H, W], but are [40, 2, 3] (numpy: x.reshape(...))");
  }

  @Test
  void pictures_of_doubles_are_told_with_the_cure() {
    write("x", Tensor.make(SAMPLE.batch(40), DataType.FLOAT64, bytes -> {}));

    refuses(
        path("x")
            + ": samples must be float32 or uint8, but are FLOAT64"
            + " (numpy: x.astype(numpy.float32))");
  }

  @Test
  void class_ids_with_two_axes_are_told() {
    write("y", Tensor.of(Shape.of(40, 1), new long[40]));

    refuses(path("y") + ": class ids must be [N], but are [40, 1] (numpy: y.reshape(-1))");
  }

  @Test
  void a_pixel_that_is_no_number_is_told_with_its_sample() {
    float[] pixels = new float[240];
    pixels[6 * 21 + 4] = Float.NaN;
    write("x", Tensor.of(SAMPLE.batch(40), pixels));

    refuses(path("x") + ": sample 21 holds NaN");
  }

  @Test
  void parts_of_other_shapes_are_told() {
    write("x_val", Tensor.floats(Shape.of(2, 1, 3, 2), f -> {}));
    write("y_val", labels(2));

    refuses(path("x_val") + " has samples of shape [1, 3, 2], but " + path("x") + " of [1, 2, 3]");
  }

  @Test
  void a_part_without_labels_is_told() {
    write("x_val", floats(2, 0));

    assertThatThrownBy(() -> open(1))
        .isInstanceOf(FileException.class)
        .hasMessage(
            path("x_val") + " is there, but " + path("y_val") + " is not; they go together");
  }

  @Test
  void a_folder_without_labels_is_told() throws IOException {
    Files.delete(path("y"));

    assertThatThrownBy(() -> open(1))
        .isInstanceOf(FileException.class)
        .hasMessage(folder + ": lacks y.npy; a folder of arrays needs x.npy and y.npy");
  }

  @Test
  void too_few_samples_to_split_are_told() {
    write("x", floats(2, 0));
    write("y", labels(2));

    assertThatThrownBy(() -> open(1))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith("has only 2 samples, too few to set aside 2 for validation and test");
  }

  private void refuses(String message) {
    assertThatThrownBy(() -> open(1)).isInstanceOf(DataException.class).hasMessage(message);
  }

  private Splits open(long seed) {
    return new ArraySource(Optional.of(folder))
        .open(new DatasetOptions(Optional.empty(), folder, seed, new DownloadListener() {}));
  }

  private void write(String name, Tensor tensor) {
    Npy.write(path(name), tensor);
  }

  private Path path(String name) {
    return folder.resolve(name + ".npy");
  }

  private static Tensor floats(int count, int first) {
    return Tensor.floats(
        SAMPLE.batch(count),
        buffer -> IntStream.range(0, 6 * count).forEach(i -> buffer.put(6 * first + i)));
  }

  private static Tensor labels(int count) {
    return Tensor.of(Shape.of(count), LongStream.range(0, count).map(i -> i % 3).toArray());
  }

  private static int[] samples(Dataset dataset) {
    float[] pixels = all(dataset).inputs().toFloats();
    return IntStream.range(0, dataset.size()).map(row -> (int) pixels[row * 6] / 6).toArray();
  }

  private static Batch all(Dataset dataset) {
    return dataset.batch(IntStream.range(0, dataset.size()).toArray());
  }
}
