import dev.trifocal.datasets.image.ImageFile;
import dev.trifocal.image.Image;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Trifocal's side of the picture benchmark: each line that comes in starts one pass over all
 * images of a folder on two threads, and is answered by the images per second.
 */
public final class DecodeAndResize {
  private static final int THREADS = 2;

  public static void main(String[] words) throws Exception {
    List<Path> files;
    try (Stream<Path> found = Files.walk(Path.of(words[0]))) {
      files = found.filter(file -> file.toString().endsWith(".jpg")).sorted().toList();
    }
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    while (System.in.read() >= 0) {
      long start = System.nanoTime();
      pass(files, threads);
      System.out.println(files.size() * 1e9 / (System.nanoTime() - start));
    }
    threads.shutdown();
  }

  private static void pass(List<Path> files, ExecutorService threads) throws Exception {
    List<Callable<Long>> shares = new ArrayList<>();
    for (int share = 0; share < THREADS; share++) {
      int first = share;
      shares.add(
          () -> {
            long sum = 0;
            for (int i = first; i < files.size(); i += THREADS) {
              Image image = ImageFile.read(files.get(i)).resize(224, 224);
              sum += image.toBytes()[0];
            }
            return sum;
          });
    }
    for (Future<Long> share : threads.invokeAll(shares)) {
      share.get();
    }
  }
}
