package dev.trifocal.apps.advice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trifocal.apps.engine.ClassifierTraining;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.backend.Backend;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.StepSize;
import dev.trifocal.config.Settings;
import dev.trifocal.error.TrifocalException;
import dev.trifocal.graph.Graph;
import dev.trifocal.train.TrainingPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;

/**
 * Advice on the training of a classifier with given settings.
 *
 * @param graph network that ends with logits
 * @param available memory that a run may take above the idle process; empty for no limit
 * @param steps number of steps to train when remedies are measured, at least 1
 */
public record AdviceRun(
    Terminal terminal,
    Backend backend,
    Graph graph,
    Settings settings,
    OptionalLong available,
    int steps) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Advice as text and as a map for JSON. */
  public record Result(String text, Map<String, Object> asMap) {}

  /**
   * Predicts what remedies save.
   *
   * @param name the only remedy to show besides the training as it is; empty for all
   */
  public Result predicted(Optional<String> name) {
    Remedies remedies = remedies();
    name.ifPresent(remedies::remedy);
    Advisor advisor = new Advisor(remedies);
    return result(name.map(advisor::rows).orElseGet(advisor::rows));
  }

  /** Measures one remedy in this process, which must not have trained before. */
  public Result measuredHere(String name) {
    Remedies remedies = remedies();
    Remedy remedy = remedies.remedy(name);
    RemedyMeasurement measured = RemedyMeasurement.of(backend, remedy, steps, settings.seed());
    List<AdviceRow> rows = new Advisor(remedies).rows(name);
    rows.add(rows.remove(rows.size() - 1).measured(measured));
    return result(rows);
  }

  /**
   * Predicts all remedies, and measures each in a process of its own.
   *
   * @param arguments returns the command line that measures a remedy with a step of this size
   */
  public Result measured(OwnProcess process, BiFunction<String, StepSize, List<String>> arguments) {
    Remedies remedies = remedies();
    List<AdviceRow> predicted = new Advisor(remedies).rows();
    List<String> names =
        predicted.stream()
            .filter(row -> row.figures().isPresent())
            .map(AdviceRow::name)
            .filter(remedies.names()::contains)
            .toList();
    List<AdviceRow> rows = new ArrayList<>();
    for (AdviceRow row : predicted) {
      int place = names.indexOf(row.name());
      if (place < 0) {
        rows.add(row);
        continue;
      }
      terminal.remark(
          "measuring %s (%d of %d), %d steps"
              .formatted(row.name(), place + 1, names.size(), steps));
      // A batch in parts is trained like one of that size, whatever is free in the other process.
      Remedy remedy = remedies.remedy(row.name());
      String name = remedy.size().equals(remedies.size()) ? row.name() : Remedies.AS_IS;
      rows.add(measured(row, process, arguments.apply(name, remedy.size())));
    }
    return result(rows);
  }

  private static AdviceRow measured(AdviceRow row, OwnProcess process, List<String> arguments) {
    try {
      JsonNode remedies = JSON.readTree(process.output(arguments)).path("remedies");
      JsonNode last = remedies.path(remedies.size() - 1);
      return row.measured(
          new RemedyMeasurement(
              last.path("milliseconds_per_step").asDouble(),
              last.path("measured_bytes").asLong(),
              last.path("first_loss").asDouble(),
              last.path("last_loss").asDouble()));
    } catch (JsonProcessingException e) {
      throw new TrifocalException("the measurement of %s is unreadable".formatted(row.name()), e);
    } catch (TrifocalException e) {
      return row.note("not measured: its process " + e.getMessage());
    }
  }

  private Remedies remedies() {
    StepSize size = settings.training().stepSize();
    TrainingPlan plan = ClassifierTraining.plan(settings.training().optimizer());
    RunOptions options = settings.engine().options().typicalBatchSize(size.batchSize());
    return new Remedies(backend, graph, size, plan, options, available);
  }

  private Result result(List<AdviceRow> rows) {
    AdviceReport report = new AdviceReport(rows, available);
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("model", graph.name());
    map.put("backend", backend.name());
    map.put("batch_size", settings.training().batchSize());
    map.put("accumulate", settings.training().accumulate());
    available.ifPresent(bytes -> map.put("available_bytes", bytes));
    map.put("remedies", report.asList());
    String title =
        "%s, batches of %s, %s: peak memory of a training step"
            .formatted(graph.name(), settings.training().stepSize(), backend.engine());
    return new Result(title + "\n\n" + report.text(), map);
  }
}
