package dev.trifocal.apps.report.training;

import dev.trifocal.file.AtomicFile;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.imageio.ImageIO;

/** The report's PNG files. */
record PlotFiles(TrainingReport report) {
  /** What it takes to draw text. */
  private static final String WITHOUT_FONTS =
      "note: PNG files are left out, since Java finds no fonts here"
          + " (on Debian: apt install fontconfig fonts-dejavu-core)";

  /**
   * @return what a person should know if the files cannot be drawn
   */
  Optional<String> write(Path folder) {
    return write(folder, PlotFiles::drawText);
  }

  /**
   * @param probe fails where text cannot be drawn
   */
  Optional<String> write(Path folder, Runnable probe) {
    Map<Path, Supplier<BufferedImage>> files = new LinkedHashMap<>();
    if (!report.curves().history().isEmpty()) {
      files.put(folder.resolve("curves.png"), new CurvePlot(report)::image);
    }
    files.put(folder.resolve("confusion.png"), new ConfusionPlot(report.predictions())::image);
    files.put(folder.resolve("predictions.png"), new PredictionPlot(report.predictions())::image);
    return write(files, probe).map(reason -> reason + "; report.html is complete");
  }

  /**
   * @return what a person should know if the files cannot be drawn
   */
  static Optional<String> write(Map<Path, Supplier<BufferedImage>> files) {
    return write(files, PlotFiles::drawText);
  }

  private static Optional<String> write(Map<Path, Supplier<BufferedImage>> files, Runnable probe) {
    try {
      probe.run();
    } catch (RuntimeException | LinkageError | InternalError e) {
      // What Java throws without fonts differs by version, and by which library is missing.
      return Optional.of(WITHOUT_FONTS);
    }
    files.forEach((file, image) -> write(file, image.get()));
    return Optional.empty();
  }

  /** An image at twice the size of its drawing, so that it stays sharp. */
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
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ByteBuffer content = ByteBuffer.wrap(bytes.toByteArray());
    AtomicFile.write(file, channel -> AtomicFile.writeFully(channel, content));
  }
}
