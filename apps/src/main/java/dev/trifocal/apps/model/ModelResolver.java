package dev.trifocal.apps.model;

import dev.trifocal.apps.report.ShapeText;
import dev.trifocal.apps.run.SettingsLoader;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.config.ModelSettings;
import dev.trifocal.config.Settings;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.onnx.importer.ImportOptions;
import dev.trifocal.shape.Shape;
import dev.trifocal.trainer.TrainingState;
import dev.trifocal.zoo.Zoo;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds the model that a name stands for: a run directory, an ONNX file, or one of the zoo. */
public final class ModelResolver {
  private static final String METRICS = "metrics";
  private static final String USUAL_DATA = "digits";
  private static final String MODEL = "MODEL is a zoo name, an .onnx file or a run directory";

  private final Terminal terminal;
  private final RunModelLoader runs;
  private final SettingsLoader desk;
  private final ZooModelLoader zoo;
  private final OnnxModelLoader files;

  @Inject
  ModelResolver(
      Terminal terminal,
      RunModelLoader runs,
      SettingsLoader desk,
      ZooModelLoader zoo,
      OnnxModelLoader files) {
    this.terminal = terminal;
    this.runs = runs;
    this.desk = desk;
    this.zoo = zoo;
    this.files = files;
  }

  /**
   * The best weights of a run, with the run's settings; an ONNX file; or a zoo model with the
   * weights that the settings name, else with its first weights, about which it leaves a remark.
   *
   * @throws dev.trifocal.error.TrifocalException if the name stands for nothing that can be used,
   *     or for a file of which no graph can be made
   */
  public LoadedModel open(ModelRequest request) {
    requireOwn(request);
    return isFile(request) ? files.graph(request) : runOrZoo(request);
  }

  /**
   * As {@link #open}, but a file of which no graph can be made is opened too, as it is.
   *
   * @throws dev.trifocal.error.TrifocalException if the name stands for nothing that can be used
   */
  public RunnableModel openAny(ModelRequest request) {
    requireOwn(request);
    return isFile(request) ? files.any(request) : runOrZoo(request);
  }

  /**
   * What {@link #open} would find for the settings; it says how to find the data.
   *
   * @throws dev.trifocal.error.TrifocalException if the name stands for nothing that can be used
   */
  public Settings settings(ModelRequest request) {
    if (isRun(request)) {
      return runs.settingsWithData(request);
    }
    Settings settings = desk.read(request.config(), request.flags());
    if (isFile(request)) {
      requireData(request, settings);
    } else {
      requireNoFile(terminal.directory().resolve(request.name()), request.name());
      Zoo.find(request.name());
    }
    return settings;
  }

  /** The data that a run was started on; empty for what is no run. */
  public Optional<String> ownData(ModelRequest request) {
    return isRun(request) ? runs.data(request.name()) : Optional.empty();
  }

  /**
   * The usual data is a guess for what Trifocal trains, and none for a file of someone else's. What
   * else is wrong with the file is told where it is opened.
   */
  private void requireData(ModelRequest request, Settings settings) {
    boolean named = request.flags().containsKey("data") || !settings.data().equals(USUAL_DATA);
    if (!named && files.isGraph(request)) {
      throw new ConfigurationException(
          "%s does not say what data to measure it on; name it: --data DATA, a folder with a folder of pictures for each class, or a name that 'trifocal datasets' lists"
              .formatted(request.name()));
    }
  }

  /**
   * The network alone.
   *
   * @param input shape of one sample, for models of the zoo that allow a choice and for ONNX files
   */
  public Graph graph(String name, Optional<Shape> input, Settings settings) {
    Path folder = terminal.directory().resolve(name);
    if (runs.holds(name)) {
      Graph graph = runs.state(name).checkpoint().graph();
      Shape own = graph.inputs().get(0).shape();
      if (input.isPresent() && !input.get().equals(own)) {
        throw new ConfigurationException(
            "%s was trained on %s; --input %s is for models of the zoo"
                .formatted(name, ShapeText.text(own), ShapeText.text(input.get())));
      }
      return graph;
    }
    if (ModelSettings.isFile(name)) {
      return ImportedFiles.graph(folder, new ImportOptions(input, Optional.empty())).graph();
    }
    requireNoFile(folder, name);
    return ZooModelLoader.graph(Zoo.find(name), input, settings);
  }

  private boolean isFile(ModelRequest request) {
    return !isRun(request) && ModelSettings.isFile(request.name());
  }

  private boolean isRun(ModelRequest request) {
    return runs.holds(request.name());
  }

  private LoadedModel runOrZoo(ModelRequest request) {
    if (isRun(request)) {
      Settings settings = runs.settings(request);
      TrainingState state = runs.state(request.name());
      if (request.flags().containsKey(METRICS)) {
        // Those of the run unless a flag says otherwise; they may be of another project.
        state = state.metrics(DefaultMetrics.of(settings, state.classes().size()));
      }
      Optional<Preprocessing> preprocessing = runs.preprocessing(request, state, settings);
      return named(request, state, settings, preprocessing, state::classes);
    }
    requireNoFile(terminal.directory().resolve(request.name()), request.name());
    Settings settings = desk.read(request.config(), request.flags());
    TrainingState state = zoo.state(request.name(), request.input(), settings);
    Optional<Preprocessing> preprocessing = Optional.of(Zoo.find(request.name()).preprocessing());
    return named(
        request, state, settings, preprocessing, () -> zoo.classes(request.name(), settings));
  }

  private LoadedModel named(
      ModelRequest request,
      TrainingState state,
      Settings settings,
      Optional<Preprocessing> preprocessing,
      Supplier<List<String>> own) {
    List<String> classes =
        request
            .classes()
            .map(file -> ClassNamesFile.read(terminal.directory().resolve(file)))
            .orElseGet(own);
    Shape sample = state.checkpoint().graph().inputs().get(0).shape();
    return new LoadedModel(
        request.name(),
        state.classes(classes),
        settings,
        request.images().over(preprocessing, sample),
        Optional.empty());
  }

  private void requireOwn(ModelRequest request) {
    if (!isRun(request) && !isFile(request)) {
      return;
    }
    String what = isRun(request) ? "a run directory" : "an ONNX file";
    for (String flag : List.of("width", "weights", "partial")) {
      if (request.flags().containsKey(flag)) {
        throw new ConfigurationException(
            "%s is %s and has its own network and weights; --%s is for models of the zoo"
                .formatted(request.name(), what, flag));
      }
    }
    if (isRun(request) && request.input().isPresent()) {
      throw new ConfigurationException(
          "%s is a run directory and reads what it was trained on; leave --input out"
              .formatted(request.name()));
    }
  }

  private static void requireNoFile(Path path, String name) {
    if (name.contains("/") && !Files.exists(path)) {
      throw new ConfigurationException(name + " is not there; " + MODEL);
    }
    if (Files.exists(path)) {
      throw new ConfigurationException(
          "%s is not a run directory: it holds neither %s nor a checkpoint; %s"
              .formatted(name, SettingsLoader.FILE, MODEL));
    }
  }
}
