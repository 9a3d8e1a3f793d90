package dev.trifocal.apps.command;

import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a pretrained network on new classes. */
@Command(
    name = "transfer",
    abbreviateSynopsis = true,
    description = {
      "Train a pretrained network on your own classes (transfer learning).",
      "",
      "The network's head is replaced with global average pooling, dropout and a dense layer. First"
          + " the head is trained with the base frozen (--epochs); then head and last layers are"
          + " fine-tuned at a tenth of the learning rate (--fine-tune-epochs). Without"
          + " augmentation, the frozen part runs only once per image. Frozen batch norm layers stay"
          + " in inference mode.",
      "",
      "DATA is a folder with train/<class>/*.jpg and val/<class>/*.jpg, or with one subfolder per"
          + " class, which is split using the seed; a tenth is held out for the final test.",
      "",
      "Writes the same run directory as 'trifocal train', including report.html and model.onnx."
          + " Ctrl-C saves the state and stops; --resume continues."
    },
    footer = {
      "  trifocal transfer --data flowers",
      "  trifocal transfer --base resnet18 --data flowers",
      "  trifocal transfer --base mobilenet_v2.onnx --data flowers --augment flip,crop",
      "  trifocal transfer --base net.onnx --data flowers --fine-tune-from features.14",
      "  trifocal transfer --base net.onnx --data flowers --fine-tune-epochs 0 --backend djl",
      "  trifocal transfer --base resnet18 --weights resnet18.safetensors --data flowers",
      "  trifocal transfer --resume                the newest unfinished run"
    })
public final class TransferCommand implements Callable<Integer> {
  private final TrainingLauncher desk;

  @Option(
      names = "--base",
      paramLabel = "MODEL",
      description =
          "An .onnx file, or a zoo model, which starts from its published weights unless --weights"
              + " names a file. Default: mobilenet-v2.")
  private Optional<String> base = Optional.empty();

  @Mixin private TransferFlags transfer;
  @Mixin private TrainingFlags training;

  @Inject
  TransferCommand(TrainingLauncher desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    Map<String, String> values = new LinkedHashMap<>(transfer.values());
    base.ifPresent(value -> values.put("model", value));
    values.putAll(training.values());
    return desk.run(training, values);
  }
}
