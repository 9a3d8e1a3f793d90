package dev.trifocal.backend;

import dev.trifocal.tensor.Tensor;
import java.util.Map;

/**
 * What a training step saw, before its update.
 *
 * @param loss weighted sum over the objectives, mean over the batch
 * @param outputs by output name, in training mode
 */
public record StepResult(double loss, Map<String, Tensor> outputs) {}
