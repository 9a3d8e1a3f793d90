/**
 * The command line program and the only composition root. {@link dev.trifocal.apps.Main} starts it,
 * {@link dev.trifocal.apps.CommandLineApp} runs one command line, {@link
 * dev.trifocal.apps.AppModule} puts the objects together.
 */
package dev.trifocal.apps;
