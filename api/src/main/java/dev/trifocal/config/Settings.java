package dev.trifocal.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a training is started with, checked. {@link SettingsSources#read} makes it, {@link
 * SettingsText#of} writes it down again.
 *
 * @param model what is trained
 * @param data a name of a data set, or a folder
 * @param dataDir where the files of a named data set are
 * @param cacheDir where downloads are kept; empty for the user's cache folder
 * @param hub address of the model hub; empty for the usual one
 * @param images how a folder of pictures is read
 * @param seed of everything random
 * @param transfer present if a new head learns on a frozen base
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
    Optional<TransferSettings> transfer) {

  /** These settings with another name or folder of data. */
  public Settings data(String other) {
    return new Settings(
        model, other, dataDir, cacheDir, hub, images, seed, engine, training, transfer);
  }

  /** These settings with other ones of images. */
  public Settings images(ImageSettings other) {
    return new Settings(
        model, data, dataDir, cacheDir, hub, other, seed, engine, training, transfer);
  }

  /** These settings with folders that no longer depend on the working directory. */
  public Settings folders(Path home) {
    return new Settings(
        model.folders(home),
        data,
        dataDir.map(folder -> home.resolve(folder).normalize()),
        cacheDir.map(folder -> home.resolve(folder).normalize()),
        hub,
        images,
        seed,
        engine,
        training,
        transfer);
  }
}
