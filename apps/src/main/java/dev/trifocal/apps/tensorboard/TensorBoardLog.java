package dev.trifocal.apps.tensorboard;

import dev.trifocal.graph.Graph;
import dev.trifocal.image.Image;
import dev.trifocal.trainer.Callback;
import dev.trifocal.trainer.EpochRecord;
import dev.trifocal.trainer.GradientEvent;
import dev.trifocal.trainer.StepEvent;
import dev.trifocal.trainer.TrainingControl;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Writes TensorBoard event files. As in Keras, {@code train} and {@code validation} are subfolders
 * of one folder, so that both appear in the same chart. The tags of steps are {@code step/loss} and
 * {@code step/lr}, those of epochs {@code epoch/} and the name of the metric, those of histograms
 * {@code weights/} and {@code gradients/} and the name of the parameter: both as of the last step
 * of the epoch, before its update.
 */
public final class TensorBoardLog implements Callback, AutoCloseable {
  private static final String EPOCH = "epoch/";

  private final EventFile train;
  private final EventFile validation;
  private final OptionalInt histograms;

  private TensorBoardLog(EventFile train, EventFile validation, OptionalInt histograms) {
    this.train = train;
    this.validation = validation;
    this.histograms = histograms;
  }

  /**
   * Creates new files, which start with the network and some samples.
   *
   * @param step the number of steps taken before
   * @param histograms epochs between histograms of weights and gradients; empty for none
   * @throws dev.trifocal.error.FileException if the files cannot be written
   */
  public static TensorBoardLog in(
      Path folder, Graph graph, Map<String, Image> samples, long step, OptionalInt histograms) {
    EventFile train = EventFile.in(folder.resolve("train"));
    TensorBoardLog result =
        new TensorBoardLog(train, EventFile.in(folder.resolve("validation")), histograms);
    train.add(step, EventMessages.graph(graph));
    if (!samples.isEmpty()) {
      train.add(step, EventMessages.images(samples));
    }
    result.flush();
    return result;
  }

  @Override
  public void stepEnded(StepEvent step, TrainingControl control) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("step/loss", step.loss());
    values.put("step/lr", step.learningRate());
    train.add(step.step(), EventMessages.scalars(values));
  }

  @Override
  public boolean wantsGradients(int epoch) {
    return histograms.isPresent() && epoch % histograms.getAsInt() == 0;
  }

  @Override
  public void gradientsComputed(GradientEvent event) {
    Map<String, Histogram> all = new LinkedHashMap<>();
    event
        .weights()
        .tensors()
        .forEach((name, tensor) -> all.put("weights/" + name, Histogram.of(tensor)));
    event
        .gradients()
        .tensors()
        .forEach((name, tensor) -> all.put("gradients/" + name, Histogram.of(tensor)));
    train.add(event.epoch(), EventMessages.histograms(all));
  }

  @Override
  public void epochEnded(EpochRecord epoch, TrainingControl control) {
    Map<String, Double> trained = new LinkedHashMap<>();
    Map<String, Double> validated = new LinkedHashMap<>();
    epoch.training().forEach((name, value) -> trained.put(EPOCH + name, value));
    epoch.validation().forEach((name, value) -> validated.put(EPOCH + name, value));
    trained.put(EPOCH + "seconds", epoch.seconds());
    train.add(epoch.epoch(), EventMessages.scalars(trained));
    if (!validated.isEmpty()) {
      validation.add(epoch.epoch(), EventMessages.scalars(validated));
    }
    flush();
  }

  @Override
  public void close() {
    try (train) {
      validation.close();
    }
  }

  private void flush() {
    train.flush();
    validation.flush();
  }
}
