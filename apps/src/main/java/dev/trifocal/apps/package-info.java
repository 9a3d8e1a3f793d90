/**
 * The command-line program and its only composition root. {@link dev.trifocal.apps.Main} is the
 * entry point, {@link dev.trifocal.apps.CommandLineApp} runs one command line, and {@link
 * dev.trifocal.apps.AppModule} binds the objects.
 */
package dev.trifocal.apps;
