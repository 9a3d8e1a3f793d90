package dev.trifocal.apps.model;

import dev.trifocal.backend.Program;
import dev.trifocal.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A program that takes a default for each input that is not given.
 *
 * @param defaults tensors by input
 */
record DefaultInputs(Program program, Map<String, Tensor> defaults) implements Program {
  @Override
  public Map<String, Tensor> run(Map<String, Tensor> inputs) {
    Map<String, Tensor> all = new LinkedHashMap<>(defaults);
    all.putAll(inputs);
    return program.run(all);
  }

  @Override
  public void close() {
    program.close();
  }
}
