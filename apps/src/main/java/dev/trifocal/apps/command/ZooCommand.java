package dev.trifocal.apps.command;

import dev.trifocal.apps.report.Json;
import dev.trifocal.apps.report.Numbers;
import dev.trifocal.apps.report.Shapes;
import dev.trifocal.apps.report.Table;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.graph.Summary;
import dev.trifocal.zoo.Zoo;
import dev.trifocal.zoo.ZooModel;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the models. */
@Command(
    name = "zoo",
    description = "List the models that are there, each with the paper that describes it.",
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
    terminal.line(
        json.wanted()
            ? new Json().text(Zoo.list().stream().map(ZooCommand::described).toList())
            : table());
    return 0;
  }

  private static String table() {
    Table table =
        new Table()
            .text("model")
            .text("input")
            .number("classes")
            .number("parameters")
            .number("year")
            .text("source");
    for (ZooModel model : Zoo.list()) {
      table.row(
          model.name(),
          Shapes.text(model.input()),
          model.classes() == 0 ? "" : model.classes(),
          Numbers.count(parameters(model)),
          model.paper().year(),
          model.paper().title());
    }
    return table.toString();
  }

  private static Map<String, Object> described(ZooModel model) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("model", model.name());
    result.put("input", model.input().sizes());
    result.put("classes", model.classes());
    result.put("parameters", parameters(model));
    result.put("year", model.paper().year());
    result.put("source", model.paper().title());
    result.put("link", model.paper().link());
    return result;
  }

  private static long parameters(ZooModel model) {
    return Summary.of(model.graph()).parameters();
  }
}
