package dev.trifocal.train;

import dev.trifocal.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The mean loss over the batches of a data set, in double precision. Weighted means are accumulated
 * by sum and weight, other terms by the number of samples, so that all samples count equally.
 *
 * @param sums one sum per term
 * @param weights one weight per term
 */
public record LossMean(List<LossTerm> terms, List<Double> sums, List<Double> weights) {
  public LossMean {
    terms = List.copyOf(terms);
    sums = List.copyOf(sums);
    weights = List.copyOf(weights);
  }

  /** Returns the mean before the first batch. */
  public static LossMean of(LossGraph graph) {
    List<Double> zeros = Collections.nCopies(graph.terms().size(), 0.0);
    return new LossMean(graph.terms(), zeros, zeros);
  }

  /**
   * Adds a batch.
   *
   * @param outputs outputs of {@link LossGraph#measured}
   * @param batch number of samples
   */
  public LossMean plus(Map<String, Tensor> outputs, int batch) {
    List<Double> nextSums = new ArrayList<>();
    List<Double> nextWeights = new ArrayList<>();
    for (int i = 0; i < terms.size(); i++) {
      LossTerm term = terms.get(i);
      double sum = number(outputs, term.sum());
      double weight = term.weight().map(path -> number(outputs, path)).orElse((double) batch);
      nextSums.add(sums.get(i) + (term.weight().isPresent() ? sum : sum * batch));
      nextWeights.add(weights.get(i) + weight);
    }
    return new LossMean(terms, nextSums, nextWeights);
  }

  /** Returns the weighted sum of the terms so far; 0 before the first batch. */
  public double value() {
    double total = 0;
    for (int i = 0; i < terms.size(); i++) {
      double weight = weights.get(i);
      total += weight == 0 ? 0 : terms.get(i).objective().weight() * sums.get(i) / weight;
    }
    return total;
  }

  private static double number(Map<String, Tensor> outputs, String path) {
    return outputs.get(LossTerm.output(path)).floats().get(0);
  }
}
