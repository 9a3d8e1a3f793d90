package dev.trifocal.backend;

import dev.trifocal.tensor.Tensor;
import java.util.Map;

/**
 * The result of a training step, computed before the update.
 *
 * @param loss weighted sum of the objectives, averaged over the batch
 * @param outputs outputs in training mode, by name
 */
public record StepResult(double loss, Map<String, Tensor> outputs) {}
