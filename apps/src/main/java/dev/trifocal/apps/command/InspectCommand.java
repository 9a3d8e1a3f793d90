package dev.trifocal.apps.command;

import dev.trifocal.apps.data.ContactSheets;
import dev.trifocal.apps.data.InspectionReport;
import dev.trifocal.apps.report.Json;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.datasets.folder.ImageFolder;
import dev.trifocal.datasets.inspect.FolderInspection;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what is in a folder of pictures. */
@Command(
    name = "inspect",
    description = {
      "Look at a folder of pictures before training on it.",
      "",
      "Counts by part and class, sizes and formats; files that cannot be read, with the reason;"
          + " files that are no pictures; copies, and pictures that look the same in two parts."
    },
    footer = {
      "  trifocal datasets inspect flowers/",
      "  trifocal datasets inspect flowers/ --sheet flowers.png",
      "  trifocal datasets inspect flowers/ --json"
    })
public final class InspectCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "DIR", description = "With a folder of pictures for each class.")
  private Path folder;

  @Option(
      names = "--sheet",
      paramLabel = "FILE",
      description = "Write a PNG that shows some pictures of each class, a row for each.")
  private Optional<Path> sheet = Optional.empty();

  @Mixin private JsonFlag json;

  @Inject
  InspectCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    ImageFolder scanned = ImageFolder.scan(terminal.directory().resolve(folder));
    InspectionReport report = new InspectionReport(FolderInspection.of(scanned), folder.toString());
    sheet.ifPresent(
        file -> ContactSheets.write(terminal.directory().resolve(file), ContactSheets.of(scanned)));
    terminal.line(json.wanted() ? new Json().text(report.asMap()) : report.text());
    return 0;
  }
}
