package dev.trifocal.trainer;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Device;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.StepMemory;
import dev.trifocal.backend.StepSize;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.backend.UnsupportedNode;
import dev.trifocal.graph.Graph;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Predicts the memory of steps by a formula of its test, and does nothing else. */
final class PredictingBackend implements Backend {
  private final Function<StepSize, Optional<StepMemory>> formula;
  private final List<RunOptions> askedWith = new ArrayList<>();

  PredictingBackend(Function<StepSize, Optional<StepMemory>> formula) {
    this.formula = formula;
  }

  /** Returns the options of all predictions so far. */
  List<RunOptions> askedWith() {
    return askedWith;
  }

  @Override
  public String name() {
    return "predicting";
  }

  @Override
  public String engine() {
    return "a formula";
  }

  @Override
  public List<Device> devices() {
    return List.of(Device.CPU);
  }

  @Override
  public List<String> limits() {
    return List.of();
  }

  @Override
  public List<UnsupportedNode> unsupported(Graph graph) {
    return List.of();
  }

  @Override
  public Optional<StepMemory> stepMemory(
      TrainingPlan plan, Graph graph, StepSize size, RunOptions options) {
    askedWith.add(options);
    return formula.apply(size);
  }

  @Override
  public Program compile(Graph graph, Weights weights, RunOptions options) {
    throw new AssertionError("these tests predict, but a program was compiled with " + options);
  }

  @Override
  public TrainingSession train(TrainingPlan plan, Checkpoint checkpoint, RunOptions options) {
    throw new AssertionError("these tests predict, but a session was opened with " + options);
  }
}
