package dev.trifocal.trainer;

import dev.trifocal.tensor.Tensor;
import java.util.Map;

/**
 * A step has been taken.
 *
 * @param epoch from 1
 * @param batch of this epoch, from 1
 * @param batches of one epoch
 * @param step of the whole training, from 1
 * @param loss of this step's batch, before its update
 * @param learningRate of this step
 * @param running means of {@code loss} and of each metric over the epoch so far
 * @param outputs of the last batch of this step by name, in training mode, before its update
 * @param labels of the same samples, by name
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
