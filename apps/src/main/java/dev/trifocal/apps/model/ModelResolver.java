package dev.trifocal.apps.model;

import dev.trifocal.apps.report.ShapeText;
import dev.trifocal.apps.settings.SettingsLoader;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.config.ForeignModelFormat;
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

/** Resolves a name to a model: a run directory, an ONNX file or a zoo model. */
public final class ModelResolver {
  private static final String METRICS = "metrics";
  private static final String USUAL_DATA = "digits";
  private static final String MODEL = "MODEL must be a zoo model, an .onnx file or a run directory";

  private final Terminal terminal;
  private final RunModelLoader runs;
  private final SettingsLoader settingsLoader;
  private final ZooModelLoader zoo;
  private final OnnxModelLoader files;

  @Inject
  ModelResolver(
      Terminal terminal,
      RunModelLoader runs,
      SettingsLoader settingsLoader,
      ZooModelLoader zoo,
      OnnxModelLoader files) {
    this.terminal = terminal;
    this.runs = runs;
    this.settingsLoader = settingsLoader;
    this.zoo = zoo;
    this.files = files;
  }

  /**
   * Opens a run with its best weights and its settings, an ONNX file, or a zoo model with the
   * weights that the settings name. A zoo model without these gets initial weights, and a note is
   * printed.
   *
   * @throws dev.trifocal.error.TrifocalException if the name is not a usable model, or names a file
   *     that cannot be imported as a graph
   */
  public LoadedModel open(ModelRequest request) {
    requireOwn(request);
    return isFile(request) ? files.graph(request) : runOrZoo(request);
  }

  /**
   * Like {@link #open}, but also opens ONNX files that cannot be imported as a graph.
   *
   * @throws dev.trifocal.error.TrifocalException if the name is not a usable model
   */
  public RunnableModel openAny(ModelRequest request) {
    requireOwn(request);
    return isFile(request) ? files.any(request) : runOrZoo(request);
  }

  /**
   * Returns the settings that {@link #open} would use, from which the data can be opened.
   *
   * @throws dev.trifocal.error.TrifocalException if the name is not a usable model
   */
  public Settings settings(ModelRequest request) {
    if (isRun(request)) {
      return runs.settingsWithData(request);
    }
    Settings settings = settingsLoader.read(request.config(), request.flags());
    if (isFile(request)) {
      requireData(request, settings);
    } else {
      requireNoFile(terminal.directory().resolve(request.name()), request.name());
      Zoo.find(request.name());
    }
    return settings;
  }

  /** Returns the data that a run was started on; empty if the model is not a run. */
  public Optional<String> ownData(ModelRequest request) {
    return isRun(request) ? runs.data(request.name()) : Optional.empty();
  }

  /**
   * Checks that data was named for a file, since the default data is only right for Trifocal's own
   * models. Other problems of the file are reported when it is opened.
   */
  private void requireData(ModelRequest request, Settings settings) {
    boolean named = request.flags().containsKey("data") || !settings.data().equals(USUAL_DATA);
    if (!named && files.isGraph(request)) {
      throw new ConfigurationException(
          "%s does not name its data; add --data DATA: a folder with one subfolder of images per class, or a data set that 'trifocal datasets' lists"
              .formatted(request.name()));
    }
  }

  /**
   * Returns the network without weights.
   *
   * @param input the shape of one sample, for ONNX files and for zoo models that support several
   */
  public Graph graph(String name, Optional<Shape> input, Settings settings) {
    Path folder = terminal.directory().resolve(name);
    if (runs.holds(name)) {
      Graph graph = runs.state(name).checkpoint().graph();
      Shape own = graph.inputs().get(0).shape();
      if (input.isPresent() && !input.get().equals(own)) {
        throw new ConfigurationException(
            "%s was trained on %s; --input %s applies only to zoo models and .onnx files"
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
        // The run's own metrics, unless an option overrides them; another program may have defined
        // them.
        state = state.metrics(DefaultMetrics.of(settings, state.classes().size()));
      }
      Optional<Preprocessing> preprocessing = runs.preprocessing(request, state, settings);
      return named(request, state, settings, preprocessing, state::classes);
    }
    requireNoFile(terminal.directory().resolve(request.name()), request.name());
    Settings settings = settingsLoader.read(request.config(), request.flags());
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
            "%s is %s with its own network and weights; --%s applies only to zoo models"
                .formatted(request.name(), what, flag));
      }
    }
    if (isRun(request) && request.input().isPresent()) {
      throw new ConfigurationException(
          "%s is a run directory and takes inputs of the shape it was trained on; omit --input"
              .formatted(request.name()));
    }
  }

  private static void requireNoFile(Path path, String name) {
    if (name.contains("/") && !Files.exists(path)) {
      throw new ConfigurationException(name + " does not exist; " + MODEL);
    }
    if (Files.exists(path)) {
      String saved = Files.exists(path.resolve("saved_model.pb")) ? "saved_model.pb" : name;
      ForeignModelFormat.advice(saved)
          .ifPresent(
              advice -> {
                throw new ConfigurationException(advice);
              });
      throw new ConfigurationException(
          "%s is not a run directory: it holds neither %s nor a checkpoint; %s"
              .formatted(name, SettingsLoader.FILE, MODEL));
    }
  }
}
