package dev.trifocal.apps;

import com.google.inject.Injector;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Lets Guice make our commands, and picocli its own small objects. */
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
