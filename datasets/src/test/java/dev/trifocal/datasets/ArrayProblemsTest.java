package dev.trifocal.datasets;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.DataException;
import dev.trifocal.error.FileException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a folder of arrays can have wrong with it. */
class ArrayProblemsTest {
  @TempDir Path folder;

  private ArrayFolder data;

  @BeforeEach
  void forty_samples_lie_in_the_folder() {
    data = new ArrayFolder(folder);
    data.write("x", ArrayFolder.floats(40, 0));
    data.write("y", ArrayFolder.labels(40));
  }

  @Test
  void a_label_without_a_name_is_told() throws IOException {
    Files.writeString(folder.resolve("classes.txt"), "ant\nbee\n");

    refuses(data.file("y") + ": label 2 of sample 2 is not a class id; ids are 0 to 1");
  }

  @Test
  void a_bad_list_of_classes_is_told_with_its_line() throws IOException {
    Files.writeString(folder.resolve("classes.txt"), "ant\nbee\nant\n");

    assertThatThrownBy(() -> data.open(1))
        .isInstanceOf(FileException.class)
        .hasMessage(
            folder.resolve("classes.txt")
                + ": line 3 repeats ant; expected one class name per line");
  }

  @Test
  void a_negative_label_is_told() {
    long[] labels = LongStream.range(0, 40).map(i -> i == 17 ? -1 : 0).toArray();
    data.write("y", Tensor.of(Shape.of(40), labels));

    refuses(data.file("y") + ": label -1 of sample 17 is not a valid class id; ids start at 0");
  }

  @Test
  void an_absurd_label_is_told_before_it_costs_memory() {
    long[] labels = new long[40];
    labels[39] = Long.MAX_VALUE;
    data.write("y", Tensor.of(Shape.of(40), labels));

    refuses(
        data.file("y")
            + ": label 9223372036854775807 of sample 39 is not a valid class id; ids start at 0");
  }

  @Test
  void other_counts_of_samples_and_labels_are_told() {
    data.write("y", ArrayFolder.labels(39));

    refuses(data.file("x") + " has 40 samples, but " + data.file("y") + " has 39 labels");
  }

  @Test
  void pictures_with_channels_last_are_told_with_the_cure() {
    data.write("x", Tensor.floats(Shape.of(40, 8, 8, 3), f -> {}));

    refuses(
        data.file("x")
            + ": samples must be [N, C, H, W], but [40, 8, 8, 3] looks like [N, H, W, C]"
            + " (numpy: x.transpose(0, 3, 1, 2))");
  }

  @Test
  void pictures_without_channels_are_told() {
    data.write("x", Tensor.floats(Shape.of(40, 2, 3), f -> {}));

    refuses(
        data.file("x")
            + ": samples must be [N, C, H, W], but are [40, 2, 3] (numpy: x.reshape(...))");
  }

  @Test
  void pictures_of_doubles_are_told_with_the_cure() {
    data.write("x", Tensor.make(ArrayFolder.SAMPLE.batch(40), DataType.FLOAT64, bytes -> {}));

    refuses(
        data.file("x")
            + ": samples must be float32 or uint8, but are FLOAT64"
            + " (numpy: x.astype(numpy.float32))");
  }

  @Test
  void class_ids_with_two_axes_are_told() {
    data.write("y", Tensor.of(Shape.of(40, 1), new long[40]));

    refuses(data.file("y") + ": class ids must be [N], but are [40, 1] (numpy: y.reshape(-1))");
  }

  @Test
  void a_pixel_that_is_no_number_is_told_with_its_sample() {
    float[] pixels = new float[240];
    pixels[6 * 21 + 4] = Float.NaN;
    data.write("x", Tensor.of(ArrayFolder.SAMPLE.batch(40), pixels));

    refuses(data.file("x") + ": sample 21 contains NaN; values must be finite");
  }

  @Test
  void parts_of_other_shapes_are_told() {
    data.write("x_val", Tensor.floats(Shape.of(2, 1, 3, 2), f -> {}));
    data.write("y_val", ArrayFolder.labels(2));

    refuses(
        data.file("x_val")
            + " has samples of shape [1, 3, 2], but "
            + data.file("x")
            + " has [1, 2, 3]");
  }

  @Test
  void a_part_without_labels_is_told() {
    data.write("x_val", ArrayFolder.floats(2, 0));

    assertThatThrownBy(() -> data.open(1))
        .isInstanceOf(FileException.class)
        .hasMessage(
            data.file("x_val")
                + " exists, but "
                + data.file("y_val")
                + " does not; both are needed");
  }

  @Test
  void a_folder_without_labels_is_told() throws IOException {
    Files.delete(data.file("y"));

    assertThatThrownBy(() -> data.open(1))
        .isInstanceOf(FileException.class)
        .hasMessage(folder + ": y.npy is missing; a folder of arrays needs x.npy and y.npy");
  }

  @Test
  void too_few_samples_to_split_are_told() {
    data.write("x", ArrayFolder.floats(2, 0));
    data.write("y", ArrayFolder.labels(2));

    assertThatThrownBy(() -> data.open(1))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith("has only 2 samples, too few to hold out 2 for validation and test");
  }

  private void refuses(String message) {
    assertThatThrownBy(() -> data.open(1)).isInstanceOf(DataException.class).hasMessage(message);
  }
}
