package dev.trifocal.apps.command;

import dev.trifocal.apps.engine.Engines;
import dev.trifocal.apps.model.ModelShelf;
import dev.trifocal.apps.model.NamedModel;
import dev.trifocal.apps.model.RawRun;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.datasets.npy.Npy;
import dev.trifocal.tensor.Tensor;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Raw tensors in and out. */
@Command(
    name = "run",
    description = {
      "Run a model on raw numbers: an .npy file in, an .npy file out.",
      "",
      "The input is float32 [N, C, H, W], as the model wants it; nothing is scaled. The output is"
          + " what the model makes of it, logits for a classifier."
    },
    footer = {
      "  trifocal run runs/lenet5-digits-1 --input x.npy --output y.npy",
    })
public final class RunCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final ModelShelf models;
  private final Engines engines;

  @Parameters(paramLabel = "MODEL", description = "A run directory, or a name of the zoo.")
  private String model;

  @Option(names = "--input", paramLabel = "FILE", required = true, description = "To read.")
  private Path input;

  @Option(names = "--output", paramLabel = "FILE", required = true, description = "To write.")
  private Path output;

  @Mixin private ZooFlags zoo;
  @Mixin private EngineFlags engine;

  @Inject
  RunCommand(Terminal terminal, ModelShelf models, Engines engines) {
    this.terminal = terminal;
    this.models = models;
    this.engines = engines;
  }

  @Override
  public Integer call() {
    NamedModel named = models.open(model, engine.config(), zoo.with(engine.values()));
    Tensor samples = Npy.read(terminal.directory().resolve(input));
    RawRun run = new RawRun(engines.backend(named.settings().engine().backend()), named);
    Tensor result = run.output(samples);
    Npy.write(terminal.directory().resolve(output), result);
    terminal.line("%s %s -> %s %s".formatted(input, samples, output, result));
    return 0;
  }
}
