package dev.trifocal.apps.command;

import dev.trifocal.apps.report.Json;
import dev.trifocal.apps.report.ZooReport;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.zoo.Zoo;
import jakarta.inject.Inject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the zoo models. */
@Command(
    name = "zoo",
    description = {
      "List the available models, each with the paper that introduced it.",
      "",
      "Parameters and multiply-adds are computed from the network; top-1 is the published accuracy"
          + " on the ImageNet validation set. --json includes the sources of all figures.",
      "",
      "Published weights are downloaded from the model hub by --weights published and by --base of"
          + " 'trifocal transfer'."
    },
    footer = {"  trifocal zoo", "  trifocal zoo --json"})
public final class ZooCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private JsonFlag json;

  @Inject
  ZooCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    ZooReport report = new ZooReport(Zoo.list());
    terminal.line(json.wanted() ? new Json().text(report.asList()) : report.text());
    return 0;
  }
}
