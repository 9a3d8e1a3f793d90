/** The service-provider interface: what an engine must do to run and train a graph. */
package dev.trifocal.backend;
