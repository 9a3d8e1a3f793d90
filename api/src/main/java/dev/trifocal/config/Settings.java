package dev.trifocal.config;

import dev.trifocal.backend.StepSize;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The validated settings of a training run. {@link SettingsSources#read} reads them, {@link
 * SettingsText#of} writes them.
 *
 * @param model network to train
 * @param data name of a data set, or a folder
 * @param dataDir folder with the files of a named data set
 * @param cacheDir folder for downloads; empty for the user's cache folder
 * @param hub address of the model hub; empty for the default
 * @param images settings for image folders
 * @param seed seed of all random numbers
 * @param transfer settings of transfer learning; empty to train without a frozen phase
 * @param recipe the recipe whose settings hold where nothing else is given
 */
public record Settings(
    ModelSettings model,
    String data,
    Optional<Path> dataDir,
    Optional<Path> cacheDir,
    Optional<URI> hub,
    ImageSettings images,
    long seed,
    EngineSettings engine,
    TrainingSettings training,
    Optional<TransferSettings> transfer,
    Optional<String> recipe) {

  /** Returns these settings with another data set name or folder. */
  public Settings data(String other) {
    return new Settings(
        model, other, dataDir, cacheDir, hub, images, seed, engine, training, transfer, recipe);
  }

  /** Returns these settings with other image settings. */
  public Settings images(ImageSettings other) {
    return new Settings(
        model, data, dataDir, cacheDir, hub, other, seed, engine, training, transfer, recipe);
  }

  /** Returns these settings with another backend. */
  public Settings backend(String name) {
    return new Settings(
        model,
        data,
        dataDir,
        cacheDir,
        hub,
        images,
        seed,
        engine.backend(name),
        training,
        transfer,
        recipe);
  }

  /** Returns these settings with the samples of a step in other batches. */
  public Settings stepSize(StepSize size) {
    return new Settings(
        model,
        data,
        dataDir,
        cacheDir,
        hub,
        images,
        seed,
        engine,
        training.stepSize(size),
        transfer,
        recipe);
  }

  /** Returns these settings with relative paths resolved against a folder. */
  public Settings folders(Path home) {
    return new Settings(
        model.folders(home),
        data,
        dataDir.map(folder -> home.resolve(folder).normalize()),
        cacheDir.map(folder -> home.resolve(folder).normalize()),
        hub,
        images.folders(home),
        seed,
        engine,
        training,
        transfer,
        recipe);
  }
}
