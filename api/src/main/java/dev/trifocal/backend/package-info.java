/** The interfaces that a backend implements to run and train graphs on an engine. */
package dev.trifocal.backend;
