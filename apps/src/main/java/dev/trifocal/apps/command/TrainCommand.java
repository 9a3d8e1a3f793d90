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

/** Trains a zoo model or an ONNX file, or resumes a run. */
@Command(
    name = "train",
    abbreviateSynopsis = true,
    description = {
      "Train a model on a data set.",
      "",
      "Writes a run directory with trifocal.conf (all settings), report.html, history.json, last/"
          + " and best/ (checkpoints) and model.onnx (the best weights). Ctrl-C saves the state and"
          + " stops; --resume continues, with the same results as an uninterrupted run.",
      "",
      "An .onnx file is trained from its own weights. If its number of outputs differs from the"
          + " number of classes, its head is replaced; --freeze all then trains only the new head."
    },
    footer = {
      "  trifocal train",
      "  trifocal train --recipe mnist-fast",
      "  trifocal train --recipe mnist-fast --data fashion-mnist --epochs 12",
      "  trifocal train --model mnist-cnn --data mnist --data-dir ~/mnist --epochs 3",
      "  trifocal train --optimizer sgd --momentum 0.9 --nesterov --lr 0.1 --schedule cosine",
      "  trifocal train --model mobilenet.onnx --data flowers/ --freeze all --epochs 3",
      "  trifocal train --model resnet18 --data flowers/ --size 96 --augment crop,flip,jitter=0.2",
      "  trifocal train --model net.onnx --freeze features.0 --freeze features.1 --head auto",
      "  trifocal train --model mnist-cnn --data mnist --find-lr",
      "  trifocal train --resume                   the newest unfinished run",
      "  trifocal train --resume runs/lenet5-digits-1 --epochs 10"
    })
public final class TrainCommand implements Callable<Integer> {
  private final TrainingLauncher launcher;

  @Option(
      names = "--recipe",
      paramLabel = "NAME",
      completionCandidates = RecipeNames.class,
      description =
          "Complete settings for one data set: ${COMPLETION-CANDIDATES}. Options, properties and"
              + " --config take precedence over them. Default: none.")
  private Optional<String> recipe = Optional.empty();

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description =
          "A model listed by 'trifocal zoo', or an .onnx file to start from. Default: lenet5.")
  private Optional<String> model = Optional.empty();

  @Option(
      names = "--freeze",
      paramLabel = "PATH",
      description =
          "Freeze a layer, or all layers of a block; repeatable. 'all' freezes everything except a"
              + " new head. Default: nothing is frozen.")
  private List<String> freeze = new ArrayList<>();

  @Option(
      names = "--head",
      paramLabel = "PATH",
      description =
          "Replace everything after this layer with a new head that has one unit per class of the"
              + " data. 'auto' replaces the last layer with weights and everything after it."
              + " Default: auto if an .onnx file's number of outputs differs from the number of"
              + " classes, else no new head.")
  private Optional<String> head = Optional.empty();

  @Mixin private TrainingFlags training;

  @Inject
  TrainCommand(TrainingLauncher launcher) {
    this.launcher = launcher;
  }

  @Override
  public Integer call() {
    Map<String, String> values = new LinkedHashMap<>();
    recipe.ifPresent(value -> values.put("recipe", value));
    model.ifPresent(value -> values.put("model", value));
    if (!freeze.isEmpty()) {
      values.put("freeze", String.join(",", freeze));
    }
    head.ifPresent(value -> values.put("head", value));
    values.putAll(training.values());
    return launcher.run(training, values);
  }
}
