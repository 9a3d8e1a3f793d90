package dev.trifocal.apps.model;

import dev.trifocal.tensor.HalfPrecision;
import dev.trifocal.weights.Safetensors;
import dev.trifocal.weights.Weights;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Writes the weights of a model as a safetensors file, which {@code --weights} reads. */
public record WeightsWriter(LoadedModel model) implements ModelWriter {
  @Override
  public void write(Path target, Optional<HalfPrecision> half) {
    half.ifPresentOrElse(
        format -> Safetensors.write(target, weights(), metadata(), format),
        () -> Safetensors.write(target, weights(), metadata()));
  }

  @Override
  public Weights weights() {
    return model.state().inference().checkpoint().weights();
  }

  @Override
  public Path file(Path target) {
    return target;
  }

  @Override
  public long float32Bytes() {
    return Safetensors.size(weights(), metadata());
  }

  private Map<String, String> metadata() {
    return Map.of("graph", model.graph().name());
  }
}
