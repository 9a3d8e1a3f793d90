package dev.trifocal.apps.training;

import dev.trifocal.apps.report.NumberText;
import dev.trifocal.apps.run.TrainingRun;
import dev.trifocal.backend.Backend;
import dev.trifocal.config.Settings;
import dev.trifocal.config.SettingsText;
import dev.trifocal.data.Splits;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.GraphSummary;
import dev.trifocal.trainer.TrainingState;
import java.util.Map;

/** The text printed before the first step of a training run. */
final class TrainingBanner {
  private TrainingBanner() {}

  static String text(TrainingRun run, TrainingState start, Splits data, Backend backend) {
    Settings settings = run.settings();
    Graph graph = start.checkpoint().graph();
    Map<String, String> values = SettingsText.values(settings);
    long step = start.checkpoint().step();
    return String.join(
        "\n",
        "%s on %s: %s parameters, %s"
            .formatted(
                graph.name(),
                settings.data(),
                NumberText.count(GraphSummary.of(graph).parameters()),
                RunFacts.samples(data, " samples")),
        "%s with lr %s, schedule %s, batch size %s; %s on %s"
            .formatted(
                values.get("optimizer"),
                values.get("lr"),
                values.get("schedule"),
                settings.training().stepSize(),
                backend.engine(),
                settings.engine().device()),
        step == 0
            ? "run directory: " + run.folder()
            : "run directory: %s, resuming after step %d".formatted(run.folder(), step));
  }
}
