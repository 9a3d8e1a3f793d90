package dev.trifocal.apps.command;

import dev.trifocal.apps.data.DataResolver;
import dev.trifocal.apps.report.Json;
import dev.trifocal.apps.report.TextTable;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.datasets.DatasetSource;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the named data sets. */
@Command(
    name = "datasets",
    description = {
      "List the named data sets, or inspect a folder of images.",
      "",
      "Folders are data sets too. Image folders hold <class>/*, or train/<class>/* with optional"
          + " val and test; missing splits are drawn from the training images, using the seed."
          + " Array folders hold x.npy (float32 or uint8, [N, C, H, W]) and y.npy (class ids)."
    },
    footer = {
      "  trifocal datasets",
      "  trifocal datasets --json",
      "  trifocal datasets inspect flowers/ --sheet flowers.png",
      "  trifocal datasets preview flowers/ --augment crop,flip --out preview.png"
    },
    subcommands = {InspectDatasetCommand.class, PreviewCommand.class})
public final class DatasetsCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final DataResolver dataResolver;
  @Mixin private JsonFlag json;

  @Inject
  DatasetsCommand(Terminal terminal, DataResolver dataResolver) {
    this.terminal = terminal;
    this.dataResolver = dataResolver;
  }

  @Override
  public Integer call() {
    terminal.line(
        json.wanted()
            ? new Json()
                .text(dataResolver.sources().stream().map(DatasetsCommand::described).toList())
            : table());
    return 0;
  }

  private String table() {
    TextTable table = new TextTable().text("data set").text("description");
    dataResolver.sources().forEach(source -> table.row(source.name(), source.description()));
    return table.toString();
  }

  private static Map<String, Object> described(DatasetSource source) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("name", source.name());
    result.put("description", source.description());
    return result;
  }
}
