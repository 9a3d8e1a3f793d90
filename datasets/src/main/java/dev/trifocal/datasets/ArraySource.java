package dev.trifocal.datasets;

import dev.trifocal.data.Splits;
import dev.trifocal.datasets.memory.TensorDataset;
import dev.trifocal.error.DataException;
import dev.trifocal.random.RandomStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder with {@code x.npy}, float32 or uint8 {@code [N, C, H, W]} (uint8 is converted to {@code
 * p / 255}), and {@code y.npy}: class ids, integers {@code [N]} of any width, or float32 targets
 * {@code [N, ...]}. {@code x_val.npy} and {@code y_val.npy} hold validation data, {@code
 * x_test.npy} and {@code y_test.npy} test data; for a missing pair, a tenth of {@code x.npy} is
 * drawn using the seed. {@code classes.txt} may list the class names, one per line; by default they
 * are 0 to the largest id.
 *
 * @param folder the folder; if empty, {@link DatasetOptions#dataDir} names it
 */
public record ArraySource(Optional<Path> folder) implements DatasetSource {
  private static final int DRAWN_PARTS = 10;

  @Override
  public String name() {
    return folder
        .map(path -> path.toAbsolutePath().normalize())
        .map(path -> path.getNameCount() == 0 ? path : path.getFileName())
        .map(Path::toString)
        .orElse("arrays");
  }

  @Override
  public String description() {
    return "a folder with x.npy [N,C,H,W] and y.npy, optionally x_val, y_val, x_test, y_test";
  }

  @Override
  public Splits open(DatasetOptions options) {
    Path place =
        folder
            .or(options::dataDir)
            .orElseThrow(
                () ->
                    new DataException(
                        "arrays need a data-dir with x.npy and y.npy; for a folder of this name, write ./arrays"));
    ArrayFiles main = ArrayFiles.required(place);
    Optional<ArrayFiles> validation = ArrayFiles.optional(place, "_val");
    Optional<ArrayFiles> test = ArrayFiles.optional(place, "_test");
    List<ArrayFiles> all =
        Stream.of(Optional.of(main), validation, test).flatMap(Optional::stream).toList();
    all.forEach(other -> other.requireLike(main));
    List<String> classes = main.hasIds() ? ClassNames.of(place, all) : List.of();
    return split(
        main.dataset(name(), classes),
        validation.map(files -> files.dataset(name() + "/validation", classes)),
        test.map(files -> files.dataset(name() + "/test", classes)),
        options);
  }

  private Splits split(
      TensorDataset all,
      Optional<TensorDataset> validation,
      Optional<TensorDataset> test,
      DatasetOptions options) {
    int tenth = Math.max(1, all.size() / DRAWN_PARTS);
    int drawnForTest = test.isPresent() ? 0 : tenth;
    int drawn = drawnForTest + (validation.isPresent() ? 0 : tenth);
    if (drawn >= all.size()) {
      throw new DataException(
          "%s has only %d samples, too few to hold out %d for validation and test"
              .formatted(name(), all.size(), drawn));
    }
    int[] order = RandomStream.of(options.seed()).at("split").permutation(all.size());
    List<String> parts = new ArrayList<>();
    if (validation.isEmpty()) {
      parts.add("validation");
    }
    if (test.isEmpty()) {
      parts.add("test");
    }
    return new Splits(
            all.select(name() + "/train", sorted(order, drawn, order.length)),
            validation.orElseGet(
                () -> all.select(name() + "/validation", sorted(order, drawnForTest, drawn))),
            test.orElseGet(() -> all.select(name() + "/test", sorted(order, 0, drawnForTest))))
        .drawn(parts);
  }

  private static int[] sorted(int[] order, int from, int to) {
    int[] part = Arrays.copyOfRange(order, from, to);
    Arrays.sort(part);
    return part;
  }
}
