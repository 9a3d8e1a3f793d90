package dev.trifocal.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.data.Batch;
import dev.trifocal.data.Dataset;
import dev.trifocal.data.Splits;
import dev.trifocal.datasets.augment.Augmentation;
import dev.trifocal.datasets.augment.Translation;
import dev.trifocal.datasets.folder.FolderOptions;
import dev.trifocal.download.DownloadListener;
import dev.trifocal.error.DataException;
import dev.trifocal.error.FileException;
import dev.trifocal.shape.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdxSourceTest {
  private static final TinyIdxCollection TINY = new TinyIdxCollection("tiny", 5);
  private static final TinyIdxCollection TWIN = new TinyIdxCollection("twin", 77);

  @TempDir Path folder;

  @BeforeEach
  void the_files_lie_in_the_folder() throws IOException {
    TINY.write(folder);
  }

  @Test
  void the_first_training_pictures_are_validation_data() {
    Splits splits = open();

    assertThat(splits.train().size())
        .isEqualTo(TinyIdxCollection.TRAIN - TinyIdxCollection.VALIDATION);
    assertThat(splits.validation().orElseThrow().size()).isEqualTo(TinyIdxCollection.VALIDATION);
    assertThat(splits.test().orElseThrow().size()).isEqualTo(TinyIdxCollection.TEST);
    assertThat(firstPixel(splits.validation().orElseThrow().batch(new int[] {2})))
        .isEqualTo((5 + 62) / 255f);
    assertThat(firstPixel(splits.train().batch(new int[] {0}))).isEqualTo((5 + 93) / 255f);
    assertThat(firstPixel(splits.test().orElseThrow().batch(new int[] {0}))).isEqualTo(105 / 255f);
  }

  @Test
  void a_batch_has_pixels_between_zero_and_one_and_class_ids_in_the_order_asked_for() {
    Batch batch = open().train().batch(new int[] {4, 0, 4});

    assertThat(batch.input().shape()).isEqualTo(Shape.of(3, 1, 28, 28));
    assertThat(batch.input().toFloats()[784 + 1]).isEqualTo((5 + 93 + 1) / 255f);
    assertThat(batch.label().toLongs()).containsExactly(1, 0, 1);
  }

  @Test
  void parts_and_classes_are_named() {
    Splits splits = open();

    assertThat(splits.train().name()).isEqualTo("tiny/train");
    assertThat(splits.validation().orElseThrow().name()).isEqualTo("tiny/validation");
    assertThat(splits.test().orElseThrow().name()).isEqualTo("tiny/test");
    assertThat(splits.test().orElseThrow().classes()).containsExactly("a", "b", "c");
    assertThat(splits.test().orElseThrow().sampleShape()).isEqualTo(Shape.of(1, 28, 28));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s-%s", "%s.%s", "%s.%s.gz"})
  void files_may_have_other_names_and_be_gzipped_or_not(String form) throws IOException {
    String digest = open().train().digest();
    for (Map.Entry<String, byte[]> file : TINY.files().entrySet()) {
      Files.delete(folder.resolve(file.getKey() + ".gz"));
      String[] words = file.getKey().split("-(?=idx)");
      byte[] content =
          form.endsWith("gz") ? TinyIdxCollection.gzip(file.getValue()) : file.getValue();
      Files.write(folder.resolve(form.formatted(words[0], words[1])), content);
    }

    assertThat(open().train().digest()).isEqualTo(digest);
  }

  @Test
  void missing_files_are_named_in_one_message() throws IOException {
    Files.delete(folder.resolve("train-labels-idx1-ubyte.gz"));
    Files.delete(folder.resolve("t10k-images-idx3-ubyte.gz"));

    assertThatThrownBy(this::open)
        .isInstanceOf(FileException.class)
        .hasMessage(
            folder
                + ": files are missing: train-labels-idx1-ubyte, t10k-images-idx3-ubyte; tiny needs"
                + " them, gzipped (.gz) or not");
  }

  @Test
  void a_missing_folder_is_named() {
    Path none = folder.resolve("none");

    assertThatThrownBy(() -> source().open(options(none)))
        .isInstanceOf(FileException.class)
        .hasMessage(none + ": there is no such folder; data-dir must be an existing folder");
  }

  @Test
  void one_changed_pixel_is_told_by_the_checksum() throws IOException {
    byte[] images = TINY.files().get("train-images-idx3-ubyte");
    String expected = TinyIdxCollection.md5(images);
    images[100]++;
    Path file = replace("train-images-idx3-ubyte", images);

    assertThatThrownBy(this::open)
        .isInstanceOf(FileException.class)
        .hasMessage(
            file
                + ": is damaged or not the file of tiny: the MD5 of its content is "
                + TinyIdxCollection.md5(images)
                + ", expected "
                + expected
                + "; replace it, or convert your own data to x.npy and y.npy");
  }

  @Test
  void files_of_another_collection_are_told_by_its_name() throws IOException {
    TWIN.write(folder);

    assertThatThrownBy(this::open)
        .isInstanceOf(FileException.class)
        .hasMessage(
            folder.resolve("train-images-idx3-ubyte.gz")
                + ": belongs to twin, not to tiny; use the data set twin or another data-dir");
  }

  @Test
  void files_of_a_collection_known_by_its_gzipped_files_are_told_too() throws IOException {
    TWIN.write(folder);
    byte[] gzipped = Files.readAllBytes(folder.resolve("train-images-idx3-ubyte.gz"));
    IdxCollection twin = knownByFile(TinyIdxCollection.md5(gzipped));

    assertThatThrownBy(() -> new IdxSource(TINY.collection(), List.of(twin)).open(options(folder)))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("belongs to twin, not to tiny");
  }

  @Test
  void a_copy_gzipped_anew_of_a_collection_known_by_its_gzipped_files_is_taken() {
    Splits splits = new IdxSource(knownByFile("00"), List.of()).open(options(folder));

    assertThat(splits.train().size()).isEqualTo(9);
  }

  @Test
  void fewer_labels_than_pictures_are_told() throws IOException {
    Path file = replace("train-labels-idx1-ubyte", TinyIdxCollection.labels(11));

    assertThatThrownBy(this::open)
        .isInstanceOf(FileException.class)
        .hasMessage(file + ": contains 11 labels, but this file of tiny has 12");
  }

  @Test
  void test_pictures_under_the_name_of_training_pictures_are_told() throws IOException {
    Path file = replace("train-images-idx3-ubyte", TINY.files().get("t10k-images-idx3-ubyte"));

    assertThatThrownBy(this::open)
        .hasMessage(file + ": contains 4 images, but this file of tiny has 12");
  }

  @Test
  void a_label_out_of_range_is_told_with_its_sample() throws IOException {
    byte[] labels = TinyIdxCollection.labels(12);
    labels[8 + 7] = (byte) 200;
    Path file = replace("train-labels-idx1-ubyte", labels);

    assertThatThrownBy(this::open)
        .isInstanceOf(DataException.class)
        .hasMessage(file + ": label 200 of sample 7 is not a class id; ids are 0 to 2");
  }

  @Test
  void the_digest_is_of_the_content() throws IOException {
    Splits splits = open();
    TWIN.write(folder);
    Splits twin = new IdxSource(TWIN.collection(), List.of()).open(options(folder));

    assertThat(splits.train().digest())
        .startsWith("sha256:")
        .hasSize(7 + 64)
        .isEqualTo(again())
        .isNotEqualTo(splits.validation().orElseThrow().digest())
        .isNotEqualTo(twin.train().digest());
  }

  @Test
  void training_images_are_augmented_anew_in_each_epoch_and_others_never() {
    DatasetOptions plain = options(folder);
    FolderOptions augmented = plain.images().augmentation(Augmentation.of(new Translation(0.1)));
    Splits splits =
        source()
            .open(
                new DatasetOptions(
                    plain.dataDir(), plain.cacheDir(), 1, plain.progress(), augmented));
    int[] all = {0, 1, 2};

    Dataset train = splits.train();
    assertThat(train.augmentation()).isEqualTo("Translation[share=0.1]");
    assertThat(train.batch(all)).isEqualTo(open().train().batch(all));
    assertThat(train.epoch(7, 1).batch(all).input()).isNotEqualTo(train.batch(all).input());
    assertThat(train.epoch(7, 1).batch(all).label()).isEqualTo(train.batch(all).label());
    assertThat(train.epoch(7, 2).batch(all)).isNotEqualTo(train.epoch(7, 1).batch(all));
    assertThat(splits.test().orElseThrow().epoch(7, 1).batch(all))
        .isEqualTo(open().test().orElseThrow().batch(all));
  }

  private String again() throws IOException {
    TINY.write(folder);
    return open().train().digest();
  }

  private Splits open() {
    return source().open(options(folder));
  }

  private static IdxSource source() {
    return new IdxSource(TINY.collection(), List.of(TINY.collection(), TWIN.collection()));
  }

  private DatasetOptions options(Path dataDir) {
    return new DatasetOptions(
        Optional.of(dataDir), folder.resolve("cache"), 1, new DownloadListener() {});
  }

  private Path replace(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name + ".gz"), TinyIdxCollection.gzip(content));
  }

  private static IdxCollection knownByFile(String trainImages) {
    IdxCollection twin = TWIN.collection();
    Checksum none = Checksum.ofFile("none");
    return new IdxCollection(
        "twin",
        "tiny",
        twin.classes(),
        twin.host(),
        IdxCollection.Part.of("train", 12, Checksum.ofFile(trainImages), none),
        IdxCollection.Part.of("t10k", 4, none, none),
        3);
  }

  private static float firstPixel(Batch batch) {
    return batch.input().floats().get(0);
  }
}
