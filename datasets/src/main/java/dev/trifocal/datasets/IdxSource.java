package dev.trifocal.datasets;

import dev.trifocal.data.Splits;
import dev.trifocal.datasets.idx.IdxFile;
import dev.trifocal.datasets.memory.Labels;
import dev.trifocal.datasets.memory.Samples;
import dev.trifocal.datasets.memory.TensorDataset;
import dev.trifocal.error.FileException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * MNIST and similar collections, from the user's folder, the cache or the network. Images are
 * float32 {@code [1, 28, 28]} in [0, 1].
 *
 * @param collection the collection to open
 * @param others collections whose files have the same names, to detect mix-ups
 */
public record IdxSource(IdxCollection collection, List<IdxCollection> others)
    implements DatasetSource {
  private static final int SIDE = 28;

  public IdxSource {
    others = List.copyOf(others);
  }

  /** Returns the source of a collection, distinguished from those that Trifocal knows. */
  public static IdxSource of(IdxCollection collection) {
    return new IdxSource(collection, List.of(IdxCollection.mnist(), IdxCollection.fashionMnist()));
  }

  @Override
  public String name() {
    return collection.name();
  }

  @Override
  public String description() {
    return collection.description() + "; read from data-dir or downloaded once";
  }

  @Override
  public Splits open(DatasetOptions options) {
    IdxFolder folder = IdxFolder.of(collection, options);
    TensorDataset train = read(folder, name() + "/train", collection.train());
    int held = collection.validation();
    int[] first = IntStream.range(0, held).toArray();
    int[] rest = IntStream.range(held, train.size()).toArray();
    return new Splits(
        train.select(name() + "/train", rest).augmented(options.images().images().augmentation()),
        train.select(name() + "/validation", first),
        read(folder, name() + "/test", collection.test()));
  }

  private TensorDataset read(IdxFolder folder, String part, IdxCollection.Part files) {
    Path imageFile = folder.file(files.images());
    Path labelFile = folder.file(files.labels());
    IdxFile images = IdxFile.read(imageFile, Shape.of(SIDE, SIDE));
    IdxFile labels = IdxFile.read(labelFile, Shape.of());
    requireCount(imageFile, "images", images, files);
    requireCount(labelFile, "labels", labels, files);
    Samples samples = samples(images);
    Labels ids = Labels.ids(labelFile.toString(), ids(labels), collection.classes());
    DownloadedFileCheck identity = new DownloadedFileCheck(collection, others);
    identity.require(imageFile, images, files.images());
    identity.require(labelFile, labels, files.labels());
    return TensorDataset.of(part, samples, ids);
  }

  private void requireCount(Path file, String what, IdxFile idx, IdxCollection.Part part) {
    int count = idx.shape().size(0);
    if (count != part.samples()) {
      throw new FileException(
          "%s: contains %,d %s, but this file of %s has %,d"
              .formatted(file, count, what, name(), part.samples()));
    }
  }

  private static Samples samples(IdxFile images) {
    Shape shape = Shape.of(images.shape().size(0), 1, SIDE, SIDE);
    return Samples.of(Tensor.make(shape, DataType.UINT8, buffer -> buffer.put(images.elements())));
  }

  private static long[] ids(IdxFile labels) {
    ByteBuffer bytes = labels.elements();
    long[] ids = new long[bytes.remaining()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = bytes.get(i) & 0xFF;
    }
    return ids;
  }
}
