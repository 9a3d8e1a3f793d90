package dev.trifocal.apps.command;

import dev.trifocal.apps.data.ContactSheets;
import dev.trifocal.apps.data.InspectionReport;
import dev.trifocal.apps.report.Json;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.datasets.folder.ImageFolder;
import dev.trifocal.datasets.folder.Labelling;
import dev.trifocal.datasets.inspect.FolderInspection;
import jakarta.inject.Inject;
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
          + " files that are not images, duplicates, and near-duplicates across splits."
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
      description = "Folder with one subfolder of images per class, or with --multi-label any.")
  private Path folder;

  @Option(
      names = "--sheet",
      paramLabel = "FILE",
      description = "Write a PNG contact sheet with sample images, one row per class.")
  private Optional<Path> sheet = Optional.empty();

  @Option(
      names = "--multi-label",
      description =
          "Images have any number of labels: those that labels.csv names, or the names of all folders"
              + " that they are in.")
  private boolean multiLabel;

  @Mixin private JsonFlag json;

  @Inject
  InspectDatasetCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    ImageFolder scanned =
        ImageFolder.scan(
            terminal.directory().resolve(folder),
            multiLabel ? Labelling.MULTI_LABEL : Labelling.ONE_CLASS);
    scanned.notes().forEach(terminal::remark);
    InspectionReport report = new InspectionReport(FolderInspection.of(scanned), folder.toString());
    sheet.ifPresent(
        file -> ContactSheets.write(terminal.directory().resolve(file), ContactSheets.of(scanned)));
    terminal.line(json.wanted() ? new Json().text(report.asMap()) : report.text());
    return 0;
  }
}
