package dev.trifocal.apps.command;

import dev.trifocal.apps.data.ContactSheets;
import dev.trifocal.apps.data.InspectionReport;
import dev.trifocal.apps.data.MaskReport;
import dev.trifocal.apps.data.MaskSheets;
import dev.trifocal.apps.report.Json;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.datasets.folder.ImageFolder;
import dev.trifocal.datasets.folder.Labelling;
import dev.trifocal.datasets.inspect.FolderInspection;
import dev.trifocal.datasets.segmentation.SegmentationFolder;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reports the contents of an image folder. */
@Command(
    name = "inspect",
    description = {
      "Inspect a folder of images before training on it.",
      "",
      "Reports counts per split and class, sizes and formats, unreadable files with the reason,"
          + " files that are not images, duplicates, and near-duplicates across splits. For images"
          + " with masks: the classes' shares of the pixels, images without masks, masks of other"
          + " sizes, and values and colours without a class."
    },
    footer = {
      "  trifocal datasets inspect flowers/",
      "  trifocal datasets inspect flowers/ --sheet flowers.png",
      "  trifocal datasets inspect flowers/ --json"
    })
public final class InspectDatasetCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      paramLabel = "DIR",
      description =
          "Folder with one subfolder of images per class, or with images and masks, or with"
              + " --multi-label any.")
  private Path folder;

  @Option(
      names = "--sheet",
      paramLabel = "FILE",
      description =
          "Write a PNG contact sheet with sample images, one row per class, or beside their masks.")
  private Optional<Path> sheet = Optional.empty();

  @Option(
      names = "--multi-label",
      description =
          "Images have any number of labels: those that labels.csv names, or the names of all folders"
              + " that they are in.")
  private boolean multiLabel;

  @Option(
      names = "--mask-classes",
      paramLabel = "FILE",
      description =
          "CSV file that lists the classes of masks (name,value or name,r,g,b). Default: classes.csv"
              + " in the folder, if there is one.")
  private Optional<Path> maskClasses = Optional.empty();

  @Mixin private JsonFlag json;

  @Inject
  InspectDatasetCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Path place = terminal.directory().resolve(folder);
    return Files.isDirectory(place) && !multiLabel && SegmentationFolder.isIn(place)
        ? masks(place)
        : images(place);
  }

  private int masks(Path place) {
    SegmentationFolder scanned =
        SegmentationFolder.scan(place, maskClasses.map(terminal.directory()::resolve));
    scanned.notes().forEach(terminal::remark);
    MaskReport report = new MaskReport(scanned, folder.toString());
    // A folder with problems is shown as far as it goes; its sheet would lack masks.
    sheet.ifPresent(
        file -> {
          scanned.requireUsable();
          ContactSheets.write(terminal.directory().resolve(file), MaskSheets.of(scanned));
        });
    terminal.line(json.wanted() ? new Json().text(report.asMap()) : report.text());
    return 0;
  }

  private int images(Path place) {
    ImageFolder scanned =
        ImageFolder.scan(place, multiLabel ? Labelling.MULTI_LABEL : Labelling.ONE_CLASS);
    scanned.notes().forEach(terminal::remark);
    InspectionReport report = new InspectionReport(FolderInspection.of(scanned), folder.toString());
    sheet.ifPresent(
        file -> ContactSheets.write(terminal.directory().resolve(file), ContactSheets.of(scanned)));
    terminal.line(json.wanted() ? new Json().text(report.asMap()) : report.text());
    return 0;
  }
}
