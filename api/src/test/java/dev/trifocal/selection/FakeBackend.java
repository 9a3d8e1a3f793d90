package dev.trifocal.selection;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.BackendProvider;
import dev.trifocal.backend.Device;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.backend.UnsupportedNode;
import dev.trifocal.graph.Graph;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.Weights;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * A backend whose predictions take the durations given, of which the last one stays; they fail if
 * it is negative.
 */
final class FakeBackend implements Backend, BackendProvider {
  private final String name;
  private final String version;
  private final FakeClock clock;
  private final Deque<Double> seconds;
  private int runs;
  private int closed;

  FakeBackend(String name, String version, FakeClock clock, Double... seconds) {
    this.name = name;
    this.version = version;
    this.clock = clock;
    this.seconds = new ArrayDeque<>(List.of(seconds));
  }

  int runs() {
    return runs;
  }

  int closed() {
    return closed;
  }

  @Override
  public Backend create() {
    return this;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String engine() {
    return "Fake " + version;
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
  public Program compile(Graph graph, Weights weights, RunOptions options) {
    return new Program() {
      @Override
      public Map<String, Tensor> run(Map<String, Tensor> inputs) {
        runs++;
        double duration = seconds.size() > 1 ? seconds.remove() : seconds.element();
        if (duration < 0) {
          throw new IllegalStateException();
        }
        clock.pass(duration);
        return inputs;
      }

      @Override
      public void close() {
        closed++;
      }
    };
  }

  @Override
  public TrainingSession train(TrainingPlan plan, Checkpoint checkpoint, RunOptions options) {
    throw new AssertionError("these tests predict, but a session was opened with " + options);
  }
}
