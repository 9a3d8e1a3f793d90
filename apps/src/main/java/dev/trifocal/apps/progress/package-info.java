/** Training progress: a live bar on a terminal, plain lines in logs. */
package dev.trifocal.apps.progress;
