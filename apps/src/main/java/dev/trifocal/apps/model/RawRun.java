package dev.trifocal.apps.model;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Program;
import dev.trifocal.graph.Node;
import dev.trifocal.tensor.Tensor;
import java.util.Map;

/** A model with one input as a function from tensor to tensor. */
public final class RawRun {
  private final Backend backend;
  private final NamedModel model;

  public RawRun(Backend backend, NamedModel model) {
    this.backend = backend;
    this.model = model;
  }

  /**
   * The first output of the model.
   *
   * @param samples float32 {@code [N, ...]}
   * @throws dev.trifocal.error.DataException if the samples do not suit the model
   */
  public Tensor output(Tensor samples) {
    Node input = model.graph().inputs().get(0);
    String output = model.graph().outputs().keySet().iterator().next();
    try (Program program = model.compile(backend)) {
      return program.run(Map.of(input.path(), samples)).get(output);
    }
  }
}
