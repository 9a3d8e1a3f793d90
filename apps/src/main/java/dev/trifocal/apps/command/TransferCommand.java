package dev.trifocal.apps.command;

import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Teaches a pretrained network new classes. */
@Command(
    name = "transfer",
    description = {
      "Teach a pretrained network to tell your own classes apart.",
      "",
      "The network's head is replaced: global average pooling, dropout, a dense layer. The head"
          + " learns with the rest frozen (--epochs); then the last layers learn on with it, at a"
          + " tenth of the rate (--fine-tune-epochs). Without augmentation the frozen part runs"
          + " once for each picture. Batch norm in frozen layers stays in inference mode.",
      "",
      "DATA is a folder with train/<class>/*.jpg and val/<class>/*.jpg, or one folder per class,"
          + " which is split by the seed. A tenth is kept for the test that comes last.",
      "",
      "Writes a run directory: report.html to look at, model.onnx to take along, and all that"
          + " 'trifocal train' writes. Ctrl-C saves the state and stops; --resume goes on."
    },
    footer = {
      "  trifocal transfer --data flowers",
      "  trifocal transfer --base resnet18 --data flowers",
      "  trifocal transfer --base mobilenet_v2.onnx --data flowers --augment flip,crop",
      "  trifocal transfer --base net.onnx --data flowers --fine-tune-from features.14",
      "  trifocal transfer --base net.onnx --data flowers --fine-tune-epochs 0 --backend djl",
      "  trifocal transfer --base resnet18 --weights resnet18.safetensors --data flowers",
      "  trifocal transfer --resume                the newest run that is not finished"
    })
public final class TransferCommand implements Callable<Integer> {
  private final TrainingLauncher desk;

  @Option(
      names = "--base",
      paramLabel = "MODEL",
      description =
          "An .onnx file, or a name of the zoo, with its published weights unless --weights names a"
              + " file. Default: mobilenet-v2.")
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
