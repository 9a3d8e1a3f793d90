package dev.trifocal.testkit;

import dev.trifocal.train.BinaryCrossEntropy;
import dev.trifocal.train.Huber;
import dev.trifocal.train.Loss;
import dev.trifocal.train.LossSum;
import dev.trifocal.train.MeanSquaredError;
import dev.trifocal.train.SoftmaxCrossEntropy;
import java.util.List;
import java.util.OptionalLong;

/** A test case for a loss on learnable logits, with the name of its golden values. */
public record LossCase(String name, Loss loss) {
  /** The class weights in the golden values. */
  static final List<Double> CLASS_WEIGHTS = List.of(0.5, 2.0, 1.25, 0.75);

  public static List<LossCase> all() {
    SoftmaxCrossEntropy plain = new SoftmaxCrossEntropy();
    SoftmaxCrossEntropy weighted = plain.classWeights(CLASS_WEIGHTS);
    SoftmaxCrossEntropy both = weighted.labelSmoothing(0.1);
    return List.of(
        new LossCase("ids", plain),
        new LossCase("shares", plain),
        new LossCase("smoothed_ids", plain.labelSmoothing(0.1)),
        new LossCase("smoothed_shares", plain.labelSmoothing(0.2)),
        new LossCase("weighted_ids", weighted),
        new LossCase("weighted_shares", weighted),
        new LossCase("ignoring_ids", plain.ignoreIndex(2)),
        new LossCase("everything_at_once", both.ignoreIndex(-1)),
        new LossCase("large_logits", plain),
        new LossCase("pixel_ids", plain),
        new LossCase("pixel_shares", plain),
        new LossCase("pixels_at_once", both.ignoreIndex(255)),
        new LossCase("binary", new BinaryCrossEntropy()),
        new LossCase("binary_ids", new BinaryCrossEntropy()),
        new LossCase("binary_large_logits", new BinaryCrossEntropy()),
        new LossCase("binary_image", new BinaryCrossEntropy()),
        new LossCase("squares", new MeanSquaredError()),
        new LossCase("squares_of_an_image", new MeanSquaredError()),
        new LossCase("huber", Loss.huber()),
        new LossCase("huber_of_an_image", new Huber(0.5)),
        new LossCase("focal", Loss.focal()),
        new LossCase("focal_weighted", Loss.focal().gamma(1.5).classWeights(CLASS_WEIGHTS)),
        new LossCase("focal_pixels", Loss.focal()),
        new LossCase("focal_large_logits", Loss.focal()),
        new LossCase("binary_focal", Loss.binaryFocal()),
        new LossCase("binary_focal_image", Loss.binaryFocal()),
        new LossCase("soft_dice", Loss.softDice()),
        new LossCase("soft_dice_pixels", Loss.softDice()),
        new LossCase("soft_dice_shares", Loss.softDice()),
        new LossCase(
            "focal_ignoring_pixels",
            Loss.focal().classWeights(CLASS_WEIGHTS).ignoring(OptionalLong.of(255))),
        new LossCase("soft_dice_ignoring_pixels", Loss.softDice().ignoring(OptionalLong.of(255))),
        new LossCase(
            "cross_entropy_and_soft_dice",
            LossSum.of(
                Loss.softmaxCrossEntropy().ignoreIndex(255),
                Loss.softDice().ignoring(OptionalLong.of(255)))),
        new LossCase("kl_divergence", Loss.klDivergence()),
        new LossCase("kl_divergence_with_zeros", Loss.klDivergence()),
        new LossCase("kl_divergence_pixels", Loss.klDivergence()));
  }

  @Override
  public String toString() {
    return name;
  }
}
