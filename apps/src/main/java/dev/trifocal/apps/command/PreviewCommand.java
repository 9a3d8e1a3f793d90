package dev.trifocal.apps.command;

import dev.trifocal.apps.data.ContactSheets;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.config.ImageSize;
import dev.trifocal.datasets.augment.Augmentation;
import dev.trifocal.datasets.augment.AugmentationText;
import dev.trifocal.datasets.folder.ImageFolder;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.image.ImagePreprocessor;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.shape.Shape;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what augmentation makes of pictures. */
@Command(
    name = "preview",
    description = {
      "Show what augmentation makes of training pictures: a row for each, the picture first, then"
          + " as it is in one epoch after the other.",
      "",
      "With the same seed, size and preprocessing, training sees the very same pictures. What mixup"
          + " does is not shown."
    },
    footer = {
      "  trifocal datasets preview flowers/ --augment crop,flip,jitter=0.2 --out preview.png",
      "  trifocal datasets preview flowers/ --augment rotate=30 --rows 3 --epochs 8 --out turned.png"
    })
public final class PreviewCommand implements Callable<Integer> {
  /** More would be no picture to look at. */
  private static final int MOST = 100;

  private final Terminal terminal;

  @Parameters(paramLabel = "DIR", description = "With a folder of pictures for each class.")
  private Path folder;

  @Mixin private AugmentFlag augment;
  @Mixin private PreprocessingFlags images;

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "PNG to write.")
  private Path out;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "6",
      description = "Pictures to show, from all classes. Default: ${DEFAULT-VALUE}.")
  private int rows;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "5",
      description = "How often each. Default: ${DEFAULT-VALUE}.")
  private int epochs;

  @Option(
      names = "--size",
      paramLabel = "N|HxW",
      defaultValue = "224",
      description = "As the network reads them. Default: ${DEFAULT-VALUE}.")
  private String size;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Of the changes, and of what is set aside. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Inject
  PreviewCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (rows <= 0 || epochs <= 0) {
      throw new ConfigurationException(
          "--rows and --epochs must be positive, but are %d and %d".formatted(rows, epochs));
    }
    if (rows > MOST || epochs > MOST) {
      throw new ConfigurationException(
          "--rows and --epochs must be at most %d, but are %d and %d"
              .formatted(MOST, rows, epochs));
    }
    Augmentation augmentation =
        AugmentationText.parse(augment.values().getOrDefault("augment", AugmentationText.NONE));
    ImageSize pixels = ImageSize.parse(size);
    ImageFolder scanned = ImageFolder.scan(terminal.directory().resolve(folder));
    Shape sample = Shape.of(3, pixels.height(), pixels.width());
    Preprocessing preprocessing =
        images.choice().over(Optional.of(Preprocessing.UNIT), sample).orElseThrow();
    ContactSheets.Preview preview =
        new ContactSheets.Preview(
            augmentation, new ImagePreprocessor(preprocessing, sample), rows, epochs);
    ContactSheets.write(terminal.directory().resolve(out), preview.of(scanned, seed));
    terminal.line(out + " written");
    return 0;
  }
}
