import dev.trifocal.selection.Backends;
import dev.trifocal.data.Splits;
import dev.trifocal.datasets.digits.DigitsDataset;
import dev.trifocal.image.Image;
import dev.trifocal.shape.Shape;
import dev.trifocal.trainer.Callback;
import dev.trifocal.trainer.StepEvent;
import dev.trifocal.trainer.Trainer;
import dev.trifocal.trainer.TrainingControl;
import dev.trifocal.trainer.TrainingResult;
import dev.trifocal.vision.ClassifierOptions;
import dev.trifocal.vision.ImageClassifier;
import dev.trifocal.zoo.Zoo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Trains LeNet-5 on digits with one engine, then predicts one image at a time, and prints the
 * resident memory of the process and the Java objects that are in use.
 */
public final class MemoryFlat {
  private static final int BATCH = 32;
  private static final int SAMPLES = 10;
  private static final long NOISE_BYTES = 100_000;
  private static final Duration MOMENT = Duration.ofMillis(100);

  private final String engine;
  private final int count;

  private MemoryFlat(String engine, int count) {
    this.engine = engine;
    this.count = count;
  }

  /**
   * @param words the engine, and how many steps and how many predictions
   */
  public static void main(String[] words) {
    MemoryFlat check = new MemoryFlat(words[0], Integer.parseInt(words[1]));
    check.predict(check.train());
  }

  private TrainingResult train() {
    Splits digits =
        Splits.of(new DigitsDataset("train", 1, 20_000), new DigitsDataset("validation", 1, 1_000));
    Callback sampling =
        new Callback() {
          @Override
          public void stepEnded(StepEvent step, TrainingControl control) {
            sample("step", step.step());
            if (step.step() == count) {
              control.stop("all steps are taken");
            }
          }
        };
    return Trainer.on(Backends.get(engine))
        .epochs(Integer.MAX_VALUE)
        .batchSize(BATCH)
        .callbacks(sampling)
        .fit(Zoo.find("lenet5").graph(Shape.of(1, 28, 28), 10), digits);
  }

  private void predict(TrainingResult trained) {
    Image image = Image.of(28, 28, 1, new byte[28 * 28]);
    ClassifierOptions options = ClassifierOptions.DEFAULT.backend(engine);
    try (ImageClassifier classifier = ImageClassifier.of(trained.last(), options)) {
      for (int i = 1; i <= count; i++) {
        classifier.predict(image);
        sample("prediction", i);
      }
    }
  }

  private void sample(String what, long number) {
    if (number % (count / SAMPLES) == 0) {
      long used = usedAfterCollection();
      System.out.printf(
          Locale.ROOT,
          "%s %s %d: resident %d MiB, in use %.1f MiB%n",
          engine, what, number, residentKilobytes() >> 10, used / 1048576.0);
    }
  }

  /**
   * Collects until nothing more is freed. The arrays of ND4J go only after its own threads have seen
   * that they are unused, which takes them a moment.
   */
  private static long usedAfterCollection() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    int futile = 0;
    while (futile < 3) {
      System.gc();
      LockSupport.parkNanos(MOMENT.toNanos());
      long used = runtime.totalMemory() - runtime.freeMemory();
      futile = used < least - NOISE_BYTES ? 0 : futile + 1;
      least = Math.min(least, used);
    }
    return least;
  }

  private static long residentKilobytes() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
