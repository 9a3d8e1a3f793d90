package dev.trifocal.apps.command;

import dev.trifocal.apps.engine.BackendChooser;
import dev.trifocal.apps.engine.BackendRegistry;
import dev.trifocal.apps.model.ModelRequest;
import dev.trifocal.apps.model.ModelResolver;
import dev.trifocal.apps.model.RunnableModel;
import dev.trifocal.apps.model.TensorFunction;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.datasets.npy.Npy;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a model on raw tensors. */
@Command(
    name = "run",
    abbreviateSynopsis = true,
    description = {
      "Run a model on raw tensors: .npy files in, .npy files out.",
      "",
      "The input is float32 [N, C, H, W] and is passed to the model unchanged. The output is the"
          + " model's raw output, such as a classifier's logits.",
      "",
      "An .onnx file may expect [N, H, W, C]; both its own axis order and that of the imported"
          + " graph are accepted. Dynamic sizes are taken from the input. ONNX Runtime runs files"
          + " that cannot be imported as a graph."
    },
    footer = {
      "  trifocal run runs/lenet5-digits-1 --input x.npy --output y.npy",
      "  trifocal run net.onnx --input x.npy --output y.npy --output-name features",
      "  trifocal run net.onnx --input image=x.npy --input size=s.npy --outputs results"
    })
public final class RunCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final ModelResolver models;
  private final BackendRegistry backends;
  private final BackendChooser chooser;

  @Parameters(paramLabel = "MODEL", description = "A run directory, an .onnx file or a zoo model.")
  private String model;

  @Option(
      names = "--input",
      paramLabel = "[NAME=]FILE",
      description = ".npy file to read; repeat as NAME=FILE for models with several inputs.")
  private List<String> inputs = new ArrayList<>();

  @Mixin private OutputFlags output;

  @Mixin private ZooFlags zoo;
  @Mixin private EngineFlags engine;

  @Inject
  RunCommand(
      Terminal terminal, ModelResolver models, BackendRegistry backends, BackendChooser chooser) {
    this.terminal = terminal;
    this.models = models;
    this.backends = backends;
    this.chooser = chooser;
  }

  @Override
  public Integer call() {
    output.require();
    Map<String, Tensor> given = new LinkedHashMap<>();
    for (String input : inputs) {
      if (given.put(name(input), Npy.read(file(input))) != null) {
        throw repeated(name(input));
      }
    }
    ModelRequest request = ModelRequest.of(model, engine.config(), zoo.with(engine.values()));
    RunnableModel opened =
        models.openAny(sized(request, given)).backend(chooser, batchSize(given), 1);
    Map<String, Tensor> made = new TensorFunction(opened, backends).outputs(given);
    output
        .files(made)
        .forEach(
            (file, name) -> {
              Npy.write(terminal.directory().resolve(file), made.get(name));
              terminal.line("%s-> %s %s".formatted(described(given), file, made.get(name)));
            });
    return 0;
  }

  private static int batchSize(Map<String, Tensor> given) {
    return given.values().stream()
        .filter(tensor -> tensor.shape().rank() > 0)
        .mapToInt(tensor -> Math.max(1, tensor.shape().size(0)))
        .findFirst()
        .orElse(1);
  }

  /** Adds the sizes of the inputs, which a file may leave open. */
  private static ModelRequest sized(ModelRequest request, Map<String, Tensor> given) {
    Map<String, Shape> samples = new LinkedHashMap<>();
    given.forEach(
        (name, tensor) -> {
          if (tensor.shape().rank() > 0) {
            samples.put(name, tensor.shape().sample());
          }
        });
    Shape only = samples.remove(TensorFunction.ONLY);
    ModelRequest sized = request.samples(samples);
    return only == null ? sized : sized.ifOpen(only);
  }

  private static ConfigurationException repeated(String name) {
    return new ConfigurationException(
        name.equals(TensorFunction.ONLY)
            ? "--input is given several times without a name; use --input NAME=FILE for each"
            : "--input %s=FILE is given several times; give each input once".formatted(name));
  }

  private String described(Map<String, Tensor> given) {
    return inputs.stream()
        .map(input -> "%s %s".formatted(input, given.get(name(input))))
        .collect(Collectors.joining(", ", "", inputs.isEmpty() ? "" : " "));
  }

  /** Returns the part before the equals sign, unless a file with the whole name exists. */
  private String name(String input) {
    int equals = input.indexOf('=');
    boolean whole = equals < 0 || Files.exists(terminal.directory().resolve(input));
    return whole ? TensorFunction.ONLY : input.substring(0, equals);
  }

  private Path file(String input) {
    String name = name(input);
    return terminal
        .directory()
        .resolve(name.isEmpty() ? input : input.substring(name.length() + 1));
  }
}
