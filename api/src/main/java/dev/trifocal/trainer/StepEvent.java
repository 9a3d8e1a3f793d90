package dev.trifocal.trainer;

import dev.trifocal.tensor.Tensor;
import java.util.Map;

/**
 * The result of a training step.
 *
 * @param epoch number of the epoch, from 1
 * @param batch number of the step's last batch in this epoch, from 1
 * @param batches number of batches per epoch
 * @param step number of the step in the whole run, from 1
 * @param loss mean loss of the step's batches before the update
 * @param learningRate learning rate of the step
 * @param running means of {@code loss} and each metric over the epoch so far
 * @param outputs outputs of the step's last batch by name, in training mode, before its update
 * @param labels labels of the same samples, by name
 */
public record StepEvent(
    int epoch,
    int batch,
    int batches,
    long step,
    double loss,
    double learningRate,
    Map<String, Double> running,
    Map<String, Tensor> outputs,
    Map<String, Tensor> labels) {}
