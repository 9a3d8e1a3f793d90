package dev.trifocal.apps.model;

import dev.trifocal.apps.engine.BackendRegistry;
import dev.trifocal.backend.Program;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import dev.trifocal.onnx.importer.FileValue;
import dev.trifocal.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A model as a function from tensors to tensors. */
public record TensorFunction(RunnableModel model, BackendRegistry backends) {
  /** The name under which a model's only input is given. */
  public static final String ONLY = "";

  /**
   * Computes the outputs by name, in the order of the model's file.
   *
   * @param given the inputs by name, or one tensor under {@link #ONLY}
   * @throws ConfigurationException if the names are not those of the inputs
   * @throws dev.trifocal.error.DataException if the samples have the wrong shape or type
   */
  public Map<String, Tensor> outputs(Map<String, Tensor> given) {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    Map<String, Tensor> named = named(given);
    for (FileValue input : model.inputs()) {
      inputs.put(input.path(), model.fitted(input, named.get(input.name())));
    }
    try (Program program = model.program(backends)) {
      Map<String, Tensor> made = program.run(inputs);
      Map<String, Tensor> outputs = new LinkedHashMap<>();
      for (FileValue output : model.outputs()) {
        // A file may have outputs that are no numbers, which programs leave out.
        if (made.containsKey(output.path())) {
          outputs.put(output.name(), made.get(output.path()));
        }
      }
      return outputs;
    }
  }

  private Map<String, Tensor> named(Map<String, Tensor> given) {
    List<String> names = new ArrayList<>(model.inputs().stream().map(FileValue::name).toList());
    if (names.size() == 1 && given.keySet().equals(Set.of(ONLY))) {
      return Map.of(names.get(0), given.get(ONLY));
    }
    Set<String> used = new LinkedHashSet<>(given.keySet());
    used.removeAll(model.unusedInputs());
    if (!used.equals(Set.copyOf(names))) {
      throw new ConfigurationException(
          "%s has the inputs %s; pass each by name, for example --input %s=x.npy"
              .formatted(
                  model.name(),
                  String.join(", ", names),
                  names.isEmpty() ? Graph.INPUT : names.get(0)));
    }
    return given;
  }
}
