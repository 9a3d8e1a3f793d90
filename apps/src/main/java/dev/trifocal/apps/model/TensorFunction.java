package dev.trifocal.apps.model;

import dev.trifocal.apps.engine.BackendRegistry;
import dev.trifocal.backend.Program;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.onnx.importer.FileValue;
import dev.trifocal.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A model as a function from tensors to tensors. */
public record TensorFunction(RunnableModel model, BackendRegistry backends) {
  /** The name under which a model's only input is given. */
  public static final String ONLY = "";

  /**
   * Computes the outputs by name, in the order of the model's file.
   *
   * @param given the inputs by name, or one tensor under {@link #ONLY}; inputs that no output
   *     depends on may be omitted
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
    List<String> names = model.inputs().stream().map(FileValue::name).toList();
    List<String> unused = model.unusedInputs();
    if (given.keySet().equals(Set.of(ONLY))) {
      if (names.size() == 1) {
        return Map.of(names.get(0), given.get(ONLY));
      }
      if (names.isEmpty() && unused.size() == 1) {
        return Map.of();
      }
    }
    Set<String> used = new LinkedHashSet<>(given.keySet());
    used.removeAll(unused);
    if (!used.equals(Set.copyOf(names))) {
      throw mismatch(names, unused, given.keySet());
    }
    return given;
  }

  private ConfigurationException mismatch(
      List<String> names, List<String> unused, Set<String> given) {
    List<String> all = new ArrayList<>();
    if (!names.isEmpty() || unused.isEmpty()) {
      all.add(counted(names, "input"));
    }
    if (!unused.isEmpty()) {
      all.add(counted(unused, "unused input"));
    }
    return new ConfigurationException(
        "%s has %s, but got %s; %s"
            .formatted(model.name(), String.join(" and ", all), described(given), cure(names)));
  }

  private static String counted(List<String> names, String noun) {
    return switch (names.size()) {
      case 0 -> "no inputs";
      case 1 -> "the %s %s".formatted(noun, names.get(0));
      default -> "the %ss %s".formatted(noun, String.join(", ", names));
    };
  }

  private static String described(Set<String> given) {
    return given.isEmpty()
        ? "none"
        : given.stream()
            .map(name -> name.equals(ONLY) ? "one without a name" : name)
            .collect(Collectors.joining(", "));
  }

  private static String cure(List<String> names) {
    return switch (names.size()) {
      case 0 -> "omit --input";
      case 1 -> "use --input %s=x.npy".formatted(names.get(0));
      default -> "pass each by name, for example --input %s=x.npy".formatted(names.get(0));
    };
  }
}
