package dev.trifocal.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.data.Batch;
import dev.trifocal.data.Dataset;
import dev.trifocal.data.Splits;
import dev.trifocal.download.DownloadListener;
import dev.trifocal.error.FileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistTest {
  @TempDir Path cache;

  @Test
  void mnist_itself_opens_with_its_known_labels_and_mean() {
    Splits splits = DatasetRegistry.standard().open("mnist", options());

    assertThat(splits.train().size()).isEqualTo(55_000);
    assertThat(splits.validation().orElseThrow().size()).isEqualTo(5_000);
    assertThat(splits.test().orElseThrow().size()).isEqualTo(10_000);
    assertThat(labels(splits.validation().orElseThrow(), 8))
        .containsExactly(5, 0, 4, 1, 9, 2, 1, 3);
    assertThat(labels(splits.test().orElseThrow(), 8)).containsExactly(7, 2, 1, 0, 4, 1, 4, 9);
    Batch all = splits.train().batch(IntStream.range(0, 55_000).toArray());
    double sum = 0;
    for (float pixel : all.input().toFloats()) {
      sum += pixel;
    }
    assertThat(sum / (55_000 * 784.0)).isBetween(0.130, 0.132);
    assertThat(Arrays.stream(all.label().toLongs()).distinct().count()).isEqualTo(10);
  }

  @Test
  void mnist_taken_for_fashion_is_told() {
    DatasetOptions options = options();

    assertThatThrownBy(() -> DatasetRegistry.standard().open("fashion-mnist", options))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("belongs to mnist, not to fashion-mnist; use the data set mnist");
  }

  private DatasetOptions options() {
    return new DatasetOptions(
        Optional.of(PublishedDatasets.folder("mnist")), cache, 1, new DownloadListener() {});
  }

  private static long[] labels(Dataset dataset, int count) {
    return dataset.batch(IntStream.range(0, count).toArray()).label().toLongs();
  }
}
