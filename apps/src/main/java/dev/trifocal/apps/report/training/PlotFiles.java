package dev.trifocal.apps.report.training;

import dev.trifocal.datasets.image.ImageFile;
import dev.trifocal.file.AtomicFile;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The report's PNG files. */
record PlotFiles(TrainingReport report) {
  /** The note for systems without fonts. */
  private static final String WITHOUT_FONTS =
      "note: no PNG files were written because Java finds no fonts (on Debian: apt install"
          + " fontconfig fonts-dejavu-core)";

  /**
   * Writes the report's PNG files.
   *
   * @return a note to the user if the files could not be drawn
   */
  Optional<String> write(Path folder) {
    return write(folder, PlotFiles::drawText);
  }

  /**
   * Writes the report's PNG files.
   *
   * @param probe an action that fails if text cannot be drawn
   * @return a note to the user if the files could not be drawn
   */
  Optional<String> write(Path folder, Runnable probe) {
    Map<Path, Supplier<BufferedImage>> files = new LinkedHashMap<>();
    if (!report.curves().history().isEmpty()) {
      files.put(folder.resolve("curves.png"), new CurvePlot(report)::image);
    }
    report
        .predictions()
        .drawings()
        .forEach((name, image) -> files.put(folder.resolve(name), image));
    return write(files, probe).map(reason -> reason + "; report.html is complete");
  }

  /**
   * Writes PNG files.
   *
   * @return a note to the user if the files could not be drawn
   */
  static Optional<String> write(Map<Path, Supplier<BufferedImage>> files) {
    return write(files, PlotFiles::drawText);
  }

  private static Optional<String> write(Map<Path, Supplier<BufferedImage>> files, Runnable probe) {
    try {
      probe.run();
    } catch (RuntimeException | LinkageError | InternalError e) {
      // Without fonts, the exception depends on the Java version and on the missing library.
      return Optional.of(WITHOUT_FONTS);
    }
    files.forEach((file, image) -> write(file, image.get()));
    return Optional.empty();
  }

  /** Renders a drawing at twice its size for high resolution. */
  static BufferedImage drawn(int width, int height, Consumer<Graphics2D> drawing) {
    BufferedImage image = new BufferedImage(2 * width, 2 * height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.scale(2, 2);
      drawing.accept(graphics);
    } finally {
      graphics.dispose();
    }
    return image;
  }

  private static void drawText() {
    drawn(
        1,
        1,
        graphics -> {
          graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
          graphics.drawString("0", 0, 1);
        });
  }

  private static void write(Path file, BufferedImage image) {
    ByteBuffer content = ByteBuffer.wrap(ImageFile.encoded(image, "png"));
    AtomicFile.write(file, channel -> AtomicFile.writeFully(channel, content));
  }
}
