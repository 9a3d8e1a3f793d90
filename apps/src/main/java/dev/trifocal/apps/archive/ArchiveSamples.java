package dev.trifocal.apps.archive;

import static dev.trifocal.layer.Layer.batchNorm;
import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.globalAvgPool;
import static dev.trifocal.layer.Layer.relu6;

import dev.trifocal.datasets.image.ImageFile;
import dev.trifocal.error.FileException;
import dev.trifocal.file.AtomicFile;
import dev.trifocal.graph.Graph;
import dev.trifocal.image.Image;
import dev.trifocal.onnx.OnnxExporter;
import dev.trifocal.shape.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * Small data for the commands: a folder of digits, photographs in other formats, and a model of
 * another program.
 */
record ArchiveSamples(Path folder) {
  private static final int SIDE = 28;
  private static final int CLASSES = 10;
  private static final int IMAGES = 4;

  /** Writes {@code images}, {@code photo.jpg}, {@code photo.bmp} and {@code foreign.onnx}. */
  void write() {
    for (int label = 0; label < CLASSES; label++) {
      for (int i = 0; i < IMAGES; i++) {
        digit(folder.resolve("images/%d/%d.png".formatted(label, i)), 20 * label + i);
      }
    }
    List.of("jpg", "bmp").forEach(this::photo);
    Graph net = network();
    OnnxExporter.write(
        folder.resolve("foreign.onnx"), net, net.initialWeights(1), Map.<String, String>of());
  }

  private static void digit(Path file, int level) {
    byte[] values = new byte[SIDE * SIDE];
    Arrays.fill(values, (byte) level);
    ByteBuffer png = ByteBuffer.wrap(ImageFile.png(Image.of(SIDE, SIDE, 1, values)));
    AtomicFile.write(file, channel -> AtomicFile.writeFully(channel, png));
  }

  private void photo(String format) {
    BufferedImage image = new BufferedImage(2 * SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    try {
      ImageIO.write(image, format, folder.resolve("photo." + format).toFile());
    } catch (IOException e) {
      throw new FileException(folder + ": the sample images cannot be written", e);
    }
  }

  /** Has what most networks for images consist of; without metadata, as other programs write it. */
  private static Graph network() {
    return Graph.build(
        "foreign",
        Shape.of(3, SIDE, SIDE),
        image ->
            image
                .then("conv1", conv(8, 3).stride(2).padding(1))
                .then("bn1", batchNorm())
                .then("relu1", relu6())
                .then(x -> x.then("conv2", conv(8, 3).padding(1).groups(8)).plus(x))
                .then("avgpool", globalAvgPool())
                .then("flatten", flatten())
                .then("fc", dense(CLASSES)));
  }
}
