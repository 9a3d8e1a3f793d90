package dev.trifocal.backend;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The predicted memory of training steps at their peak, in bytes: the resident memory of the
 * process above what it has with the engine loaded. Nothing of this size is allocated to predict
 * it.
 *
 * @param weights parameters and running statistics, in all copies that the engine holds
 * @param gradients gradients of the parameters that outlive the backward pass, and their sums over
 *     several batches
 * @param slots optimizer state
 * @param batch inputs, labels, dropout masks and results of one batch, on the host and on the
 *     engine
 * @param activations the largest sum of values that are alive at the same time: those that the
 *     backward pass still needs, and gradients of values
 * @param workspace temporary memory within operators, and free memory between values
 * @param overhead code, threads and buffers of the engine and of Java, which do not depend on the
 *     batch size, and the weights that training started from
 * @param kept what nothing but the next step can use after a step; part of the sum of the others
 */
public record StepMemory(
    long weights,
    long gradients,
    long slots,
    long batch,
    long activations,
    long workspace,
    long overhead,
    long kept) {

  /** Returns the sum of all parts. */
  public long total() {
    return weights + gradients + slots + batch + activations + workspace + overhead;
  }

  /** Returns the same parts with another number of bytes that are kept after a step. */
  public StepMemory keeping(long bytes) {
    return new StepMemory(
        weights, gradients, slots, batch, activations, workspace, overhead, bytes);
  }

  /** Returns the parts by name, in the order of the components. */
  public Map<String, Long> parts() {
    Map<String, Long> result = new LinkedHashMap<>();
    result.put("weights", weights);
    result.put("gradients", gradients);
    result.put("slots", slots);
    result.put("batch", batch);
    result.put("activations", activations);
    result.put("workspace", workspace);
    result.put("overhead", overhead);
    return result;
  }
}
