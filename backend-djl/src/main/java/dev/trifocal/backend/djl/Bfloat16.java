package dev.trifocal.backend.djl;

import ai.djl.pytorch.engine.PtNDArray;
import dev.trifocal.backend.ComputePrecision;
import dev.trifocal.backend.Device;
import dev.trifocal.backend.Processor;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.layer.Conv2d;
import java.util.HashMap;
import java.util.Map;

/**
 * Predictions with convolutions of bfloat16 numbers, which oneDNN sums up in float32. Everything
 * else is computed in float32.
 */
final class Bfloat16 {
  private static final String KIND = Conv2d.class.getSimpleName();

  private Bfloat16() {}

  /**
   * Checks that a processor multiplies bfloat16 numbers; others would convert each one to float32.
   *
   * @throws ConfigurationException if the options ask for bfloat16, and it would not be faster
   */
  static void requireFaster(RunOptions options, Processor processor) {
    if (options.precision() != ComputePrecision.BF16) {
      return;
    }
    if (!options.device().equals(Device.CPU)) {
      throw refusal("predicts in bf16 on the CPU only, but the device is " + options.device());
    }
    if (!processor.hasAny("avx512_bf16", "amx_bf16")) {
      throw refusal(
          "predicts faster in bf16 only on processors with AVX-512-BF16 or AMX (avx512_bf16 or amx_bf16 in /proc/cpuinfo), and %s has neither"
              .formatted(processor.model()));
    }
    if (OneDnn.isLimited()) {
      throw refusal(
          "cannot predict in bf16 on this machine, because oneDNN does not see the caches of its processor and is limited to "
              + OneDnn.WITHOUT_BLOCKS);
    }
  }

  private static ConfigurationException refusal(String problem) {
    return new ConfigurationException(
        "backend djl %s; choose precision float32. Models take half the space on any machine if they are exported with weights of 16 bits"
            .formatted(problem));
  }

  /** Returns the weights of a graph, those of convolutions in bfloat16; closes what it replaces. */
  static Map<String, PtNDArray> ofConvolutions(
      Graph graph, Map<String, PtNDArray> weights, ScriptedOperators scripts) {
    Map<String, PtNDArray> result = new HashMap<>(weights);
    for (Node node : graph.nodes()) {
      if (node.layer().kind().equals(KIND)) {
        for (String name : new String[] {node.path() + ".weight", node.path() + ".bias"}) {
          result.computeIfPresent(
              name,
              (key, wide) -> {
                try (wide) {
                  return scripts.bfloat16(wide);
                }
              });
        }
      }
    }
    return result;
  }
}
