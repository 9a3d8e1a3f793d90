package dev.trifocal.apps.command;

import dev.trifocal.apps.report.Json;
import dev.trifocal.apps.report.ZooReport;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.zoo.Zoo;
import jakarta.inject.Inject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the models. */
@Command(
    name = "zoo",
    description = {
      "List the models that are there, each with the paper that describes it.",
      "",
      "Parameters and multiply-adds are those of the network as it is drawn; top-1 is the accuracy"
          + " on ImageNet's validation images as published. --json has the sources of all figures.",
      "",
      "Where weights are published, --weights published takes them from the model hub, and so does"
          + " --base of 'trifocal transfer'."
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
