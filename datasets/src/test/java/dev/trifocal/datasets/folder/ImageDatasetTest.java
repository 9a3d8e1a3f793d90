package dev.trifocal.datasets.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.data.Batch;
import dev.trifocal.data.BatchLoader;
import dev.trifocal.data.Dataset;
import dev.trifocal.data.Shuffle;
import dev.trifocal.datasets.augment.Augmentation;
import dev.trifocal.datasets.augment.AugmentationText;
import dev.trifocal.datasets.image.ImageFile;
import dev.trifocal.error.DataException;
import dev.trifocal.error.FileException;
import dev.trifocal.image.Image;
import dev.trifocal.image.ImagePreprocessor;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDatasetTest {
  private static final ImagePreprocessor PREPARATION =
      new ImagePreprocessor(Preprocessing.SYMMETRIC, Shape.of(3, 6, 8));

  @TempDir Path place;
  private Path root;

  @BeforeEach
  void set_up() {
    root = place.resolve("insects");
    new TestImageFolder(root)
        .images("train/ants", 5)
        .images("train/bees", 6)
        .image("train/bees/large.jpg", 90, 70)
        .images("val/ants", 2)
        .images("test/bees", 2);
  }

  @Test
  void a_batch_holds_the_prepared_pictures_and_their_classes_in_the_order_of_the_indices() {
    ImageDataset train = train(Augmentation.NONE, new Caching.None());

    Batch batch = train.batch(new int[] {10, 0});

    Image file = ImageFile.read(train.file(10));
    Tensor expected = PREPARATION.tensor(file);
    assertThat(batch.input().shape()).isEqualTo(Shape.of(2, 3, 6, 8));
    assertThat(batch.input().toFloats()).startsWith(expected.toFloats());
    assertThat(batch.label()).isEqualTo(Tensor.of(Shape.of(2), 1L, 0L));
    assertThat(train.image(10).toBytes()).isEqualTo(PREPARATION.fit(file).toBytes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "flip,rotate", "crop,jitter", "crop,mixup"})
  void what_is_kept_where_changes_nothing(String augmentation) {
    Augmentation parsed = AugmentationText.parse(augmentation);
    List<Batch> expected = batches(train(parsed, new Caching.None()), 1, 2);

    for (Caching caching :
        List.of(
            Caching.memory(),
            new Caching.Memory(1000),
            new Caching.Disk(place.resolve("cache")),
            new Caching.Disk(place.resolve("cache")))) {
      ImageDataset train = train(parsed, caching);
      assertThat(batches(train, 1, 2)).as("%s, filled", caching).isEqualTo(expected);
      assertThat(batches(train, 1, 2)).as("%s, full", caching).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({"none,1", "'crop,flip,jitter',2", "'flip,mixup',5"})
  void any_number_of_threads_gives_the_same_batches(String augmentation, int epoch) {
    Augmentation parsed = AugmentationText.parse(augmentation);
    List<Batch> expected = batches(train(parsed, Caching.memory()), 1, epoch);

    for (int threads : new int[] {2, 3, 8}) {
      assertThat(batches(train(parsed, Caching.memory()), threads, epoch)).isEqualTo(expected);
    }
  }

  @Test
  void each_epoch_and_each_seed_has_its_own_pictures_and_evaluation_sees_them_as_they_are() {
    ImageDataset train = train(AugmentationText.parse("rotate,crop"), Caching.memory());
    int[] all = {0, 1, 2};

    Tensor first = train.epoch(1, 1).batch(all).input();

    assertThat(train.epoch(1, 1).batch(all).input()).isEqualTo(first);
    assertThat(train.epoch(1, 2).batch(all).input()).isNotEqualTo(first);
    assertThat(train.epoch(2, 1).batch(all).input()).isNotEqualTo(first);
    assertThat(train.batch(all)).isEqualTo(train(Augmentation.NONE, Caching.memory()).batch(all));
  }

  @Test
  void mixed_labels_are_shares_that_add_up_to_one() {
    Dataset epoch = train(AugmentationText.parse("mixup=1"), Caching.memory()).epoch(4, 1);
    int[] all = Shuffle.NONE.order(epoch.size(), 0, 1);

    Tensor labels = epoch.batch(all).label();

    assertThat(labels.type()).isEqualTo(DataType.FLOAT32);
    assertThat(labels.shape()).isEqualTo(Shape.of(12, 2));
    float[] shares = labels.toFloats();
    boolean blended = false;
    for (int i = 0; i < shares.length; i += 2) {
      assertThat(shares[i] + shares[i + 1]).isEqualTo(1);
      blended |= shares[i] > 0 && shares[i] < 1;
    }
    assertThat(blended).isTrue();
  }

  @Test
  void the_digest_tells_names_and_content_apart_and_not_the_place() throws IOException {
    String digest = train(Augmentation.NONE, Caching.memory()).digest();
    assertThat(digest).matches("sha256:[0-9a-f]{64}");
    assertThat(train(AugmentationText.parse("flip"), new Caching.None()).digest())
        .isEqualTo(digest);

    Files.move(root, place.resolve("moved"));
    root = place.resolve("moved");
    assertThat(train(Augmentation.NONE, Caching.memory()).digest()).isEqualTo(digest);

    new TestImageFolder(root).image("train/ants/00.png", 5, 5);
    assertThat(train(Augmentation.NONE, Caching.memory()).digest()).isNotEqualTo(digest);
  }

  @Test
  void a_cache_on_disk_notices_changed_files_and_damaged_entries() throws IOException {
    Path cache = place.resolve("cache");
    ImageDataset train = train(Augmentation.NONE, new Caching.Disk(cache));
    byte[] before = train.image(0).toBytes();
    try (Stream<Path> entries = Files.walk(cache)) {
      for (Path entry : entries.filter(Files::isRegularFile).toList()) {
        Files.write(entry, new byte[] {1, 2, 3});
      }
    }

    assertThat(train.image(0).toBytes()).isEqualTo(before);

    new TestImageFolder(root).image("train/ants/00.png", 50, 50);
    assertThat(train.image(0).toBytes()).isNotEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "flip", "crop"})
  void what_was_decoded_to_check_it_is_not_decoded_again(String augmentation) throws IOException {
    ImageDataset train = train(AugmentationText.parse(augmentation), Caching.memory());
    for (int i = 0; i < train.size(); i++) {
      Files.delete(train.file(i));
    }
    assertThat(train.epoch(1, 1).batch(new int[] {0, 1, 2}).size()).isEqualTo(3);
  }

  @Test
  void a_file_that_vanished_is_named_and_the_loader_ends() throws IOException {
    ImageDataset train = train(Augmentation.NONE, new Caching.None());
    train.image(3);
    Files.delete(train.file(3));

    try (BatchLoader loader = BatchLoader.open(train, new int[] {0, 1, 2, 3}, 2, 0, 2)) {
      loader.next();
      assertThatThrownBy(loader::next)
          .isInstanceOf(FileException.class)
          .hasMessageContaining(train.file(3).toString());
      assertThat(loader.hasNext()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "crop", "mixup"})
  void no_more_is_read_of_an_unwanted_batch(String augmentation) {
    Dataset train = train(AugmentationText.parse(augmentation), new Caching.None());
    AtomicInteger asked = new AtomicInteger();

    assertThatThrownBy(
            () -> train.epoch(1, 1).batch(new int[] {0, 1, 2}, () -> asked.incrementAndGet() > 1))
        .isInstanceOf(CancellationException.class);
    assertThat(asked).hasValue(2);
  }

  @Test
  void a_sample_that_is_not_there_is_refused() {
    ImageDataset train = train(AugmentationText.parse("flip"), new Caching.None());

    assertThatThrownBy(() -> train.batch(new int[] {12}))
        .isInstanceOf(DataException.class)
        .hasMessage("insects/train has no sample 12; it has 12 samples");
    assertThatThrownBy(() -> train.epoch(1, 1).batch(new int[] {-1}))
        .isInstanceOf(DataException.class);
  }

  private ImageDataset train(Augmentation augmentation, Caching caching) {
    ImageOptions options = new ImageOptions(PREPARATION, augmentation, caching);
    return (ImageDataset) ImageFolder.scan(root).splits(options, 1).train();
  }

  private static List<Batch> batches(Dataset data, int threads, int epoch) {
    int[] order = Shuffle.EACH_EPOCH.order(data.size(), 9, epoch);
    List<Batch> batches = new ArrayList<>();
    try (BatchLoader loader = BatchLoader.open(data.epoch(9, epoch), order, 5, 0, threads)) {
      loader.forEachRemaining(batches::add);
    }
    return batches;
  }
}
