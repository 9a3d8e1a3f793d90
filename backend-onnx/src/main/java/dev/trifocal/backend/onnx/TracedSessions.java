package dev.trifocal.backend.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.file.FileFailure;
import dev.trifocal.graph.Graph;
import dev.trifocal.profile.ChromeTrace;
import dev.trifocal.profile.ProfileEntry;
import dev.trifocal.profile.ProfileLength;
import dev.trifocal.profile.ProfileRecorder;
import dev.trifocal.profile.TraceEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Opens sessions with ONNX Runtime's profiler, and reads the traces that they write to a temporary
 * folder.
 */
final class TracedSessions implements AutoCloseable {
  /** The number of events after which ONNX Runtime stops recording. */
  private static final int MOST_EVENTS = 1_000_000;

  /** Models up to this size are read back after optimisation, to find where nodes belong. */
  private static final int LARGEST_READ_BACK = 1 << 28;

  private static final double MICROSECONDS = 1000;
  private static final String KERNEL = "_kernel_time";

  private final Path folder;
  private final List<Traced> sessions = new ArrayList<>();

  private record Traced(OrtSession session, ModelProto model, Path optimised) {}

  private TracedSessions(Path folder) {
    this.folder = folder;
  }

  static TracedSessions create() {
    return in(Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** Creates a new folder for the traces in another one, which must exist. */
  static TracedSessions in(Path parent) {
    try {
      return new TracedSessions(Files.createTempDirectory(parent, "trifocal-profile-"));
    } catch (IOException e) {
      throw FileFailure.writing(parent, e);
    }
  }

  OrtSession open(
      String name, ModelProto model, RunOptions options, OnnxSessions.FurtherOptions further) {
    Path optimised = folder.resolve(sessions.size() + ".onnx");
    OrtSession session =
        OnnxSessions.open(
            name,
            model,
            options,
            traced -> {
              further.set(traced);
              traced.enableProfiling(folder.resolve("trace" + sessions.size()).toString());
              if (model.getSerializedSize() <= LARGEST_READ_BACK) {
                traced.setOptimizedModelFilePath(optimised.toString());
              }
            });
    sessions.add(new Traced(session, model, optimised));
    return session;
  }

  /**
   * Ends the traces and returns their operators without those of the warm-up.
   *
   * @param graph the graph whose layers the nodes are named after
   */
  List<ProfileEntry> entries(Graph graph, ProfileLength length) {
    ProfileRecorder recorder = new ProfileRecorder();
    for (Traced traced : sessions) {
      NodeOrigins origins = NodeOrigins.of(traced.model(), optimised(traced), graph);
      Set<String> nested = nested(traced.model());
      measured(trace(traced.session()), length)
          .forEach(
              event -> {
                String node = event.name().substring(0, event.name().length() - KERNEL.length());
                if (nested.contains(node)) {
                  return;
                }
                NodeOrigin origin = origins.of(node, event.operator());
                recorder.add(
                    event.operator(),
                    origin.layers(),
                    origin.phase(),
                    event.duration() / MICROSECONDS);
              });
    }
    return recorder.entries();
  }

  /** Returns the names of the nodes in bodies of other nodes, whose time includes theirs. */
  private static Set<String> nested(ModelProto model) {
    return model.getGraph().getNodeList().stream()
        .flatMap(node -> node.getAttributeList().stream())
        .flatMap(attribute -> attribute.getG().getNodeList().stream())
        .map(NodeProto::getName)
        .collect(Collectors.toSet());
  }

  /** Returns the nodes of all runs except those of the warm-up. */
  private static Stream<TraceEvent> measured(ChromeTrace trace, ProfileLength length) {
    List<TraceEvent> runs =
        trace.events().stream().filter(event -> event.name().equals("model_run")).toList();
    int skipped = runs.size() * length.warmUp() / (length.warmUp() + length.steps());
    if (skipped == runs.size()) {
      return Stream.of();
    }
    double from = runs.get(skipped).start();
    return trace.events().stream()
        .filter(event -> event.category().equals("Node"))
        .filter(event -> event.name().endsWith(KERNEL) && event.start() >= from);
  }

  private static ChromeTrace trace(OrtSession session) {
    try {
      ChromeTrace trace = ChromeTrace.read(Path.of(session.endProfiling()));
      if (trace.events().size() >= MOST_EVENTS) {
        throw new ConfigurationException(
            "ONNX Runtime's profiler records at most %,d operator calls; profile fewer steps"
                .formatted(MOST_EVENTS));
      }
      return trace;
    } catch (OrtException e) {
      throw OnnxSessions.failure("ONNX Runtime failed to profile", e);
    }
  }

  private static ModelProto optimised(Traced traced) {
    if (!Files.exists(traced.optimised())) {
      return ModelProto.getDefaultInstance();
    }
    try {
      return ModelProto.parseFrom(Files.readAllBytes(traced.optimised()));
    } catch (IOException e) {
      throw FileFailure.reading(traced.optimised(), e);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw FileFailure.writing(folder, e);
    }
  }
}
