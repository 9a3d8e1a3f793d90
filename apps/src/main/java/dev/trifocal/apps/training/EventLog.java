package dev.trifocal.apps.training;

import dev.trifocal.apps.report.training.SampleDisplay;
import dev.trifocal.apps.run.TrainingRun;
import dev.trifocal.apps.tensorboard.TensorBoardLog;
import dev.trifocal.config.TrainingSettings.EventFiles;
import dev.trifocal.data.ClassMapping;
import dev.trifocal.data.Dataset;
import dev.trifocal.datasets.folder.ImageDataset;
import dev.trifocal.image.Image;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.trainer.Callback;
import dev.trifocal.trainer.Callbacks;
import dev.trifocal.trainer.TrainingState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** The TensorBoard event files of a run; empty if disabled. */
record EventLog(Optional<TensorBoardLog> log) implements AutoCloseable {
  private static final int MOST_SAMPLES = 8;

  static EventLog of(TrainingRun run, TrainingState start, Dataset train) {
    if (run.settings().training().eventFiles() == EventFiles.LEFT_OUT) {
      return new EventLog(Optional.empty());
    }
    Checkpoint checkpoint = start.checkpoint();
    return new EventLog(
        Optional.of(
            TensorBoardLog.in(
                run.folder().resolve("tensorboard"),
                checkpoint.graph(),
                sampleImages(train, checkpoint.seed()),
                checkpoint.step(),
                run.settings().training().histograms())));
  }

  Callback listener() {
    return log.<Callback>map(l -> l).orElseGet(Callbacks::none);
  }

  @Override
  public void close() {
    log.ifPresent(TensorBoardLog::close);
  }

  /**
   * The first samples as the first epoch of training sees them, by name; none if they are no
   * pictures.
   */
  private static Map<String, Image> sampleImages(Dataset data, long seed) {
    Shape sample = data.sampleShape();
    boolean pictures = sample.rank() == 3 && (sample.size(0) == 1 || sample.size(0) == 3);
    Map<String, Image> result = new LinkedHashMap<>();
    IntFunction<Image> source =
        ClassMapping.unmapped(data) instanceof ImageDataset images
            ? index -> images.image(index, seed, 1)
            : SampleDisplay.of(data)::image;
    for (int i = 0; pictures && i < Math.min(MOST_SAMPLES, data.size()); i++) {
      result.put("samples/%d %s".formatted(i + 1, SampleDisplay.of(data).name(i)), source.apply(i));
    }
    return result;
  }
}
