package dev.trifocal.benchmarks;

/** Warms one engine up, times its steps and prints the milliseconds per step as JSON. */
public final class Main {
  private static final int BATCH = 32;

  private Main() {}

  /**
   * @param arguments engine (djl or dl4j), warm-up steps, timed steps
   */
  public static void main(String[] arguments) {
    int warmUp = Integer.parseInt(arguments[1]);
    int steps = Integer.parseInt(arguments[2]);
    try (Step step = arguments[0].equals("djl") ? new DjlStep(BATCH) : new Dl4jStep(BATCH)) {
      for (int i = 0; i < warmUp; i++) {
        step.run();
      }
      long start = System.nanoTime();
      for (int i = 0; i < steps; i++) {
        if (!Double.isFinite(step.run())) {
          throw new IllegalStateException("the loss is no number");
        }
      }
      double milliseconds = (System.nanoTime() - start) / 1e6 / steps;
      System.out.printf("{\"milliseconds_per_step\": %.3f}%n", milliseconds);
    }
  }
}
