package dev.trifocal.trainer;

import dev.trifocal.backend.Program;
import dev.trifocal.data.Dataset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Validates after the last batch of an epoch and writes the epoch's record. */
record EpochEnd(Fit fit, Checkpoints checkpoints) {
  /** The progress before the first batch of the next epoch. */
  Progress close(Progress done) {
    Stopwatch watch = Stopwatch.start();
    RunningSums running = new RunningSums(fit.start().metrics(), done.running());
    Map<String, Double> metrics = new LinkedHashMap<>(running.values());
    fit.data()
        .validation()
        .map(data -> validate(done.epoch(), data))
        .ifPresent(
            values ->
                values.forEach((name, value) -> metrics.put(EpochRecord.VALIDATION + name, value)));
    double rate = fit.learningRate(fit.step(done.epoch(), done.batch()) - 1);
    List<EpochRecord> history = new ArrayList<>(done.history());
    history.add(
        new EpochRecord(done.epoch(), metrics, rate, done.secondsInEpoch() + watch.seconds()));
    BestEpoch best = BestEpoch.of(history, fit.start().metrics());
    return new Progress(
        done.epoch() + 1, 0, Map.of(), history, best.epoch(), best.value(), 0, done.provenance());
  }

  private Map<String, Double> validate(int epoch, Dataset data) {
    Evaluator evaluator = Evaluator.of(fit.start(), fit.options(), fit.listener());
    Map<String, Double> values;
    try (Program program = fit.compile(evaluator.graph())) {
      values = evaluator.evaluate(program, data);
    }
    double loss = values.get(RunningSums.LOSS);
    if (!Double.isFinite(loss)) {
      throw checkpoints.diverged("the validation loss is %s after epoch %d".formatted(loss, epoch));
    }
    return values;
  }
}
