package dev.trifocal.apps.command;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a model of the zoo or of a file, or goes on with a run. */
@Command(
    name = "train",
    description = {
      "Train a model on a data set.",
      "",
      "Writes a run directory: trifocal.conf (all settings), history.json, last/ and best/"
          + " (checkpoints) and model.onnx (the best weights). Ctrl-C saves the state and stops;"
          + " --resume goes on as if nothing had happened.",
      "",
      "An .onnx file goes on learning from its own weights. If the data has another number of"
          + " classes, its head is replaced; --freeze all then trains the new head alone."
    },
    footer = {
      "  trifocal train",
      "  trifocal train --model mnist-cnn --data mnist --data-dir ~/mnist --epochs 3",
      "  trifocal train --optimizer sgd --momentum 0.9 --nesterov --lr 0.1 --schedule cosine",
      "  trifocal train --model mobilenet.onnx --data flowers/ --freeze all --epochs 3",
      "  trifocal train --model resnet18 --data flowers/ --size 96 --augment crop,flip,jitter=0.2",
      "  trifocal train --model net.onnx --freeze features.0 --freeze features.1 --head auto",
      "  trifocal train --model mnist-cnn --data mnist --find-lr",
      "  trifocal train --resume                   the newest run that is not finished",
      "  trifocal train --resume runs/lenet5-digits-1 --epochs 10"
    })
public final class TrainCommand implements Callable<Integer> {
  private final TrainingLauncher desk;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description =
          "A name that 'trifocal zoo' lists, or an .onnx file to go on from. Default: lenet5.")
  private Optional<String> model = Optional.empty();

  @Option(
      names = "--freeze",
      paramLabel = "PATH",
      description =
          "Leave a layer, or a block with all in it, as it is; may be repeated. all: everything but"
              + " a new head. Default: nothing.")
  private List<String> freeze = new ArrayList<>();

  @Option(
      names = "--head",
      paramLabel = "PATH",
      description =
          "Replace what follows this layer by a new head with as many units as the data has"
              + " classes. auto: the last layer with weights, and what follows it. Default: an .onnx"
              + " file with another number of outputs gets a new head.")
  private Optional<String> head = Optional.empty();

  @Mixin private TrainingFlags training;

  @Inject
  TrainCommand(TrainingLauncher desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    Map<String, String> values = new LinkedHashMap<>();
    model.ifPresent(value -> values.put("model", value));
    if (!freeze.isEmpty()) {
      values.put("freeze", String.join(",", freeze));
    }
    head.ifPresent(value -> values.put("head", value));
    values.putAll(training.values());
    return desk.run(training, values);
  }
}
