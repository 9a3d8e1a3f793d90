/** Access to streams, environment and exit, and the reporting of errors. */
package dev.trifocal.apps.terminal;
