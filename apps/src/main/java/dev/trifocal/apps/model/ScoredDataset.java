package dev.trifocal.apps.model;

import dev.trifocal.data.Batch;
import dev.trifocal.data.Dataset;
import dev.trifocal.graph.ScoreOutput;
import dev.trifocal.layer.ScoreKind;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.vision.Classification;
import dev.trifocal.vision.ImageClassifier;
import dev.trifocal.vision.Prediction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A data set whose images are replaced by a classifier's logits, for losses and metrics.
 *
 * @param names number of classes, for classifiers that only output the best of them
 */
record ScoredDataset(Dataset source, ImageClassifier classifier, ScoreOutput scores, int names)
    implements Dataset {
  /** The lower bound of probabilities before the logarithm, as in Keras. */
  private static final double SMALLEST = 1e-7;

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public int size() {
    return source.size();
  }

  @Override
  public boolean isMultiLabel() {
    return source.isMultiLabel();
  }

  @Override
  public List<String> classes() {
    return source.classes();
  }

  @Override
  public Batch batch(int[] indices) {
    Batch batch = source.batch(indices);
    List<Classification> answers = classifier.predictPreprocessed(batch.input());
    int classes = isRanked() ? names : answers.get(0).predictions().size();
    List<Tensor> rows = new ArrayList<>();
    answers.forEach(answer -> rows.add(row(answer, classes)));
    return Batch.of(Tensor.concat(0, rows), batch.label());
  }

  /** Returns true if the model only outputs the best classes. */
  private boolean isRanked() {
    return scores.kind() == ScoreKind.CLASS_IDS || scores.ids().isPresent();
  }

  private Tensor row(Classification answer, int classes) {
    float[] logits = new float[classes];
    List<Prediction> predictions = answer.predictions();
    Arrays.fill(logits, -predictions.size());
    for (int rank = 0; rank < predictions.size(); rank++) {
      Prediction prediction = predictions.get(rank);
      if (prediction.id() < classes) {
        logits[prediction.id()] =
            isRanked() ? -rank : (float) logit(prediction.probability(), predictions.size());
      }
    }
    return Tensor.of(Shape.of(1, classes), logits);
  }

  private double logit(double probability, int classes) {
    double p = Math.max(SMALLEST, Math.min(1 - SMALLEST, probability));
    boolean independent = isMultiLabel() || scores.kind().isIndependent() && classes > 2;
    return independent ? Math.log(p / (1 - p)) : Math.log(p);
  }
}
