package dev.trifocal.testkit.conformance;

/** The contracts, in the order of the document. */
public enum ContractTopic {
  LAYERS(
      "Layers",
      "Outputs, gradients and running statistics of single layers against PyTorch: the largest"
          + " difference relative to the largest value of the tensor. Forward and statistics must"
          + " be within 1e-5, gradients within 1e-4."),
  LOSSES(
      "Losses",
      "Each loss and its gradient with respect to the logits, in the same measure: within 1e-5 and"
          + " 1e-4."),
  OPTIMIZERS(
      "Optimizers",
      "Ten steps of every optimizer with every loss, losses and weights: within 1e-5."),
  CUSTOM_OPTIMIZERS(
      "Custom optimizers",
      "Optimizers written outside of Trifocal: every operation that formulas are made of against"
          + " double precision, within 1e-5; slots are kept, and a resume is exact."),
  PLANS(
      "Plans",
      "Ten steps with gradients clipped by value or by global norm, with decay of weights only,"
          + " with learning rates per group and with a new optimizer after half of them (phase),"
          + " and of a picture that is learned: within 1e-5."),
  CURVES(
      "Curves",
      "Fifty steps of small nets: the largest difference of a loss from PyTorch's in double"
          + " precision, within 1e-3."),
  RANDOM_GRAPHS(
      "Random graphs",
      "Small graphs drawn at random against the reference in double precision, forward within 1e-5,"
          + " and against its finite differences, within 1e-3."),
  BETWEEN_ENGINES(
      "Between engines",
      "Fifty steps on two engines (curve), and twenty-five on the first and as many on the second,"
          + " through files, against fifty on the first (resume): the largest difference of a loss,"
          + " within 1e-3. Weights and slots after such a change (state) within 1e-4."),
  TRAINING("Training", "Whole trainings repeat, resume bit by bit and predict what they trained."),
  TRANSFER(
      "Transfer",
      "Transfer learning freezes what it says, fine-tunes what it says, and resumes in either"
          + " phase. Weights with a frozen part's values kept, against the whole network in each"
          + " step (kept features): within 1e-4."),
  OBJECTIVES("Objectives", "Several losses at once, frozen parts, outputs without a loss."),
  ACCUMULATION(
      "Accumulation",
      "Gradients apart from updates: micro-batches against one batch, gradients that are read and"
          + " given: weights within 1e-5, gradients within 1e-4."),
  INPUTS("Inputs", "What does not fit is refused with a message, and nothing has changed then."),
  UNSUPPORTED("Unsupported", "Exactly what is called unsupported is refused."),
  LIFECYCLE("Lifecycle", "Opening, closing, use after close."),
  RESOURCES(
      "Resources",
      "Memory does not grow, sessions in several threads do not meet. Losses with one thread and"
          + " with two: within 1e-5."),
  GARBAGE("Garbage", "Nothing that an engine needs is collected.");

  private final String title;
  private final String meaning;

  ContractTopic(String title, String meaning) {
    this.title = title;
    this.meaning = meaning;
  }

  /** Returns the heading. */
  String title() {
    return title;
  }

  /** Returns a description of the comparison and its tolerance. */
  String meaning() {
    return meaning;
  }
}
