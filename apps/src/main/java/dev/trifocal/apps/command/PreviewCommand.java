package dev.trifocal.apps.command;

import dev.trifocal.apps.data.ContactSheets;
import dev.trifocal.apps.data.MaskSheets;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.config.ImageSize;
import dev.trifocal.datasets.augment.Augmentation;
import dev.trifocal.datasets.augment.AugmentationText;
import dev.trifocal.datasets.folder.ImageFolder;
import dev.trifocal.datasets.segmentation.SegmentationFolder;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.image.Image;
import dev.trifocal.image.ImagePreprocessor;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.shape.Shape;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Renders augmented images. */
@Command(
    name = "preview",
    description = {
      "Preview the augmentation of training images.",
      "",
      "Each row shows one image: the original first, then its augmented version in each epoch."
          + " Training with the same seed, size and preprocessing uses exactly these images. Mixup"
          + " is not shown. Images with masks are shown in the colours of their classes."
    },
    footer = {
      "  trifocal datasets preview flowers/ --augment crop,flip,jitter=0.2 --out preview.png",
      "  trifocal datasets preview flowers/ --augment rotate=30 --rows 3 --epochs 8 --out"
          + " rotated.png"
    })
public final class PreviewCommand implements Callable<Integer> {
  /** The largest number of rows or epochs that still gives a readable image. */
  private static final int MOST = 100;

  private final Terminal terminal;

  @Parameters(
      paramLabel = "DIR",
      description = "Folder with one subfolder of images per class, or with images and masks.")
  private Path folder;

  @Mixin private AugmentFlag augment;
  @Mixin private PreprocessingFlags images;

  @Option(
      names = "--mask-classes",
      paramLabel = "FILE",
      description =
          "CSV file that lists the classes of masks (name,value or name,r,g,b). Default: classes.csv"
              + " in the folder, if there is one.")
  private Optional<Path> maskClasses = Optional.empty();

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "PNG file to write.")
  private Path out;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "6",
      description = "Number of images to show, taken from all classes. Default: ${DEFAULT-VALUE}.")
  private int rows;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "5",
      description = "Number of augmented versions per image. Default: ${DEFAULT-VALUE}.")
  private int epochs;

  @Option(
      names = "--size",
      paramLabel = "N|HxW",
      defaultValue = "224",
      description =
          "Size to which images are resized: 224, or height and width, 160x200. Default:"
              + " ${DEFAULT-VALUE}.")
  private String size;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Seed of the augmentation and of the split. Default: ${DEFAULT-VALUE}.")
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
    Path place = terminal.directory().resolve(folder);
    Shape sample = Shape.of(3, pixels.height(), pixels.width());
    Preprocessing preprocessing =
        images.choice().over(Optional.of(Preprocessing.UNIT), sample).orElseThrow();
    ImagePreprocessor preprocessor = new ImagePreprocessor(preprocessing, sample);
    boolean masked = Files.isDirectory(place) && SegmentationFolder.isIn(place);
    Image sheet =
        masked
            ? new MaskSheets.Preview(augmentation, preprocessor, rows, epochs)
                .of(
                    SegmentationFolder.scan(place, maskClasses.map(terminal.directory()::resolve)),
                    seed)
            : new ContactSheets.Preview(augmentation, preprocessor, rows, epochs)
                .of(ImageFolder.scan(place), seed);
    ContactSheets.write(terminal.directory().resolve(out), sheet);
    terminal.line(out + " written");
    return 0;
  }
}
