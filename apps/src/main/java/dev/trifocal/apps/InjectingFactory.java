package dev.trifocal.apps;

import com.google.inject.Injector;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Creates Trifocal's commands with Guice and picocli's own objects with picocli. */
final class InjectingFactory implements IFactory {
  private final Injector injector;
  private final IFactory picocli = CommandLine.defaultFactory();

  InjectingFactory(Injector injector) {
    this.injector = injector;
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    return type.getName().startsWith("dev.trifocal.")
        ? injector.getInstance(type)
        : picocli.create(type);
  }
}
