package dev.trifocal.backend.dl4j;

import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.profile.Profile;
import dev.trifocal.profile.ProfileLength;
import dev.trifocal.profile.ProfileRecorder;
import dev.trifocal.profile.StepPhase;
import dev.trifocal.profile.Stopwatch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Times each call of ND4J, which returns when the operator is done. */
final class CallTimer implements CallObserver {
  private final Map<String, String> weightNodes;
  private ProfileRecorder recorder = new ProfileRecorder();
  private StepPhase phase = StepPhase.UNKNOWN;
  private List<String> layers = List.of();

  CallTimer(Graph graph) {
    this.weightNodes = graph.weightNodes();
  }

  /** Measures the work, which makes its calls through this observer. */
  Profile profile(ProfileLength length, Runnable work) {
    length.warmUp(work);
    recorder = new ProfileRecorder();
    Stopwatch watch = Stopwatch.start();
    length.measure(work);
    return new Profile(length.steps(), watch.seconds() * 1000, recorder.entries());
  }

  @Override
  public void outsideLayers() {
    next(StepPhase.UNKNOWN, List.of());
  }

  @Override
  public void forward(Node node) {
    next(StepPhase.FORWARD, List.of(node.path()));
  }

  @Override
  public void backward(Node node) {
    next(StepPhase.BACKWARD, List.of(node.path()));
  }

  @Override
  public void update(Optional<String> parameter) {
    next(StepPhase.UPDATE, parameter.map(weightNodes::get).stream().toList());
  }

  @Override
  public void call(String operator, List<INDArray> arrays, Runnable call) {
    Stopwatch watch = Stopwatch.start();
    call.run();
    recorder.add(operator, layers, phase, watch.seconds() * 1000);
  }

  private void next(StepPhase phase, List<String> layers) {
    this.phase = phase;
    this.layers = layers;
  }
}
